import { markClosed } from '../../lambda/domain/contact/closure.ts';
import {
  applyDescription,
  describeNeed,
  snapshotForDescribe,
} from '../../lambda/domain/reconcile/description.ts';
import type { UpdateAttempt } from '../../lambda/domain/reconcile/next-update.ts';
import { nextUpdate } from '../../lambda/domain/reconcile/next-update.ts';
import { orderKey, pendingSortKey } from '../../lambda/domain/reconcile/pending-order.ts';
import { type PendingWork, pendingWork } from '../../lambda/domain/reconcile/pending-work.ts';
import {
  applyUpdateResult,
  markInFlight,
  type UpdateResult,
} from '../../lambda/domain/reconcile/update-result.ts';
import { describeLimits, type Settings, updateLimits } from '../../lambda/domain/settings.ts';
import { Heap } from '../centre/heap.ts';
import { domainDescription } from '../virtual/domain-description.ts';
import { type CentrePort, type EscalationListener, LATENCY_MS } from './options.ts';
import { QuotaBucket } from './quota-bucket.ts';
import { compareWorkItems, type TrackedContact, type WorkItem } from './tracked-contact.ts';

const GONE = { kind: 'gone', message: 'The contact does not wait any more.' } as const satisfies UpdateResult;

/**
 * A second, synchronous implementation of dispatch (lambda/flow/dispatch), for the speed of simulations:
 * without promises, requests and a table, one core simulates millions of contacts a minute. It uses the same
 * domain functions. test/sim/escalation/differential.test.ts checks that both implementations make the same
 * changes.
 *
 * It makes the most urgent changes first, within the quotas.
 */
