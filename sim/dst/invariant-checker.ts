import type { ContactKey } from '../../lambda/domain/contact/contact-key.ts';
import { keyString } from '../../lambda/domain/contact/contact-key.ts';
import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import { canonicalJson } from '../../lambda/domain/json.ts';
import type { UpdateAttempt } from '../../lambda/domain/reconcile/next-update.ts';
import type { UpdateResult } from '../../lambda/domain/reconcile/update-result.ts';
import type { AgeAdjustment } from '../../lambda/domain/routing/routing.ts';
import { DEFAULT_ROUTING, type Routing, routingChanges } from '../../lambda/domain/routing/routing.ts';
import type { QuotaState } from '../../lambda/flow/ports.ts';
import type { VirtualTime } from '../virtual/virtual-time.ts';
import type { Invariant, Violation } from './invariants.ts';
import { MAX_REQUEST_MS } from './latencies.ts';
import type { Process } from './process.ts';

/** A call as it was sent. */
export interface SentUpdate {
  readonly key: ContactKey;
  readonly call: UpdateAttempt;
  /** When the tokens were taken that paid for it. */
  readonly tokenTakenAt: number;
  isApplied: boolean;
  /** Idempotency knows that it was made. */
  isRemembered: boolean;
  /** The record, as it is now, says that it was made. */
  isRecorded: boolean;
}

/** What is seen of a contact. */
interface ObservedContact {
  /** Since when its record has said that it does not wait. */
  leftKnownAt?: number;
  /** What Connect has in force, by the calls alone; kept apart from what the system believes. */
  priority: number;
  ageSeconds: number;
  /** An operator said something of it. */
  isOverridden: boolean;
  /** Its flow set something that its record does not know: Connect was not asked, or not heard. */
  hasUnknownRouting: boolean;
  lastUpdate?: SentUpdate;
  /** What it had when it began to wait. */
  initialRouting: Routing;
}

/**
 * Requests between the last look at a contact and the call: the answer of that look, the note that a call may have
 * been made (with a second try), and the idempotency record. What comes to be known meanwhile is known too late.
 */
const LAST_READ_MS = 6 * MAX_REQUEST_MS;

/** Watches every call and every writing for what must never happen. */
export class InvariantChecker {
  readonly violations: Violation[] = [];
  readonly tokensTakenAt: number[] = [];
  calls = 0;
  checks = 0;
  readonly #time: VirtualTime;
  readonly #ageAdjustment: AgeAdjustment;
  /** A policy of the run may make contacts less urgent. */
  readonly policiesMayLower: boolean;
  readonly #contacts = new Map<string, ObservedContact>();
  readonly #lastTokenTakenAt = new Map<Process, number>();

  constructor(time: VirtualTime, ageAdjustment: AgeAdjustment, policiesMayLower: boolean) {
    this.#time = time;
    this.#ageAdjustment = ageAdjustment;
    this.policiesMayLower = policiesMayLower;
  }

