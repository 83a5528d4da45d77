import { type ContactKey, keyString } from '../../lambda/domain/contact/contact-key.ts';
import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import type { VirtualTime } from '../virtual/virtual-time.ts';
import type { Process } from './process.ts';

/**
 * How long a change may be visible and still be overtaken, in milliseconds: dispatch passes over a contact that it just
 * served for two seconds, and a round with a question may be under way.
 */
const SLACK_MS = 6_000;

/** The longest time of one round, within which changes may go out in any order, in milliseconds. */
const ROUND_MS = 12_000;

/**
 * The longest time from the moment at which a round chooses a contact until its update is sent, in milliseconds. The change
 * may have been more urgent at that moment.
 */
const CHOSEN_MS = 1_000;

/** For how long dispatch passes over a contact that was about to be reconciled, in milliseconds. */
const PASSED_OVER_MS = 2_000;

/** By how much the clock of a process may be ahead, in milliseconds. */
const MAX_CLOCK_SKEW_MS = 2_000;

/** Milliseconds before and after its next reconcile in which a contact may wait for that. */
const RECONCILE_MS = { before: 1_000, after: 6_000 };

/** The number of changes with which an instance always has some left for the next round. */
const BACKLOG = 20;

/** By how many updates one instance may get ahead of another: two rounds, and a new process starts to count anew. */
const FAIRNESS_SLACK = 25;

/** A change that the index shows as one that can be sent. */
interface Sendable {
  readonly instanceId: string;
  readonly contactId: string;
  readonly priority: number;
  readonly dueAt: number;
  /** Of the age of a target alone: until when its contact can still come forward in time. */
  readonly timelyUntil: number | undefined;
  readonly wakeAt: number;
  /** Until when a round may go on that passed the contact over, since it was about to be reconciled. Default: none does. */
  readonly heldUntil?: number;
  /** Since when the index shows it, in milliseconds since the epoch; undefined: not yet. */
  visibleSince: number | undefined;
}

/** A change that may have been overtaken, unless it is sent in the same round. */
interface Suspicion {
  readonly key: string;
  readonly until: number;
  readonly message: string;
  /** Whose round it is. */
  readonly process: Pick<Process, 'isAlive'>;
}

/** Whether a contact may wait for its next reconcile, as dispatch passes it over then. */
function isReconciledSoon({ wakeAt }: Pick<Sendable, 'wakeAt'>, now: number): boolean {
  return wakeAt - RECONCILE_MS.before < now && now < wakeAt + RECONCILE_MS.after;
}

/** How often two instances were served while both had a backlog. */
interface Race {
  readonly served: Map<string, number>;
}

/**
 * Checks in which order dispatch sends: no change overtakes a more urgent one of its instance, and while two instances
 * have a backlog they get as many updates each. What can be sent it reads from the records as they are saved and
 * indexed, naively, without the code of the system.
 */
export class UrgencyChecker {
  checks = 0;
  readonly #time: Pick<VirtualTime, 'now'>;
  readonly #report: (kind: 'order' | 'fairness', message: string) => void;
  readonly #sendable = new Map<string, Sendable>();
  readonly #byInstance = new Map<string, Map<string, Sendable>>();
  /** Changes that wait for an answer of Connect, or for anything else: they may be sent in the round that gets it. */
  readonly #unanswered = new Map<string, Sendable>();
  /** What was about to be sent when its record was marked. */
  readonly #chosen = new Map<string, Sendable>();
  #suspicions: Suspicion[] = [];
  readonly #races = new Map<string, Race>();

  constructor(time: Pick<VirtualTime, 'now'>, report: (kind: 'order' | 'fairness', message: string) => void) {
    this.#time = time;
    this.#report = report;
  }

