import { boundaries } from './calendar.ts';
import { patternMatches } from './pattern.ts';
import {
  type HasBegun,
  holds,
  isInRollout,
  type PolicySource,
  queueOf,
  targetAge,
  timeline,
  viewOf,
  type Wanted,
  wantedOf,
} from './policies.ts';
import { type Interval, type Story, seconds } from './story.ts';

/*
 * The verdict on what the system did for a contact, by what the policies want of it.
 */

/** The policies of a run with their calendars written out, each set from its time on, in order of time. */
export type PolicyHistory = readonly {
  readonly from: number;
  readonly policies: Readonly<Record<string, PolicySource>>;
}[];

/** The urgency that a contact has in Connect. */
export interface Urgency {
  readonly priority: number;
  readonly ageSeconds: number;
}

/** The routing that a contact has in Connect. */
export interface ActualRouting extends Urgency {
  /**
   * Attributes and values of each step of its routing criteria, such as `Language:English`, or `A:x and B:y or C:z`; empty
   * without criteria.
   */
  readonly criteria: readonly string[];
}

/** An update that Connect has applied: the urgency of the contact from then on. */
export interface AppliedUpdate extends Urgency {
  readonly at: number;
}

/** What of the contact's urgency is known for certain. */
export interface Circumstances {
  /** The urgency that its flow set. */
  readonly initial: Urgency;
  /** By how much the clocks of the system and of Connect differ, in milliseconds; default 0. */
  readonly clockSkewMs?: number;
  /** Whether another Region changed the priority: then the contact may be more urgent than any policy wanted. */
  readonly isChangedElsewhere?: boolean;
  /** False where ages are added to an age that the flow set and nobody knows. */
  readonly isAgeCertain: boolean;
  /** A signal that lasts this long has its effect, in milliseconds. Default: it may be lost. */
  readonly seenWithinMs?: number;
}

const DEFAULTS: Urgency = { priority: 5, ageSeconds: 0 };

/**
 * Judges a contact that still waits when everything has come to rest: it is as urgent as the policies want now, and no
 * more urgent than they can ever have wanted.
 *
 * @returns what is wrong; undefined when nothing is.
 */
export function judgeAtRest(
  story: Story,
  history: PolicyHistory,
  urgency: ActualRouting,
  { initial, isAgeCertain, isChangedElsewhere = false, seenWithinMs }: Circumstances,
  now: number,
): string | undefined {
  if (isUnsure(story, now - 1, now)) return undefined;
  const wanted = wantedOf(policiesAt(history, now), story, now);
  const override = story.overrides.find((one) => holds(one, now));
  const target = { ...wanted, ...withoutUndefined(override ?? {}) };
  const isExact = (member: keyof Urgency) => wanted.allowLower || override?.[member] !== undefined;
  const who = (member: 'priority' | 'ageSeconds' | 'route') =>
    override?.[member] === undefined ? nameOf(wanted) : 'an operator';
  const { priority, ageSeconds } = target;
  if (priority !== undefined) {
    if (isExact('priority') ? urgency.priority !== priority : urgency.priority > priority) {
      return `has priority ${urgency.priority}; ${who('priority')} wants ${priority}`;
    }
  }
  if (ageSeconds !== undefined && isAgeCertain) {
    const missing = ageSeconds - urgency.ageSeconds;
    const tolerance = ageTolerance(story);
    if (missing > tolerance || (isExact('ageSeconds') && missing < -tolerance)) {
      return `has age ${urgency.ageSeconds} s; ${who('ageSeconds')} wants ${ageSeconds} s`;
    }
  }
  const routes = [certainlyBegun(story, history, seenWithinMs, now), mayHaveBegun(story, now)].map(
    // An operator's route replaces that of a policy as a whole.
    (hasBegun) => override?.route ?? wantedOf(policiesAt(history, now), story, now, hasBegun).route,
  );
  if (!routes.some((route) => !route || isRoute(urgency.criteria, route))) {
    return `has the criteria ${urgency.criteria.join(', ')}; ${who('route')} wants ${routes[0]?.join(', ')}`;
  }
  if (override || isChangedElsewhere) return undefined;
  const most = mostUrgent(story, history, initial, now);
  if (urgency.priority < most.priority) {
    return `has priority ${urgency.priority}; no policy can have wanted less than ${most.priority}`;
  }
  if (isAgeCertain && urgency.ageSeconds > most.ageSeconds) {
    return `has age ${urgency.ageSeconds} s; no policy can have wanted more than ${most.ageSeconds} s`;
  }
  return undefined;
}