export class Dispatcher {
  readonly #centre: CentrePort;
  readonly #settings: Settings;
  readonly #listener: EscalationListener;
  readonly #reconcile: (contact: TrackedContact, now: number) => void;
  readonly #workQueues = {
    update: new Heap<WorkItem>(compareWorkItems),
    question: new Heap<WorkItem>(compareWorkItems),
  };
  readonly #updateBucket: QuotaBucket;
  readonly #describeBucket: QuotaBucket;
  #nextRoundAt = Number.POSITIVE_INFINITY;
  #isPaused: boolean;

  /** @param reconcile - plans a contact again. */
  constructor(
    centre: CentrePort,
    settings: Settings,
    listener: EscalationListener,
    reconcile: (contact: TrackedContact, now: number) => void,
  ) {
    this.#centre = centre;
    this.#settings = settings;
    this.#isPaused = settings.pause;
    this.#listener = listener;
    this.#reconcile = reconcile;
    this.#updateBucket = new QuotaBucket(updateLimits(settings));
    this.#describeBucket = new QuotaBucket(describeLimits(settings));
  }

  /** Schedules the pending work of a contact, if any. */
  enqueue(contact: TrackedContact, now: number): void {
    const { record, isInFlight, isGone } = contact;
    const before = contact.queuedWork?.value;
    const work = isGone ? undefined : pendingWork(record);
    const generation = record.decision?.generation ?? 0;
    if (before?.isUpdate && (!work || generation !== before.generation)) this.#listener.onSuperseded();
    this.#dequeue(contact);
    if (!work || isInFlight) return;
    if (work.kind === 'reconcile') {
      this.#centre.schedule(now + LATENCY_MS.wake, (at) => this.#reconcile(contact, at));
      return;
    }
    const { ageAdjustment } = this.#settings;
    const kind = describeNeed(work, ageAdjustment) === 'required' ? 'question' : 'update';
    const sortKey = pendingSortKey(record, work, ageAdjustment);
    const isUpdate = work.kind === 'update';
    contact.queuedWork = this.#workQueues[kind].push({ contact, kind, isUpdate, sortKey, generation });
    this.#scheduleRound(LATENCY_MS.dispatch, now);
  }

  /** While paused, nothing is sent or asked. What is in flight is finished. */
  setPaused(isPaused: boolean, now: number): void {
    this.#isPaused = isPaused || this.#settings.pause;
    if (this.#isPaused) this.#nextRoundAt = Number.POSITIVE_INFINITY;
    else this.#scheduleRound(LATENCY_MS.dispatch, now);
  }

  #dequeue(contact: TrackedContact): void {
    if (!contact.queuedWork) return;
    this.#workQueues[contact.queuedWork.value.kind].remove(contact.queuedWork);
    delete contact.queuedWork;
  }

  #scheduleRound(delayMs: number, now: number): void {
    const at = now + delayMs;
    if (this.#isPaused || at >= this.#nextRoundAt) return;
    this.#nextRoundAt = at;
    this.#centre.schedule(at, (then) => {
      if (at !== this.#nextRoundAt) return;
      this.#nextRoundAt = Number.POSITIVE_INFINITY;
      this.#round(then);
    });
  }

  #round(now: number): void {
    this.#serve('update', this.#updateBucket, (contact) => this.#startUpdate(contact, now), now);
    this.#serve('question', this.#describeBucket, (contact) => this.#ask(contact, now), now);
  }

  #serve(
    kind: WorkItem['kind'],
    bucket: QuotaBucket,
    serve: (contact: TrackedContact) => void,
    now: number,
  ): void {
    for (let next = this.#workQueues[kind].peek(); next; next = this.#workQueues[kind].peek()) {
      const sortKey = orderKey(next.sortKey, now);
      if (sortKey !== next.sortKey) {
        this.#dequeue(next.contact);
        next.contact.queuedWork = this.#workQueues[kind].push({ ...next, sortKey });
        continue;
      }
      const waitMs = bucket.msUntilToken(now);
      if (waitMs > 0) {
        this.#scheduleRound(waitMs, now);
        return;
      }
      this.#dequeue(next.contact);
      serve(next.contact);
    }
  }

  /** Sends the next update of a contact, after DescribeContact where that may be asked for and the budget allows. */
  #startUpdate(contact: TrackedContact, now: number): void {
    const { ageAdjustment } = this.#settings;
    const work = pendingWork(contact.record);
    if (work && describeNeed(work, ageAdjustment) !== 'none' && this.#describeBucket.take(now) === 0) {
      if (!this.#isWaiting(contact)) {
        // The response arrives before the event that says so.
        this.#listener.onSuperseded();
        contact.isGone = true;
        return;
      }
      this.#describe(contact, work);
    }
    const attempt = nextUpdate(pendingWork(contact.record), ageAdjustment);
    if (!attempt) return;
    this.#updateBucket.take(now);
    contact.record = markInFlight(contact.record, attempt, now);
    contact.isInFlight = true;
    this.#centre.schedule(now + LATENCY_MS.call, (at) => this.#finishUpdate(contact, attempt, at));
  }

  #finishUpdate(contact: TrackedContact, attempt: UpdateAttempt, now: number): void {
    const { record } = contact;
    contact.isInFlight = false;
    if (!this.#isWaiting(contact)) {
      this.#listener.onSuperseded();
      contact.record = applyUpdateResult(record, attempt, GONE, now);
      return;
    }
    this.#centre.updateRouting(now, record.contactId, attempt.update);
    contact.updateCount += 1;
    contact.record = applyUpdateResult(record, attempt, { kind: 'done' }, now);
    this.#listener.onUpdate(contact.record, attempt, now);
    this.enqueue(contact, now);
  }

  /** Asks for what must be known before the contact can be changed or decided. */
  #ask(contact: TrackedContact, now: number): void {
    this.#describeBucket.take(now);
    contact.isInFlight = true;
    this.#centre.schedule(now + LATENCY_MS.call, (at) => {
      contact.isInFlight = false;
      const work = pendingWork(contact.record);
      if (!this.#isWaiting(contact)) {
        if (work?.kind === 'update') this.#listener.onSuperseded();
        contact.record = markClosed(contact.record, GONE, at);
      } else if (work) this.#describe(contact, work);
      this.enqueue(contact, at);
    });
  }

  /** True when the contact waits in Connect now; the events that the model has handled lag behind. */
  #isWaiting({ record }: TrackedContact): boolean {
    return this.#centre.isWaiting(this.#centre.now, record.contactId);
  }

  #describe(contact: TrackedContact, work: PendingWork): void {
    const { record } = contact;
    const { now } = this.#centre;
    // Here no event is lost, so the answer has no fact to add.
    const { routing, attributes } = domainDescription(this.#centre.describe(now, record.contactId), '');
    const snapshot = snapshotForDescribe(record, work, now);
    contact.record = applyDescription(record, { routing, attributes }, snapshot);
  }
}