  /** @returns `missed` where the contact is known to have left since, after a change was due. */
  onSave(record: ContactRecord): 'missed' | undefined {
    const key = keyString(record);
    this.#settle();
    // Whatever is written about it, it was not forgotten.
    this.#suspicions = this.#suspicions.filter((suspicion) => suspicion.key !== key);
    const before = this.#sendable.get(key);
    const change = sendableOf(record);
    if (change && leftAt(record) !== undefined) {
      // The answer said what is applied, and that the contact left.
      this.#chosen.delete(key);
      this.#remove(key, before);
      return missed(change, record) ? 'missed' : undefined;
    }
    if (!change) {
      const chosen = before ?? this.#unanswered.get(key);
      if (chosen && record.inFlightSince !== undefined) this.#chosen.set(key, chosen);
      else this.#chosen.delete(key);
      this.#remove(key, before);
      this.#putUnanswered(key, record);
      return before && missed(before, record) ? 'missed' : undefined;
    }
    this.#chosen.delete(key);
    this.#unanswered.delete(key);
    const isSame = before && isSameChange(before, change);
    const { now } = this.#time;
    const heldUntil =
      before && isReconciledSoon(before, now) ? now + PASSED_OVER_MS + CHOSEN_MS : before?.heldUntil;
    this.#put(key, {
      ...change,
      ...(heldUntil !== undefined && { heldUntil }),
      visibleSince: isSame ? before.visibleSince : undefined,
    });
    return undefined;
  }

  /** A write shows in the index. */
  onIndexed(record: ContactRecord): void {
    const known = this.#sendable.get(keyString(record));
    const shown = known && sendableOf(record);
    if (known && shown && isSameChange(known, shown)) {
      known.visibleSince ??= this.#time.now;
    }
  }

  /**
   * Dispatch reads the first contacts of an instance with an update that is pending.
   *
   * @returns what checks the answer: it has the most urgent of those that the index showed at the time of the question,
   *   in their order.
   */
  onAsked(instanceId: string, limit: number): (listed: readonly ContactKey[]) => void {
    const askedAt = this.#time.now;
    return (listed) => {
      this.checks += 1;
      const shown = new Map(
        [...(this.#byInstance.get(instanceId) ?? [])].filter(
          ([, { visibleSince = Number.POSITIVE_INFINITY }]) => visibleSince < askedAt,
        ),
      );
      const known = listed.flatMap((key) => shown.get(keyString(key)) ?? []);
      const names = new Set(listed.map(keyString));
      const left = [...shown].flatMap(([key, change]) => (names.has(key) ? [] : [change]));
      const times = [askedAt - MAX_CLOCK_SKEW_MS, this.#time.now + MAX_CLOCK_SKEW_MS];
      const mustPrecede = (change: Sendable, other: Sendable) =>
        times.every((at) => isMoreUrgent(change, other, at));
      const report = (change: Sendable, why: string) =>
        this.#report('order', `the index lists ${change.contactId} for priority ${change.priority} ${why}`);
      for (const [index, change] of known.entries()) {
        const before = known[index - 1];
        if (before && mustPrecede(change, before))
          report(change, `after ${before.contactId} for ${before.priority}`);
      }
      const last = known.at(-1);
      for (const change of left) {
        if (listed.length < limit) report(change, 'not at all');
        else if (last && mustPrecede(change, last)) report(change, `after its first ${limit}`);
      }
    };
  }

  /** Something failed for the contact: dispatch comes back to it later. */
  onFailed(key: ContactKey): void {
    const known = this.#sendable.get(keyString(key));
    if (known?.visibleSince !== undefined) known.visibleSince = this.#time.now;
    this.#suspicions = this.#suspicions.filter((suspicion) => suspicion.key !== keyString(key));
  }

  /** Calls were not allowed: nothing could be sent. */
  restart(): void {
    for (const change of this.#sendable.values()) {
      if (change.visibleSince !== undefined) change.visibleSince = this.#time.now;
    }
    this.#suspicions = [];
    this.#races.clear();
  }

  /** The contacts with a change that could have been sent for longer than this. */
  sendableFor(ms: number): string[] {
    const { now } = this.#time;
    return [...this.#sendable.values()]
      .filter(({ visibleSince = now }) => now - visibleSince > ms)
      .map(({ contactId }) => contactId);
  }

  /** The end of a run. */
  finish(): void {
    this.#settle();
  }

  #settle(): void {
    if (this.#suspicions.length === 0) return;
    const { now } = this.#time;
    // A crash ends a round before its other changes are sent. The next process begins with the most urgent one.
    const open = this.#suspicions.filter(({ process }) => process.isAlive);
    for (const { until, message } of open) if (until <= now) this.#report('order', message);
    this.#suspicions = open.filter(({ until }) => until > now);
  }

  /** A process sends an update. */
  onSend(process: Process, key: ContactKey): void {
    const sent = this.#chosen.get(keyString(key));
    this.#chosen.delete(keyString(key));
    if (sent?.visibleSince === undefined) return;
    this.checks += 1;
    this.#settle();
    this.#checkOrder(process, sent);
    this.#checkFairness(sent.instanceId);
  }

  #checkOrder(process: Process, sent: Sendable): void {
    const { now } = this.#time;
    if (now - (sent.visibleSince ?? now) < CHOSEN_MS) return;
    for (const other of this.#byInstance.get(sent.instanceId)?.values() ?? []) {
      const { visibleSince, heldUntil = now } = other;
      if (visibleSince === undefined) continue;
      // When the round chose, a target may still have been in time, or was not by the clock of the process.
      const times = [now - ROUND_MS, now, now + MAX_CLOCK_SKEW_MS];
      if (!times.every((at) => isMoreUrgent(other, sent, at))) continue;
      if (now < heldUntil || isReconciledSoon(other, now)) continue;
      const waitedMs = now - visibleSince - process.delayedMs(visibleSince, now);
      if (waitedMs <= SLACK_MS) continue;
      const message =
        `${sent.contactId} gets priority ${sent.priority} while ${other.contactId} waits for ${other.priority}, ` +
        `which could be sent for ${Math.round(waitedMs)} ms`;
      this.#suspicions.push({ key: keyString(other), until: now + ROUND_MS, message, process });
      return;
    }
  }

  #checkFairness(instanceId: string): void {
    const hasBacklog = (id: string) => (this.#byInstance.get(id)?.size ?? 0) >= BACKLOG;
    for (const other of this.#byInstance.keys()) {
      if (other === instanceId) continue;
      const name = [instanceId, other].sort().join(' ');
      if (!hasBacklog(instanceId) || !hasBacklog(other)) {
        this.#races.delete(name);
        continue;
      }
      const race = this.#races.get(name) ?? { served: new Map() };
      this.#races.set(name, race);
      const served = (race.served.get(instanceId) ?? 0) + 1;
      race.served.set(instanceId, served);
      this.checks += 1;
      const lead = served - (race.served.get(other) ?? 0);
      if (lead > FAIRNESS_SLACK)
        this.#report('fairness', `${instanceId} got ${lead} updates more than ${other}`);
    }
  }

  #putUnanswered(key: string, record: ContactRecord): void {
    const known = this.#unanswered.get(key);
    const change = unansweredOf(record);
    if (!change) this.#unanswered.delete(key);
    else if (!known || !isSameChange(known, change))
      this.#unanswered.set(key, { ...change, visibleSince: this.#time.now });
  }

  #put(key: string, change: Sendable): void {
    this.#sendable.set(key, change);
    let ofInstance = this.#byInstance.get(change.instanceId);
    if (!ofInstance) {
      ofInstance = new Map();
      this.#byInstance.set(change.instanceId, ofInstance);
    }
    ofInstance.set(key, change);
  }

  #remove(key: string, change: Sendable | undefined): void {
    if (!change) return;
    this.#sendable.delete(key);
    this.#byInstance.get(change.instanceId)?.delete(key);
  }
}