/** Whether criteria ask for the attributes and values of a route, in its order. */
function isRoute(criteria: readonly string[], route: readonly string[]): boolean {
  // What remains of `A:x >= 1 and B:y >= 2 for 30s` is `A:x and B:y`.
  const asked = route.map((step) => step.replace(/ for \w+$/, '').replaceAll(/ >= [\d.]+/g, ''));
  return JSON.stringify(criteria) === JSON.stringify(asked);
}

/** Events name pauses to the second, answers of Connect to the millisecond, and either may be all that is known. */
function ageTolerance({ pauses, earlierPauses }: Story): number {
  return pauses.length + earlierPauses.length > 0 ? 1 : 0;
}

/** Steps that a signal may have brought about, whatever the system knew when. */
function mayHaveBegun(story: Story, now: number): HasBegun {
  const views = possibleViews(story, now);
  return (_name, _at, when) => views.some((view) => patternMatches(when, view));
}

/** Steps that a signal has brought about: it lasted long enough while nothing else changed. */
function certainlyBegun(
  story: Story,
  history: PolicyHistory,
  seenWithinMs: number | undefined,
  now: number,
): HasBegun {
  if (seenWithinMs === undefined) return () => false;
  const moments = momentsOf(story, history, 0, now).filter((at) => at < now);
  return (name, reachedAt, when) =>
    moments.some((from, index) => {
      const until = moments[index + 1] ?? now;
      return (
        reachedAt <= from &&
        until - from >= seenWithinMs &&
        !isDisturbed(story, from, until) &&
        !isUnsure(story, from, until) &&
        wantedOf(policiesAt(history, from), story, from).policy === name &&
        patternMatches(when, viewOf(story, from))
      );
    });
}

/** Requests take a moment, and pauses and envelopes are cut to seconds. */
const TOLERANCE_MS = 1_500;

/**
 * Judges each update by what any policy can have wanted by then, whatever the system knew: no update comes before its
 * time, and none sets what nobody wants. Operators may set what they like.
 *
 * @param updates - in order of time.
 */
export function judgeUpdates(
  story: Story,
  history: PolicyHistory,
  updates: readonly AppliedUpdate[],
  { initial, isAgeCertain, isChangedElsewhere = false, clockSkewMs = 0 }: Circumstances,
): string | undefined {
  if (story.overrides.length > 0 || isChangedElsewhere) return undefined;
  for (const { at, priority, ageSeconds } of updates) {
    const most = mostUrgent(story, history, initial, at + TOLERANCE_MS + clockSkewMs);
    if (priority < most.priority) {
      return `was sent priority ${priority} when no policy can have wanted less than ${most.priority}`;
    }
    if (isAgeCertain && ageSeconds > most.ageSeconds) {
      return `was sent age ${ageSeconds} s when no policy can have wanted more than ${most.ageSeconds} s`;
    }
  }
  return undefined;
}

/**
 * Judges when the changes of a contact were made, in a run without faults: each within a bound after it was wanted, and
 * none that was not wanted then.
 *
 * @param updates - in order of time.
 * @param bounds - within which changes must be made.
 */
