import type { ContactKey } from '../../lambda/domain/contact.ts';
import { queueOf } from '../../lambda/domain/contact.ts';
import { dueAtOf, lookAtTime, urgencyOf } from '../../lambda/domain/dealings.ts';
import { type ContactRecord, emptyRecord } from '../../lambda/domain/record.ts';
import { keyText } from '../../lambda/flow/drain.ts';
import type { PendingContact, QueuedContact, QuotaState, StoredContact } from '../../lambda/flow/ports.ts';
import { SortedKeys } from './sorted-keys.ts';

/** An item of a table, under a revision that the next writing must replace. */
interface Revised<T> {
  readonly value: T;
  readonly revision: number;
}

/**
 * The contacts table in memory: what DynamoDB does, at once. The sparse indexes show a writing when `showIn` lets
 * them, so that their lag can be played.
 */
export class MemoryTable {
  readonly #contacts = new Map<string, Revised<ContactRecord>>();
  readonly #pending = new Map<string, SortedKeys>();
  readonly #queued = new Map<string, { readonly queueArn: string; readonly contact: QueuedContact }>();
  /** Which revision of a contact the indexes show. */
  readonly #shown = new Map<string, number>();
  readonly #showIn: (show: () => void) => void;
  #quota: Revised<QuotaState> | undefined;

  /** @param showIn - calls its argument when the indexes show a writing; default: at once. */
  constructor(showIn: (show: () => void) => void = (show) => show()) {
    this.#showIn = showIn;
  }

  load(key: ContactKey): StoredContact {
    const item = this.#contacts.get(keyText(key));
    return item ? { record: item.value, revision: item.revision } : { record: emptyRecord(key), revision: 0 };
  }

  loadMany(keys: readonly ContactKey[]): StoredContact[] {
    return keys.map((key) => this.load(key)).filter(({ revision }) => revision > 0);
  }

  /** @returns the new revision; undefined when the item was overtaken. */
  save(record: ContactRecord, revision: number, now: number): number | undefined {
    const key = keyText(record);
    if ((this.#contacts.get(key)?.revision ?? 0) !== revision) return undefined;
    const next = revision + 1;
    this.#contacts.set(key, { value: record, revision: next });
    const urgency = urgencyOf(record, now);
    this.#showIn(() => this.#show(key, record, next, urgency));
    return next;
  }

  /** The contacts of an instance with pending work as the index shows them, most urgent first. */
  pending(instanceId: string, limit: number): PendingContact[] {
    return (this.#pending.get(instanceId)?.first(limit) ?? []).map(({ key, sort }) => {
      const dueAt = dueAtOf(sort);
      const contactId = key.slice(instanceId.length + 1);
      return { instanceId, contactId, ...(dueAt === undefined ? {} : { dueAt }) };
    });
  }

  /** The contacts that wait as the index shows them, of a queue or of all. */
  queued(queueArn?: string): QueuedContact[] {
    return [...this.#queued.values()]
      .filter((contact) => queueArn === undefined || contact.queueArn === queueArn)
      .map(({ contact }) => contact);
  }

  loadQuota(): { state: QuotaState; revision: number } | undefined {
    return this.#quota && { state: this.#quota.value, revision: this.#quota.revision };
  }

  /** @returns the new revision; undefined when somebody else wrote since. */
  saveQuota(state: QuotaState, revision: number): number | undefined {
    if ((this.#quota?.revision ?? 0) !== revision) return undefined;
    this.#quota = { value: state, revision: revision + 1 };
    return revision + 1;
  }

  /** Every record, for whoever judges from outside. */
  *records(): Generator<ContactRecord> {
    for (const { value } of this.#contacts.values()) yield value;
  }

  /** Forgets a contact, as DynamoDB does when its time to live is over. */
  forget(key: ContactKey): void {
    const text = keyText(key);
    this.#contacts.delete(text);
    this.#shown.delete(text);
    this.#queued.delete(text);
    this.#pending.get(key.instanceId)?.put(text, undefined);
  }

  #show(key: string, record: ContactRecord, revision: number, urgency: string | undefined): void {
    // Shown late, a writing may have been overtaken by one that is shown already.
    if ((this.#shown.get(key) ?? 0) > revision) return;
    this.#shown.set(key, revision);
    const { instanceId, contactId, facts } = record;
    let pending = this.#pending.get(instanceId);
    if (!pending) {
      pending = new SortedKeys();
      this.#pending.set(instanceId, pending);
    }
    pending.put(key, urgency);
    const queue = facts && record.closedAt === undefined ? queueOf(facts) : undefined;
    const wakeAt = lookAtTime(record);
    const contact = { instanceId, contactId, ...(wakeAt === undefined ? {} : { wakeAt }) };
    if (queue) this.#queued.set(key, { queueArn: queue.arn, contact });
    else this.#queued.delete(key);
  }
}
