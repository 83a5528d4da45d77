import type { ContactKey } from '../../lambda/domain/contact.ts';
import { canonicalJson } from '../../lambda/domain/json.ts';
import type { CallOutcome, MadeCall } from '../../lambda/domain/outcome.ts';
import type { ContactRecord } from '../../lambda/domain/record.ts';
import type { AgeAdjustment } from '../../lambda/domain/routing.ts';
import { DEFAULT_ROUTING, type Routing, routingChanges } from '../../lambda/domain/routing.ts';
import { keyText } from '../../lambda/flow/drain.ts';
import type { QuotaState } from '../../lambda/flow/ports.ts';
import type { VirtualTime } from '../virtual/virtual-time.ts';
import { MOST_REQUEST_MS } from './durations.ts';
import type { Invariant, Violation } from './invariants.ts';
import type { Process } from './process.ts';

/** A call as it was sent. */
export interface SentCall {
  readonly key: ContactKey;
  readonly call: MadeCall;
  /** When the tokens were taken that paid for it. */
  readonly paidAt: number;
  applied: boolean;
  /** Idempotency knows that it was made. */
  remembered: boolean;
  /** The record, as it is now, says that it was made. */
  recorded: boolean;
}

/** What is seen of a contact. */
interface Seen {
  /** Since when its record has said that it does not wait. */
  leftKnownAt?: number;
  /** What Connect has in force, by the calls alone; kept apart from what the system believes. */
  priority: number;
  ageSeconds: number;
  /** An operator said something of it. */
  isOverridden: boolean;
  /** Its flow set something that its record does not know: Connect was not asked, or not heard. */
  isUnknown: boolean;
  last?: SentCall;
  /** What it had when it began to wait. */
  began: Routing;
}

/**
 * Requests between the last look at a contact and the call: the answer of that look, the note that a call may have
 * been made (with a second try), and the idempotency record. What comes to be known meanwhile is known too late.
 */
const LAST_LOOK_MS = 6 * MOST_REQUEST_MS;

/** Watches every call and every writing for what must never happen. */
export class Watcher {
  readonly violations: Violation[] = [];
  readonly paidAt: number[] = [];
  calls = 0;
  checks = 0;
  readonly #time: VirtualTime;
  readonly #ageAdjustment: AgeAdjustment;
  /** A policy of the run may make contacts less urgent. */
  readonly policiesMayLower: boolean;
  readonly #seen = new Map<string, Seen>();
  readonly #lastPaid = new Map<Process, number>();

  constructor(time: VirtualTime, ageAdjustment: AgeAdjustment, policiesMayLower: boolean) {
    this.#time = time;
    this.#ageAdjustment = ageAdjustment;
    this.policiesMayLower = policiesMayLower;
  }

