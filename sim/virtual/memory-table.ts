import { type ContactKey, keyString, parseKey } from '../../lambda/domain/contact/contact-key.ts';
import type { CustomerContacts } from '../../lambda/domain/contact/customer-contacts.ts';
import { type ContactRecord, emptyRecord } from '../../lambda/domain/contact/record.ts';
import { defined } from '../../lambda/domain/json.ts';
import { EMPTY_QUEUE_STATE, type QueueState, queueStateKey } from '../../lambda/domain/queue/queue-state.ts';
import type { IndexEntries, QueuedEntry } from '../../lambda/domain/reconcile/index-entries.ts';
import { dueAtFromSortKey, type PendingList } from '../../lambda/domain/reconcile/pending-order.ts';
import type {
  CustomerContactsStore,
  FanOutPosition,
  IndexedContact,
  QueuedPage,
  QuotaState,
  StoredContact,
  StoredCustomerContacts,
  StoredQueueState,
  SweepPosition,
} from '../../lambda/flow/ports.ts';
import { SortedKeys } from './sorted-keys.ts';

/** An item of the table with its revision, which the next write must name. */
interface Versioned<T> {
  readonly value: T;
  readonly revision: number;
}

/**
 * The contacts table in memory: DynamoDB without delay. A write appears in the sparse indexes when
 * `scheduleIndexing` decides, which models their eventual consistency.
 */
export class MemoryTable {
  readonly #contacts = new Map<string, Versioned<ContactRecord>>();
  readonly #pending = new Map<string, SortedKeys>();
  readonly #queued = new Map<string, QueuedEntry>();
  /** The revision of each contact in the indexes. */
  readonly #indexed = new Map<string, number>();
  readonly #scheduleIndexing: (index: () => void) => void;
  readonly #onIndexed: (record: ContactRecord) => void;
  #quota: Versioned<QuotaState> | undefined;
  #sweepPosition: SweepPosition | undefined;
  readonly #fanOuts = new Map<string, FanOutPosition>();
  readonly #customers = new Map<string, StoredCustomerContacts>();
  readonly #queueStates = new Map<string, StoredQueueState>();

  /**
   * @param scheduleIndexing - calls its argument when a write appears in the indexes; default: at once.
   * @param onIndexed - receives each record that the indexes show from now on.
   */
  constructor(
    scheduleIndexing: (index: () => void) => void = (index) => index(),
    onIndexed: (record: ContactRecord) => void = () => {},
  ) {
    this.#scheduleIndexing = scheduleIndexing;
    this.#onIndexed = onIndexed;
  }

  load(key: ContactKey): StoredContact {
    const item = this.#contacts.get(keyString(key));
    return item ? { record: item.value, revision: item.revision } : { record: emptyRecord(key), revision: 0 };
  }

  loadMany(keys: readonly ContactKey[]): StoredContact[] {
    return keys.map((key) => this.load(key)).filter(({ revision }) => revision > 0);
  }

