import {
  applyDescription,
  assumeDefaults,
  describeNeed,
  snapshotForDescribe,
} from '../../lambda/domain/reconcile/description.ts';
import { pendingSortKey } from '../../lambda/domain/reconcile/index-entries.ts';
import type { UpdateAttempt } from '../../lambda/domain/reconcile/next-update.ts';
import { nextUpdate } from '../../lambda/domain/reconcile/next-update.ts';
import { type PendingWork, pendingWork } from '../../lambda/domain/reconcile/pending-work.ts';
import {
  applyUpdateResult,
  markClosed,
  markInFlight,
  type UpdateResult,
} from '../../lambda/domain/reconcile/update-result.ts';
import { describeLimits, type Settings, updateLimits } from '../../lambda/domain/settings.ts';
import { Heap } from '../centre/heap.ts';
import { domainDescription } from '../virtual/domain-description.ts';
import { type CentrePort, type EscalationListener, LATENCY_MS } from './options.ts';
import { QuotaBucket } from './quota-bucket.ts';
import { compareWorkItems, type TrackedContact, type WorkItem } from './tracked-contact.ts';

const GONE = { kind: 'gone', message: 'It waits no more.' } as const satisfies UpdateResult;

/** What dispatch does (lambda/flow/dispatch/dispatch.ts), without requests: the most urgent work first, within the quotas. */
export class Dispatcher {
  readonly #centre: CentrePort;
  readonly #settings: Settings;
  readonly #listener: EscalationListener;
  readonly #reconcile: (contact: TrackedContact, now: number) => void;
  readonly #workQueues = {
    update: new Heap<WorkItem>(compareWorkItems),
    attributes: new Heap<WorkItem>(compareWorkItems),
  };
  readonly #updateBucket: QuotaBucket;
  readonly #describeBucket: QuotaBucket;
  #nextRoundAt = Number.POSITIVE_INFINITY;

  /** @param look - has a contact decided upon again. */
  constructor(
    centre: CentrePort,
    settings: Settings,
    listener: EscalationListener,
    look: (contact: TrackedContact, now: number) => void,
  ) {
    this.#centre = centre;
    this.#settings = settings;
    this.#listener = listener;
    this.#reconcile = look;
    this.#updateBucket = new QuotaBucket(updateLimits(settings));
    this.#describeBucket = new QuotaBucket(describeLimits(settings));
  }

  /** Puts a contact in line for what is left to do for it as it was last decided, if anything is. */
  enqueue(contact: TrackedContact, now: number): void {
    const { record, isInFlight: isAttended, isGone } = contact;
    const before = contact.queuedWork?.value;
    const work = isGone ? undefined : pendingWork(record);
    const generation = record.decision?.generation ?? 0;
    if (before?.kind === 'update' && (!work || generation !== before.generation))
      this.#listener.onSuperseded();
    this.#dequeue(contact);
    if (!work || isAttended) return;
    if (work.kind === 'reconcile') {
      this.#centre.schedule(now + LATENCY_MS.wake, (at) => this.#reconcile(contact, at));
      return;
    }
    const { kind } = work;
    const urgency = pendingSortKey(record, work);
    contact.queuedWork = this.#workQueues[kind].push({ contact, kind, sortKey: urgency, generation });
    this.#scheduleRound(LATENCY_MS.dispatch, now);
  }

  #dequeue(contact: TrackedContact): void {
    if (!contact.queuedWork) return;
    this.#workQueues[contact.queuedWork.value.kind].remove(contact.queuedWork);
    delete contact.queuedWork;
  }

  #scheduleRound(delayMs: number, now: number): void {
    const at = now + delayMs;
    if (this.#settings.pause || at >= this.#nextRoundAt) return;
    this.#nextRoundAt = at;
    this.#centre.schedule(at, (then) => {
      if (at !== this.#nextRoundAt) return;
      this.#nextRoundAt = Number.POSITIVE_INFINITY;
      this.#round(then);
    });
  }

  #round(now: number): void {
    this.#serve('update', this.#updateBucket, (contact) => this.#startUpdate(contact, now), now);
    this.#serve('attributes', this.#describeBucket, (contact) => this.#fetchAttributes(contact, now), now);
  }

  #serve(
    kind: WorkItem['kind'],
    bucket: QuotaBucket,
    attend: (contact: TrackedContact) => void,
    now: number,
  ): void {
    for (let turn = this.#workQueues[kind].peek(); turn; turn = this.#workQueues[kind].peek()) {
      const waitMs = bucket.msUntilToken(now);
      if (waitMs > 0) {
        this.#scheduleRound(waitMs, now);
        return;
      }
      this.#dequeue(turn.contact);
      attend(turn.contact);
    }
  }

  /** Makes a contact's next call, after asking what is in force where that is not known. */
  #startUpdate(contact: TrackedContact, now: number): void {
    const { ageAdjustment } = this.#settings;
    const work = pendingWork(contact.record);
    const need = describeNeed(work, ageAdjustment);
    if (work && need !== 'none') {
      if (this.#describeBucket.take(now) === 0) {
        if (!this.#isWaiting(contact)) {
          // The answer tells what the event has not told yet.
          this.#listener.onSuperseded();
          contact.isGone = true;
          return;
        }
        this.#describe(contact, work);
      } else if (need === 'optional') contact.record = assumeDefaults(contact.record, ageAdjustment);
      else {
        const urgency = pendingSortKey(contact.record, work);
        const generation = contact.record.decision?.generation ?? 0;
        contact.queuedWork = this.#workQueues.attributes.push({
          contact,
          kind: 'attributes',
          sortKey: urgency,
          generation,
        });
        return;
      }
    }
    const made = nextUpdate(pendingWork(contact.record), ageAdjustment, contact.record);
    if (!made) return;
    this.#updateBucket.take(now);
    contact.record = markInFlight(contact.record, made);
    contact.isInFlight = true;
    this.#centre.schedule(now + LATENCY_MS.call, (at) => this.#finishUpdate(contact, made, at));
  }

  #finishUpdate(contact: TrackedContact, made: UpdateAttempt, now: number): void {
    const { record } = contact;
    contact.isInFlight = false;
    if (!this.#isWaiting(contact)) {
      this.#listener.onSuperseded();
      contact.record = applyUpdateResult(record, made, GONE, now);
      return;
    }
    this.#centre.updateRouting(now, record.contactId, made.update);
    contact.updateCount += 1;
    contact.record = applyUpdateResult(record, made, { kind: 'done' }, now);
    this.#listener.onUpdate(contact.record, made, now);
    this.enqueue(contact, now);
  }

  /** Asks for the attributes that policies need, and has the contact decided upon with them. */
  #fetchAttributes(contact: TrackedContact, now: number): void {
    this.#describeBucket.take(now);
    contact.isInFlight = true;
    this.#centre.schedule(now + LATENCY_MS.call, (at) => {
      contact.isInFlight = false;
      const work = pendingWork(contact.record);
      if (!this.#isWaiting(contact)) contact.record = markClosed(contact.record, GONE.message, at);
      else if (work) this.#describe(contact, work);
      this.enqueue(contact, at);
    });
  }

  /** What Connect knows; the events of a moment are told when it is over. */
  #isWaiting({ record }: TrackedContact): boolean {
    return this.#centre.isWaiting(this.#centre.now, record.contactId);
  }

  #describe(contact: TrackedContact, work: PendingWork): void {
    const { record } = contact;
    const description = domainDescription(this.#centre.describe(this.#centre.now, record.contactId));
    contact.record = applyDescription(record, description, snapshotForDescribe(record, work));
  }
}