  violated(invariant: Invariant, what: string): void {
    this.violations.push({ invariant, at: this.#time.now, what });
  }

  /** A contact begins to wait, with what its flow has set. */
  arrived(key: ContactKey, routing: { priority?: number; ageSeconds?: number } = {}): void {
    const seen = this.#of(key);
    seen.priority = routing.priority ?? DEFAULT_ROUTING.priority;
    seen.ageSeconds = routing.ageSeconds ?? DEFAULT_ROUTING.ageSeconds;
    seen.began = { priority: seen.priority, ageSeconds: seen.ageSeconds };
    seen.isUnknown = routing.priority !== undefined || routing.ageSeconds !== undefined;
  }

  /** What the contact had when it began to wait. */
  beganWith(key: ContactKey): Routing {
    return this.#of(key).began;
  }

  /** An operator says something of the contact. */
  overridden(key: ContactKey): void {
    this.#of(key).isOverridden = true;
  }

  saved(record: ContactRecord, now: number): void {
    const seen = this.#of(record);
    if (saysThatItLeft(record)) seen.leftKnownAt ??= now;
    else delete seen.leftKnownAt;
    const { priority, ageSeconds } = record.dealings?.inForce ?? {};
    if (priority === seen.priority && ageSeconds === seen.ageSeconds) seen.isUnknown = false;
    const { last } = seen;
    if (last && record.dealings?.stay === last.call.stay) {
      const { inForce, doubtful = [] } = record.dealings;
      const settles = Object.keys(last.call.settles) as (keyof typeof last.call.settles)[];
      last.recorded =
        canonicalJson(routingChanges(last.call.settles, inForce)) === '{}' &&
        !settles.some((facet) => doubtful.includes(facet));
    }
  }

  /** The state of the quotas was written by a process. */
  tokensTaken(process: Process, before: QuotaState | undefined, after: QuotaState): void {
    if (!before || after.update.at !== before.update.at || after.update.tokens < before.update.tokens) {
      this.#lastPaid.set(process, after.update.at);
    }
  }

  /** A process sends a call. */
  sending(process: Process, key: ContactKey, call: MadeCall): SentCall {
    const { now } = this.#time;
    const seen = this.#of(key);
    const paidAt = this.#lastPaid.get(process) ?? Number.NEGATIVE_INFINITY;
    this.calls += 1;
    this.paidAt.push(paidAt);
    this.#checkNotKnownToHaveLeft(process, key, seen, now);
    this.#checkNotSentBefore(key, seen, call);
    const sent: SentCall = { key, call, paidAt, applied: false, remembered: false, recorded: false };
    seen.last = sent;
    return sent;
  }

  /** Connect has dealt with the call. */
  answered(sent: SentCall, outcome: CallOutcome, applied: boolean): void {
    if (!applied) return;
    sent.applied = true;
    const seen = this.#of(sent.key);
    const { QueuePriority: priority, QueueTimeAdjustmentSeconds: sentAge } = sent.call.update;
    const age =
      sentAge === undefined || this.#ageAdjustment === 'absolute' ? sentAge : seen.ageSeconds + sentAge;
    const mayFall = seen.isOverridden || seen.isUnknown || this.policiesMayLower;
    this.checks += 1;
    if (!mayFall && priority !== undefined && priority > seen.priority) {
      this.violated(
        7,
        `${sent.key.contactId} fell from priority ${seen.priority} to ${priority} (${outcome.kind})`,
      );
    }
    if (!mayFall && age !== undefined && age < seen.ageSeconds) {
      this.violated(
        7,
        `${sent.key.contactId} fell from age ${seen.ageSeconds} s to ${age} s (${outcome.kind})`,
      );
    }
    seen.priority = priority ?? seen.priority;
    seen.ageSeconds = age ?? seen.ageSeconds;
  }

  /** Idempotency has noted that the call was made. */
  remembered(sent: SentCall): void {
    sent.remembered = true;
  }

  /** An idempotency record of the contact is gone. */
  forgotten(key: ContactKey): void {
    const { last } = this.#of(key);
    if (last) last.remembered = false;
  }

  #checkNotKnownToHaveLeft(process: Process, key: ContactKey, seen: Seen, now: number): void {
    this.checks += 1;
    const { leftKnownAt } = seen;
    if (leftKnownAt === undefined) return;
    const knownMs = now - leftKnownAt - process.heldUpMs(leftKnownAt, now);
    if (knownMs > LAST_LOOK_MS) {
      this.violated(1, `${process.name} calls for ${key.contactId}, known to have left for ${knownMs} ms`);
    }
  }

  /** Idempotency knows a call by its generation and by what it sends; what the record says holds for all. */
  #checkNotSentBefore(key: ContactKey, { last }: Seen, call: MadeCall): void {
    this.checks += 1;
    if (!last?.applied || last.call.stay !== call.stay) return;
    if (canonicalJson(last.call.settles) !== canonicalJson(call.settles)) return;
    const isKnown = last.recorded || (last.remembered && isSameCall(last.call, call));
    if (isKnown)
      this.violated(4, `${key.contactId} is sent ${canonicalJson(call.update)} again, known to be done`);
  }

  #of(key: ContactKey): Seen {
    const text = keyText(key);
    let seen = this.#seen.get(text);
    if (!seen) {
      seen = { ...DEFAULT_ROUTING, isOverridden: false, isUnknown: false, began: DEFAULT_ROUTING };
      this.#seen.set(text, seen);
    }
    return seen;
  }
}

/** Whether a record says that the contact waits no more; written apart from what the system goes by. */
function saysThatItLeft({ facts, closedAt }: ContactRecord): boolean {
  if (closedAt !== undefined) return true;
  if (!facts?.queue) return false;
  return facts.disconnectedAt !== undefined || (facts.connectedAt ?? 0) >= facts.queue.enqueuedAt;
}

/** What idempotency takes for one and the same call of a contact. */
function isSameCall(a: MadeCall, b: MadeCall): boolean {
  return a.generation === b.generation && canonicalJson(a.update) === canonicalJson(b.update);
}