function isSameChange(a: Sendable, b: Sendable): boolean {
  return a.priority === b.priority && a.dueAt === b.dueAt && a.timelyUntil === b.timelyUntil;
}

/**
 * By priority; within one, steps come before the ages of targets, and those targets last for which it is too late. Steps
 * go by when they were due, targets by when their contacts are.
 */
function isMoreUrgent(a: Sendable, b: Sendable, now: number): boolean {
  const [first, second] = [a, b].map(({ priority, dueAt, timelyUntil }) => {
    const group = timelyUntil === undefined ? 0 : timelyUntil >= now ? 1 : 2;
    return [priority, group, timelyUntil ?? 0, dueAt];
  });
  const at = first?.findIndex((value, index) => value !== second?.[index]) ?? -1;
  return (first?.[at] ?? 0) < (second?.[at] ?? 0);
}

/** Whether the record says that the contact left after the change was due, and before anything else could be decided. */
function missed({ dueAt, wakeAt }: Sendable, record: ContactRecord): boolean {
  const at = leftAt(record);
  return record.closedAt === undefined && at !== undefined && dueAt <= at && at < wakeAt;
}

/** When the contact left the queue that its record names last; undefined while it waits, as far as is known. */
function leftAt({ facts }: ContactRecord): number | undefined {
  const { connectedAt, disconnectedAt, queue } = facts ?? {};
  if (!queue) return undefined;
  return connectedAt !== undefined && connectedAt >= queue.enqueuedAt ? connectedAt : disconnectedAt;
}