  /** @returns the new revision; undefined on a conflict: the item has changed since it was read. */
  save(record: ContactRecord, revision: number, entries: IndexEntries): number | undefined {
    const key = keyString(record);
    if ((this.#contacts.get(key)?.revision ?? 0) !== revision) return undefined;
    const next = revision + 1;
    this.#contacts.set(key, { value: record, revision: next });
    this.#scheduleIndexing(() => this.#index(record, next, entries));
    return next;
  }

  /** The contacts of an instance with pending work according to the index, most urgent first. */
  pending(instanceId: string, list: PendingList, limit: number, now: number): IndexedContact[] {
    const entries = this.#pending.get(instanceId)?.inOrder(list, limit, now) ?? [];
    return entries.map(({ key, sortKey }) => ({
      ...parseKey(key),
      ...defined({ dueAt: dueAtFromSortKey(sortKey) }),
    }));
  }

  /**
   * The queued contacts according to the index, of one queue or of all, in pages.
   *
   * @param from - `next` of a page: the key of its last contact.
   */
  queued(size: number, queueArn?: string, from = ''): QueuedPage {
    const entries = [...this.#queued]
      .filter(([key, entry]) => key > from && (queueArn === undefined || entry.queueArn === queueArn))
      .sort(([a], [b]) => (a < b ? -1 : 1));
    const page = entries.slice(0, size);
    const contacts = page.map(([key, { reconcileAt, queueArn: arn, enqueuedAt }]) => ({
      ...parseKey(key),
      queue: { arn, enqueuedAt },
      ...defined({ reconcileAt }),
    }));
    return { contacts, ...defined({ next: entries.length > size ? page.at(-1)?.[0] : undefined }) };
  }

  loadSweepPosition(): SweepPosition | undefined {
    return this.#sweepPosition;
  }

  loadFanOut(id: string): FanOutPosition | undefined {
    return this.#fanOuts.get(id);
  }

  /** @returns false where somebody else has come as far. */
  saveFanOut(id: string, position: FanOutPosition): boolean {
    if ((this.#fanOuts.get(id)?.part ?? 0) >= position.part) return false;
    this.#fanOuts.set(id, position);
    return true;
  }

  /** The contacts of customers, by their plain ids: nobody reads this memory. */
  get customers(): CustomerContactsStore {
    return {
      load: async (...customer) => this.loadCustomer(...customer),
      save: async (...given) => this.saveCustomer(...given),
    };
  }

  loadCustomer(instanceId: string, customerId: string): StoredCustomerContacts {
    const key = JSON.stringify([instanceId, customerId]);
    return this.#customers.get(key) ?? { key, contacts: {}, revision: 0 };
  }

  /** @returns false on a conflict: the item has changed since it was read. */
  saveCustomer(key: string, contacts: CustomerContacts, revision: number): boolean {
    if ((this.#customers.get(key)?.revision ?? 0) !== revision) return false;
    this.#customers.set(key, { key, contacts, revision: revision + 1 });
    return true;
  }

  loadQueueState(queueArn: string): StoredQueueState {
    return this.#queueStates.get(queueStateKey(queueArn)) ?? { state: EMPTY_QUEUE_STATE, revision: 0 };
  }

  /** @returns false on a conflict: the item has changed since it was read. */
  saveQueueState(queueArn: string, state: QueueState, revision: number): boolean {
    if (this.loadQueueState(queueArn).revision !== revision) return false;
    this.#queueStates.set(queueStateKey(queueArn), { state, revision: revision + 1 });
    return true;
  }

  saveSweepPosition(position: SweepPosition): void {
    this.#sweepPosition = position;
  }

  loadQuota(): { state: QuotaState; revision: number } | undefined {
    return this.#quota && { state: this.#quota.value, revision: this.#quota.revision };
  }

  /** @returns the new revision; undefined on a conflict: the item has changed since it was read. */
  saveQuota(state: QuotaState, revision: number): number | undefined {
    if ((this.#quota?.revision ?? 0) !== revision) return undefined;
    this.#quota = { value: state, revision: revision + 1 };
    return revision + 1;
  }

  /** All records, for checks of invariants. */
  *records(): Generator<ContactRecord> {
    for (const { value } of this.#contacts.values()) yield value;
  }

  /** Deletes a contact, as DynamoDB does when its time to live ends. */
  forget(key: ContactKey): void {
    const text = keyString(key);
    this.#contacts.delete(text);
    this.#indexed.delete(text);
    this.#queued.delete(text);
    this.#pending.get(key.instanceId)?.put(text, undefined);
  }

  #index(contact: ContactRecord, revision: number, { queued, unsent, pending = unsent }: IndexEntries): void {
    const key = keyString(contact);
    // Updates of an index may arrive out of order.
    if ((this.#indexed.get(key) ?? 0) > revision) return;
    this.#indexed.set(key, revision);
    let sorted = this.#pending.get(contact.instanceId);
    if (!sorted) {
      sorted = new SortedKeys();
      this.#pending.set(contact.instanceId, sorted);
    }
    sorted.put(key, pending?.sortKey);
    if (queued) this.#queued.set(key, queued);
    else this.#queued.delete(key);
    this.#onIndexed(contact);
  }
}