  reportViolation(invariant: Invariant, what: string): void {
    this.violations.push({ invariant, at: this.#time.now, message: what });
  }

  /** A contact begins to wait, with what its flow has set. */
  onArrival(key: ContactKey, routing: { priority?: number; ageSeconds?: number } = {}): void {
    const seen = this.#contactOf(key);
    seen.priority = routing.priority ?? DEFAULT_ROUTING.priority;
    seen.ageSeconds = routing.ageSeconds ?? DEFAULT_ROUTING.ageSeconds;
    seen.initialRouting = { priority: seen.priority, ageSeconds: seen.ageSeconds };
    seen.hasUnknownRouting = routing.priority !== undefined || routing.ageSeconds !== undefined;
  }

  /** What the contact had when it began to wait. */
  initialRoutingOf(key: ContactKey): Routing {
    return this.#contactOf(key).initialRouting;
  }

  /** An operator says something of the contact. */
  onOverride(key: ContactKey): void {
    this.#contactOf(key).isOverridden = true;
  }

  onSave(record: ContactRecord, now: number): void {
    const seen = this.#contactOf(record);
    if (recordsThatItLeft(record)) seen.leftKnownAt ??= now;
    else delete seen.leftKnownAt;
    const { priority, ageSeconds } = record.status?.applied ?? {};
    if (priority === seen.priority && ageSeconds === seen.ageSeconds) seen.hasUnknownRouting = false;
    const { lastUpdate: last } = seen;
    if (last && record.status?.queueVisit === last.call.queueVisit) {
      const { applied, unconfirmed = [] } = record.status;
      const settles = Object.keys(last.call.sets) as (keyof typeof last.call.sets)[];
      last.isRecorded =
        canonicalJson(routingChanges(last.call.sets, applied)) === '{}' &&
        !settles.some((facet) => unconfirmed.includes(facet));
    }
  }

  /** The state of the quotas was written by a process. */
  onTokensTaken(process: Process, before: QuotaState | undefined, after: QuotaState): void {
    if (!before || after.update.at !== before.update.at || after.update.tokens < before.update.tokens) {
      this.#lastTokenTakenAt.set(process, after.update.at);
    }
  }

  /** A process sends a call. */
  onSend(process: Process, key: ContactKey, call: UpdateAttempt): SentUpdate {
    const { now } = this.#time;
    const seen = this.#contactOf(key);
    const paidAt = this.#lastTokenTakenAt.get(process) ?? Number.NEGATIVE_INFINITY;
    this.calls += 1;
    this.tokensTakenAt.push(paidAt);
    this.#checkNotKnownToHaveLeft(process, key, seen, now);
    this.#checkNotSentBefore(key, seen, call);
    const sent: SentUpdate = {
      key,
      call,
      tokenTakenAt: paidAt,
      isApplied: false,
      isRemembered: false,
      isRecorded: false,
    };
    seen.lastUpdate = sent;
    return sent;
  }

  /** Connect has dealt with the call. */
  onResponse(sent: SentUpdate, outcome: UpdateResult, applied: boolean): void {
    if (!applied) return;
    sent.isApplied = true;
    const seen = this.#contactOf(sent.key);
    const { QueuePriority: priority, QueueTimeAdjustmentSeconds: sentAge } = sent.call.update;
    const age =
      sentAge === undefined || this.#ageAdjustment === 'absolute' ? sentAge : seen.ageSeconds + sentAge;
    const mayFall = seen.isOverridden || seen.hasUnknownRouting || this.policiesMayLower;
    this.checks += 1;
    if (!mayFall && priority !== undefined && priority > seen.priority) {
      this.reportViolation(
        7,
        `${sent.key.contactId} fell from priority ${seen.priority} to ${priority} (${outcome.kind})`,
      );
    }
    if (!mayFall && age !== undefined && age < seen.ageSeconds) {
      this.reportViolation(
        7,
        `${sent.key.contactId} fell from age ${seen.ageSeconds} s to ${age} s (${outcome.kind})`,
      );
    }
    seen.priority = priority ?? seen.priority;
    seen.ageSeconds = age ?? seen.ageSeconds;
  }

  /** Idempotency has noted that the call was made. */
  onIdempotencyRecorded(sent: SentUpdate): void {
    sent.isRemembered = true;
  }

  /** An idempotency record of the contact is gone. */
  onIdempotencyExpired(key: ContactKey): void {
    const { lastUpdate: last } = this.#contactOf(key);
    if (last) last.isRemembered = false;
  }

  #checkNotKnownToHaveLeft(process: Process, key: ContactKey, seen: ObservedContact, now: number): void {
    this.checks += 1;
    const { leftKnownAt } = seen;
    if (leftKnownAt === undefined) return;
    const knownMs = now - leftKnownAt - process.delayedMs(leftKnownAt, now);
    if (knownMs > LAST_READ_MS) {
      this.reportViolation(
        1,
        `${process.name} calls for ${key.contactId}, known to have left for ${knownMs} ms`,
      );
    }
  }

  /** Idempotency knows a call by its generation and by what it sends; what the record says holds for all. */
  #checkNotSentBefore(key: ContactKey, { lastUpdate: last }: ObservedContact, call: UpdateAttempt): void {
    this.checks += 1;
    if (!last?.isApplied || last.call.queueVisit !== call.queueVisit) return;
    if (canonicalJson(last.call.sets) !== canonicalJson(call.sets)) return;
    const isKnown = last.isRecorded || (last.isRemembered && isSameUpdate(last.call, call));
    if (isKnown)
      this.reportViolation(
        4,
        `${key.contactId} is sent ${canonicalJson(call.update)} again, known to be done`,
      );
  }

  #contactOf(key: ContactKey): ObservedContact {
    const text = keyString(key);
    let seen = this.#contacts.get(text);
    if (!seen) {
      seen = {
        ...DEFAULT_ROUTING,
        isOverridden: false,
        hasUnknownRouting: false,
        initialRouting: DEFAULT_ROUTING,
      };
      this.#contacts.set(text, seen);
    }
    return seen;
  }
}

/** Whether a record says that the contact waits no more; written apart from what the system goes by. */
function recordsThatItLeft({ facts, closedAt }: ContactRecord): boolean {
  if (closedAt !== undefined) return true;
  if (!facts?.queue) return false;
  return facts.disconnectedAt !== undefined || (facts.connectedAt ?? 0) >= facts.queue.enqueuedAt;
}

/** What idempotency takes for one and the same call of a contact. */
function isSameUpdate(a: UpdateAttempt, b: UpdateAttempt): boolean {
  return a.generation === b.generation && canonicalJson(a.update) === canonicalJson(b.update);
}
