import type { ContactEvent } from '../../lambda/domain/contact/parse-event.ts';
import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import type { UpdateAttempt } from '../../lambda/domain/reconcile/next-update.ts';
import { type Scenario, tierOfContact } from '../scenario/index.ts';
import type { KnownContacts, RunObserver } from './run-scenario.ts';
import type { SetTally } from './set-tally.ts';
import type { WaitEnd } from './wait-counts.ts';
import { type WaitingContact, WaitingContacts } from './waiting-contacts.ts';

/** Collects the statistics of a run. */
export class StatisticsCollector implements RunObserver {
  /** The contact of the first tier that waited longest, without transferred contacts and redials. */
  longestWait: { readonly contactId: string; readonly waitedMs: number } | undefined;
  readonly #tally: SetTally;
  readonly #firstTier: string | undefined;
  readonly #waitingContacts: WaitingContacts;
  readonly #onProgress: ((now: number) => void) | undefined;

  constructor(scenario: Scenario, tally: SetTally, onProgress?: (now: number) => void) {
    this.#tally = tally;
    this.#waitingContacts = new WaitingContacts(tierOfContact(scenario));
    this.#firstTier = scenario.tiers[0];
    this.#onProgress = onProgress;
    tally.beginRun();
  }

  onEvent(event: ContactEvent, now: number, known: KnownContacts): void {
    const { eventType, facts } = event;
    const { contactId } = facts;
    if (eventType === 'COMPLETED') this.#tally.halfHours.endWork(contactId, now);
    const contact = this.#waitingContacts.follow(event, now);
    if (!contact) return;
    const isAnswered = eventType === 'CONNECTED_TO_AGENT';
    if (isAnswered) this.#tally.halfHours.beginWork(contactId, now);
    const policy = known.escalatedBy(contactId);
    this.#count(contact, isAnswered ? 'answered' : 'abandoned', now, known);
    if (!isAnswered || policy === undefined) return;
    this.#waitingContacts.countEarlier(contact, (tier, count) => {
      if (tier !== contact.tier) this.#tally.tiers.get(tier)?.addOvertaken(policy, count);
    });
  }

  onUpdate(record: ContactRecord, _call: UpdateAttempt, now: number): void {
    this.#tally.calls.addCall(now, record.decision?.dueAt ?? now);
  }

  onGoverned(): void {
    this.#tally.addGoverned();
  }

  onCondition(condition: string, begins: boolean): void {
    this.#tally.addCondition(condition, begins);
  }

  onSuperseded(): void {
    this.#tally.calls.addSuperseded();
  }

  waitingCount(): number {
    return this.#waitingContacts.size;
  }

  onProgress(now: number): boolean {
    this.#onProgress?.(now);
    return false;
  }

  /** Counts the contacts that still wait at the end. */
  onEnd(now: number, known: KnownContacts): void {
    for (const contact of this.#waitingContacts.values()) this.#count(contact, 'waiting', now, known);
    this.#tally.halfHours.endRun(now);
  }

  #count(contact: WaitingContact, waitEnd: WaitEnd, now: number, known: KnownContacts): void {
    const { contactId, tier, since } = contact;
    const waitedMs = now - since;
    const isEscalated = known.escalatedBy(contactId) !== undefined;
    this.#tally.tiers.get(tier)?.add(waitEnd, waitedMs / 1_000, isEscalated);
    this.#tally.halfHours.addWait(tier, waitEnd, since, now);
    const target = known.targetOf(contactId);
    if (target) this.#tally.addTarget(target, waitEnd === 'answered', now);
    // Transferred contacts and redials may not exist in another set.
    if (tier !== this.#firstTier || /\.\d+$/.test(contactId)) return;
    if (waitedMs > (this.longestWait?.waitedMs ?? -1)) this.longestWait = { contactId, waitedMs };
  }
}