export function judgeTimes(
  story: Story,
  history: PolicyHistory,
  updates: readonly AppliedUpdate[],
  { initial, isAgeCertain, clockSkewMs = 0 }: Circumstances,
  bounds: Bounds,
): string | undefined {
  // An override and its end change what counts as late.
  if (story.overrides.length > 0) return undefined;
  const { boundMs, configurationMs, until } = bounds;
  const end = Math.min(until, story.leftAt ?? until);
  const urgencyAt = (at: number): Urgency => updates.findLast((update) => update.at <= at) ?? initial;
  const moments = momentsOf(story, history, configurationMs, end);
  const wantedAt = (at: number) => wantedOf(policiesAt(history, at), story, at);
  for (const { at, priority, ageSeconds } of updates) {
    const from = at - boundMs(priority);
    if (isUnsettled(history, from, at, bounds) || isDisturbed(story, from, at)) continue;
    if (isUnsure(story, from, at + TOLERANCE_MS)) continue;
    // What was wanted at the start of the interval, and after each change in it.
    const times = [
      from,
      ...moments.filter((moment) => from < moment && moment <= at + TOLERANCE_MS + clockSkewMs),
    ];
    const wanted = times.map(wantedAt);
    const before = urgencyAt(at - 1);
    if (priority !== before.priority && !wanted.some((one) => one.priority === priority)) {
      return `was sent priority ${priority} when nothing wanted it`;
    }
    if (
      isAgeCertain &&
      ageSeconds !== before.ageSeconds &&
      !wanted.some((one) => one.ageSeconds === ageSeconds)
    ) {
      return `was sent age ${ageSeconds} s when nothing wanted it`;
    }
  }
  return judgeLateness(story, history, updates, { initial, isAgeCertain }, bounds);
}

/**
 * Judges whether the changes of a contact were made within a bound after they were wanted.
 *
 * @param updates - in order of time.
 */
export function judgeLateness(
  story: Story,
  history: PolicyHistory,
  updates: readonly AppliedUpdate[],
  { initial, isAgeCertain }: Circumstances,
  bounds: Bounds,
): string | undefined {
  if (story.overrides.length > 0) return undefined;
  const { boundMs, configurationMs, until } = bounds;
  const from = Math.max(story.enqueuedAt, bounds.from ?? story.enqueuedAt);
  const end = Math.min(until, story.leftAt ?? until);
  // What was wanted before and not made yet is due from then on.
  const moments = [from, ...momentsOf(story, history, configurationMs, end).filter((at) => at > from)];
  for (const at of moments) {
    const wanted = wantedOf(policiesAt(history, at), story, at);
    const bound = boundMs(wanted.priority ?? DEFAULTS.priority);
    const judgedAt = at + bound;
    if (judgedAt >= end || isDisturbed(story, at, judgedAt) || isUnsettled(history, at, judgedAt, bounds))
      continue;
    if (isUnsure(story, at, judgedAt)) continue;
    const still = wantedOf(policiesAt(history, judgedAt), story, judgedAt);
    if (JSON.stringify(wanted) !== JSON.stringify(still)) continue;
    const { priority, ageSeconds } = updates.findLast((update) => update.at <= judgedAt) ?? initial;
    const lateBy = `${bound / 1_000} s after ${nameOf(wanted)} wanted`;
    if (wanted.priority !== undefined && priority > wanted.priority) {
      return `has priority ${priority} ${lateBy} ${wanted.priority}`;
    }
    if (isAgeCertain && wanted.ageSeconds !== undefined && ageSeconds < wanted.ageSeconds) {
      return `has age ${ageSeconds} s ${lateBy} ${wanted.ageSeconds} s`;
    }
  }
  return undefined;
}

/** Whether a change of the policies may not be in force everywhere yet. */
function isUnsettled(history: PolicyHistory, from: number, to: number, { configurationMs }: Bounds): boolean {
  return history.slice(1).some((one) => one.from < to && from < one.from + configurationMs);
}

/** Times in milliseconds. */
export interface Bounds {
  /** Within which a change that is wanted must be made, by its priority. */
  readonly boundMs: (priority: number) => number;
  /** Within which a change of the policies takes effect. */
  readonly configurationMs: number;
  /** What is wanted then, or later, is judged for lateness. Default: since the contact was queued. */
  readonly from?: number;
  /** The end of the run. */
  readonly until: number;
}

/** True while the contact is paused, or was until a moment ago. */
function isDisturbed({ pauses }: Story, from: number, until: number): boolean {
  return pauses.some((pause) => pause.from < until && from < pause.until + 2_000);
}

/** True where nobody can tell whether the queue of the contact has a signal. */
function isUnsure({ queueSignals }: Story, from: number, until: number): boolean {
  return queueSignals.some((one) => !one.isCertain && one.from < until && from < one.until);
}

