import type { ContactEvent } from '../../lambda/domain/contact-event.ts';
import type { MadeCall } from '../../lambda/domain/outcome.ts';
import type { ContactRecord } from '../../lambda/domain/record.ts';
import type { Scenario } from '../scenario/index.ts';
import type { EscalatedBy, Watcher } from './play.ts';
import type { SetTally } from './set-tally.ts';
import type { Outcome } from './tier-tally.ts';
import { Waiting, type WaitingContact } from './waiting.ts';

/** Counts what happens in a run. */
export class Counting implements Watcher {
  /** Of the tier that matters most, who waited longest of those who come in every set. */
  longest: { readonly contactId: string; readonly waitedMs: number } | undefined;
  readonly #tally: SetTally;
  readonly #tierOf: (contactId: string) => string;
  readonly #firstTier: string | undefined;
  readonly #waiting = new Waiting();
  readonly #onProgress: ((now: number) => void) | undefined;

  constructor(scenario: Scenario, tally: SetTally, onProgress?: (now: number) => void) {
    this.#tally = tally;
    this.#tierOf = tiersByContact(scenario);
    this.#firstTier = scenario.tiers[0];
    this.#onProgress = onProgress;
    tally.beginRun();
  }

  event({ eventType, facts }: ContactEvent, now: number, escalatedBy: EscalatedBy): void {
    const { contactId, queue } = facts;
    if (eventType === 'QUEUED' && queue) {
      const tier = this.#tierOf(contactId);
      this.#waiting.add({ contactId, tier, queueArn: queue.arn, enqueuedAt: queue.enqueuedAt });
    } else if (eventType === 'CONNECTED_TO_AGENT' || eventType === 'DISCONNECTED') {
      const contact = this.#waiting.remove(contactId);
      if (!contact) return;
      const isAnswered = eventType === 'CONNECTED_TO_AGENT';
      const policy = escalatedBy(contactId);
      this.#count(contact, isAnswered ? 'answered' : 'abandoned', now, policy !== undefined);
      if (!isAnswered || policy === undefined) return;
      this.#waiting.countEarlier(contact, (tier, count) => {
        if (tier !== contact.tier) this.#tally.tiers.get(tier)?.passed(policy, count);
      });
    }
  }

  called(record: ContactRecord, _call: MadeCall, now: number): void {
    this.#tally.calls.made(now, record.decision?.dueAt ?? now);
  }

  governed(): void {
    this.#tally.governed();
  }

  overtaken(): void {
    this.#tally.calls.overtaken();
  }

  waiting(): number {
    return this.#waiting.size;
  }

  progress(now: number): boolean {
    this.#onProgress?.(now);
    return false;
  }

  /** Counts those who still wait at the end. */
  ended(now: number, escalatedBy: EscalatedBy): void {
    for (const contact of this.#waiting.values()) {
      this.#count(contact, 'waiting', now, escalatedBy(contact.contactId) !== undefined);
    }
  }

  #count(contact: WaitingContact, outcome: Outcome, now: number, isEscalated: boolean): void {
    const { contactId, tier, enqueuedAt } = contact;
    const waitedMs = now - enqueuedAt;
    this.#tally.tiers.get(tier)?.add(outcome, waitedMs / 1_000, isEscalated);
    // Who was transferred or called again may not have been in another set.
    if (tier !== this.#firstTier || /\.\d+$/.test(contactId)) return;
    if (waitedMs > (this.longest?.waitedMs ?? -1)) this.longest = { contactId, waitedMs };
  }
}

/** Finds a contact's tier by the stream that its id begins with. */
function tiersByContact({ streams }: Scenario): (contactId: string) => string {
  const tiers = new Map(streams.map(({ name, tier }) => [name, tier]));
  return (contactId) => tiers.get(contactId.slice(0, contactId.lastIndexOf('-'))) ?? '';
}