/**
 * The priority that a contact has after its next change, whatever it waits for; undefined where there is none, or one may
 * argue.
 */
function unansweredOf(record: ContactRecord): Sendable | undefined {
  const { decision, status, closedAt, inFlightSince } = record;
  if (!decision || !status || closedAt !== undefined || inFlightSince !== undefined) return undefined;
  if (decision.reason !== 'governed' || decision.override || status.restorePoint) return undefined;
  const { desired, dueAt } = decision;
  if (desired.priority === undefined || dueAt === undefined) return undefined;
  const priority = Math.min(desired.priority, status.applied.priority ?? desired.priority);
  return changeOf(record, { priority, dueAt, timelyUntil: undefined });
}

/** A change that nobody has seen yet. */
function changeOf(
  { instanceId, contactId, wakeAt = Number.POSITIVE_INFINITY }: ContactRecord,
  urgency: Pick<Sendable, 'priority' | 'dueAt' | 'timelyUntil'>,
): Sendable {
  return { instanceId, contactId, ...urgency, wakeAt, visibleSince: undefined };
}

/** The change of a contact that nothing but the quota holds back; undefined where there is none, or one may argue. */
function sendableOf(record: ContactRecord): Sendable | undefined {
  const { decision, status, closedAt, look, isUndecided, inFlightSince } = record;
  if (!decision || !status?.isObserved || closedAt !== undefined || look || isUndecided) return undefined;
  // After a failed attempt the index shows it again once it is reconciled, also where that is late.
  if (inFlightSince !== undefined || status.retryAt !== undefined || status.unconfirmed) return undefined;
  if (decision.reason !== 'governed' || decision.override || status.restorePoint) return undefined;
  if (decision.queueVisit !== status.queueVisit || status.rejected?.generation === decision.generation) {
    return undefined;
  }
  const { applied } = status;
  const { desired, dueAt, timelyUntil } = decision;
  if (applied.priority === undefined || applied.ageSeconds === undefined || dueAt === undefined)
    return undefined;
  const raises = desired.priority !== undefined && desired.priority < applied.priority;
  const ages = desired.ageSeconds !== undefined && desired.ageSeconds > applied.ageSeconds;
  if (!raises && !ages) return undefined;
  const priority = Math.min(applied.priority, desired.priority ?? applied.priority);
  return changeOf(record, { priority, dueAt, timelyUntil: raises ? undefined : timelyUntil });
}