/** The moments at which what is wanted may change. */
function momentsOf(story: Story, history: PolicyHistory, configurationMs: number, until: number): number[] {
  const ends = (intervals: readonly Interval[]) => intervals.flatMap(({ from, until }) => [from, until]);
  const steps = history.flatMap(({ policies }) =>
    Object.values(policies).flatMap((policy) => [
      ...timeline(policy, story).map(({ at }) => at),
      ...timeline(policy, withoutPauses(story)).map(({ at }) => at),
      ...(policy.during === undefined ? [] : boundaries(policy.during, story.enqueuedAt, until)),
    ]),
  );
  const moments = [
    story.enqueuedAt,
    ...steps,
    ...ends(story.signals),
    ...ends(story.queueSignals),
    ...history.map(({ from }) => from + configurationMs),
    ...story.attributes.map(({ at }) => at),
  ];
  // What was reached before it was queued is wanted as soon as it is.
  const inQueue = moments.filter(Number.isFinite).map((at) => Math.max(at, story.enqueuedAt));
  return [...new Set(inQueue)].sort((a, b) => a - b);
}

/**
 * The most urgent that a contact can have become by `now`, whatever the system knew when: by any step of any policy of
 * the run that might have governed it.
 */
export function mostUrgent(story: Story, history: PolicyHistory, initial: Urgency, now: number): Urgency {
  const views = possibleViews(story, now);
  const policies = history.filter(({ from }) => from <= now).flatMap((one) => Object.entries(one.policies));
  // Not known to be paused: the clock may have run ahead.
  const early = withoutPauses(story);
  let { priority, ageSeconds } = initial;
  priority = Math.min(priority, DEFAULTS.priority);
  ageSeconds = Math.max(ageSeconds, DEFAULTS.ageSeconds);
  for (const [name, policy] of policies) {
    if ((policy.mode ?? 'enforce') !== 'enforce') continue;
    if (!isInRollout(name, policy.rollout ?? 100, story.initialContactId)) continue;
    const isPossible = (pattern: object | undefined) =>
      pattern === undefined || views.some((view) => patternMatches(pattern, view));
    if (!isPossible(policy.match)) continue;
    for (const { at, when, set } of [...timeline(policy, early), ...timeline(policy, story)]) {
      if (at > now || !isPossible(when)) continue;
      const wanted = wantedBySet(set);
      priority = Math.min(priority, wanted.priority ?? priority);
      ageSeconds = Math.max(ageSeconds, wanted.ageSeconds ?? ageSeconds);
    }
    const ages = [targetAge(policy, early) ?? 0, targetAge(policy, story) ?? 0];
    ageSeconds = Math.max(ageSeconds, ...ages);
  }
  return { priority, ageSeconds };
}

function withoutPauses(story: Story): Story {
  return { ...story, pauses: [], earlierPauses: [] };
}

/** What the contact may have looked like to somebody who did not know everything. */
function possibleViews(story: Story, now: number): object[] {
  const ofQueue = story.queueSignals.filter(({ until }) => until > story.enqueuedAt);
  const signals = [...story.signals, ...ofQueue].filter(({ from }) => from <= now).map(({ name }) => name);
  const values = [{}, ...story.attributes.map((one) => one.values)];
  return values.flatMap((attributes) =>
    [0, story.transfers].map((transfers) => ({
      channel: story.channel,
      tags: story.tags,
      signals,
      attributes,
      transfers,
      queue: queueOf(story),
      recentContacts: story.recentContacts,
    })),
  );
}

function wantedBySet(set: { readonly priority?: number; readonly age?: string } | undefined) {
  return { priority: set?.priority, ageSeconds: set?.age === undefined ? undefined : seconds(set.age) };
}

function policiesAt(history: PolicyHistory, now: number): Readonly<Record<string, PolicySource>> {
  return history.findLast(({ from }) => from <= now)?.policies ?? {};
}

function nameOf({ policy }: Wanted): string {
  return policy ?? 'no policy';
}

function withoutUndefined<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Partial<T>;
}
