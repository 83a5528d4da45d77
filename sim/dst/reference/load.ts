import { patternMatches } from './pattern.ts';
import { type Interval, type Story, seconds } from './story.ts';

/*
 * When conditions on the load of queues hold. The load follows from who really waited where and when. The system looks
 * at it now and then, and sees who comes and goes a moment later, so that of some stretches of time nobody can tell.
 */

/** A condition as its author writes it, as far as the runs use it. */
export interface ConditionSource {
  /** Names of queues, with which their ids begin. Default: all. */
  readonly queues?: readonly string[];
  /** Default: all together. */
  readonly channel?: string;
  readonly when: object;
  /** Default: as soon as `when` does not hold. */
  readonly until?: object;
}

export type ConditionSources = Readonly<Record<string, ConditionSource>>;

/** A signal that a queue has while a condition holds. */
export interface QueueSignal extends Interval {
  readonly name: string;
  /** False: it may have it. */
  readonly isCertain: boolean;
}

/** How the system looks at the load. Times are milliseconds. */
export interface Observation {
  /** Who comes or goes is seen after this time at the latest. */
  readonly lagMs: number;
  /** A load that stays is known, and acted on, after this time. */
  readonly settledMs: number;
  /** Of the time before, nobody can tell. */
  readonly from: number;
  /** When the run began. */
  readonly startedAt: number;
  /** When the run ended. */
  readonly endsAt: number;
  /** Of the time for which a change of the configuration is not in force everywhere nobody can tell. */
  readonly changes: readonly Interval[];
  /** How many agents of a queue are logged in at a moment. */
  readonly staffedAt: (at: number) => number;
  /** The moments at which that number changes. */
  readonly shiftEnds: readonly number[];
  /** Whether the system knows of the contact from its first event to its last. */
  readonly isKnown: (story: Story) => boolean;
}

type Verdict = 'begins' | 'ends' | 'stays' | 'may begin' | 'may end' | 'unknown';

const CLOCKS_MS = 2_000;

/** The signals that a queue has by its conditions, and those that it may have. */
export function queueSignals(
  queueId: string,
  conditions: ConditionSources,
  stories: readonly Story[],
  observation: Observation,
): QueueSignal[] {
  return Object.entries(conditions).flatMap(([name, condition]) => {
    if (condition.queues && !condition.queues.some((queue) => queueId.startsWith(`${queue}-`))) return [];
    const { channel } = condition;
    const waiting = stories.filter(
      (story) => story.queueId === queueId && (channel === undefined || story.channel === channel),
    );
    return intervalsOf(condition, waiting, observation).map((one) => ({ name, ...one }));
  });
}

function intervalsOf(
  condition: ConditionSource,
  stories: readonly Story[],
  observation: Observation,
): Omit<QueueSignal, 'name'>[] {
  const { settledMs, startedAt, endsAt } = observation;
  const moments = momentsOf(condition, stories, observation);
  const found: Omit<QueueSignal, 'name'>[] = [];
  let state: 'holds' | 'holds not' | 'unknown' = 'holds not';
  let since = startedAt;
  let last: Verdict = 'ends';
  moments.forEach((from, index) => {
    const until = moments[index + 1] ?? endsAt;
    const verdict = verdictAt(from, condition, stories, observation);
    if (verdict !== last) since = from;
    last = verdict;
    const settledAt = since + settledMs;
    const wanted = verdict === 'begins' || verdict === 'may begin' ? 'holds' : 'holds not';
    if (verdict !== 'stays' && (verdict === 'unknown' || state !== wanted)) state = 'unknown';
    const add = (start: number, end: number) => {
      if (state === 'holds not' || start >= end) return;
      const isCertain = state === 'holds';
      const before = found.at(-1);
      if (before?.until === start && before.isCertain === isCertain) found.pop();
      const joined = before?.until === start && before.isCertain === isCertain ? before.from : start;
      found.push({ from: joined, until: end, isCertain });
    };
    const isSettled = verdict === 'begins' || verdict === 'ends';
    const settles = isSettled ? Math.min(until, Math.max(from, settledAt)) : until;
    add(from, settles);
    if (isSettled && settles < until) state = wanted;
    add(settles, until);
  });
  return found;
}

/** What a look at the load at that moment says, and would say until the next one of the moments. */
function verdictAt(
  at: number,
  { when, until }: ConditionSource,
  stories: readonly Story[],
  { from, changes, lagMs, isKnown, staffedAt }: Observation,
): Verdict {
  if (at < from || changes.some((change) => change.from <= at && at < change.until)) return 'unknown';
  const hasLeft = ({ leftAt }: Story, by: number) => leftAt !== undefined && leftAt <= by;
  const certain = stories.filter(
    (story) => isKnown(story) && story.enqueuedAt + lagMs <= at && !hasLeft(story, at),
  );
  const possible = stories.filter(
    (story) => story.enqueuedAt <= at + CLOCKS_MS && !(isKnown(story) && hasLeft(story, at - lagMs)),
  );
  const loads = [loadOf(certain, at - lagMs, staffedAt), loadOf(possible, at + CLOCKS_MS, staffedAt)];
  const verdicts = loads.map((load): Verdict => {
    if (until ? patternMatches(until, load) : !patternMatches(when, load)) return 'ends';
    return patternMatches(when, load) ? 'begins' : 'stays';
  });
  const [verdict = 'unknown', ...others] = [...new Set(verdicts)];
  if (others.length === 0) return verdict;
  if (!verdicts.includes('stays')) return 'unknown';
  return verdicts.includes('begins') ? 'may begin' : 'may end';
}

function loadOf(stories: readonly Story[], at: number, staffedAt: Observation['staffedAt']): object {
  const waits = stories.map(({ enqueuedAt }) => Math.floor((at - enqueuedAt) / 1_000));
  const staffed = staffedAt(at);
  return {
    waiting: stories.length,
    oldestSeconds: Math.max(0, ...waits),
    agentsStaffed: staffed,
    agentsAvailable: staffed,
  };
}

/** The moments at which the verdict may change. */
function momentsOf(
  condition: ConditionSource,
  stories: readonly Story[],
  { from, startedAt, endsAt, changes, lagMs, shiftEnds }: Observation,
): number[] {
  const numbers = JSON.stringify([condition.when, condition.until]).match(/\d+/g) ?? [];
  const shown = numbers.flatMap((text) => [seconds(`${text}s`), seconds(`${text}s`) + 1]);
  const moments = [
    startedAt,
    from,
    ...changes.flatMap((change) => [change.from, change.until]),
    ...shiftEnds.flatMap((at) => [at - CLOCKS_MS, at, at + lagMs]),
    ...stories.flatMap(({ enqueuedAt, leftAt = enqueuedAt }) =>
      [enqueuedAt, leftAt, ...shown.map((waited) => enqueuedAt + waited * 1_000)].flatMap((at) => [
        at - CLOCKS_MS,
        at,
        at + lagMs,
      ]),
    ),
  ];
  return [...new Set(moments)]
    .filter((at) => at === startedAt || (from <= at && at < endsAt))
    .sort((a, b) => a - b);
}
