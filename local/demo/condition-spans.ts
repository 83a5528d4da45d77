import type { Condition, QueueLoad } from '../../lambda/domain/condition/condition.ts';
import {
  type HeldConditions,
  namesOfHeld,
  nextConditions,
} from '../../lambda/domain/condition/held-conditions.ts';
import { QUEUE_STATE_PROPAGATION_SECONDS } from '../../lambda/domain/deployment-constants.ts';
import { queueStateKey } from '../../lambda/domain/queue/queue-state.ts';
import type { GroundTruth } from './expected-changes.ts';

/** The load of a queue, as Connect answered GetCurrentMetricData. */
export interface ReadLoad {
  /** Milliseconds since the epoch, like all times here. */
  readonly at: number;
  readonly queueId: string;
  /** Absent: all channels. */
  readonly channel?: string;
  readonly load: QueueLoad;
}

/** A time in which a condition held for the queue. */
export interface ConditionSpan {
  readonly name: string;
  readonly from: number;
  /** Absent: it still held at the end. */
  readonly until?: number;
}

/**
 * When conditions held for a queue, by what Connect answered.
 *
 * @param conditions - those about one channel of the queue, or its agents.
 * @param reads - of the queue, in order of time.
 */
export function conditionSpans(
  conditions: readonly Condition[],
  reads: readonly ReadLoad[],
): ConditionSpan[] {
  const spans: ConditionSpan[] = [];
  let open: readonly ConditionSpan[] = [];
  let held: HeldConditions = {};
  for (const { at, channel, load } of reads) {
    const measured = conditions.map((condition) => ({
      condition,
      load: condition.channel === channel ? load : undefined,
    }));
    // One ends by itself where the load is not read for long: nobody looks at a queue in which nobody waits.
    const lapsed = open.filter(({ name }) => (held[name]?.until ?? 0) <= at);
    spans.push(...lapsed.map((span) => ({ ...span, until: held[span.name]?.until ?? at })));
    open = open.filter((span) => !lapsed.includes(span));
    held = nextConditions(held, measured, at);
    const names = namesOfHeld(held, at);
    spans.push(...open.filter(({ name }) => !names.includes(name)).map((span) => ({ ...span, until: at })));
    open = names.map((name) => open.find((span) => span.name === name) ?? { name, from: at });
  }
  return [...spans, ...open];
}

/** Whether a condition is about a queue of the demo: their names are their ids. */
export function concernsQueue({ queues }: Condition, queueId: string): boolean {
  return queues === undefined || queues.some((queue) => queueStateKey(queue) === queueId);
}

/** Who waits looks at a beginning and at an end after this time, unless something else is due before. */
const LOOK_MS = QUEUE_STATE_PROPAGATION_SECONDS * 1_000;

type TimedSignal = GroundTruth['signals'][number];

/**
 * How long an end may take to be written on a slow machine: until then, what is due is decided by the time before. Short
 * enough that a contact has one change in that time at most.
 */
const END_NOTICED_MS = 15_000;

/**
 * The times at which the signal of each span may have reached a contact, and may have left it: what is due meanwhile is
 * decided either way.
 */
export function possibleSignals(
  spans: readonly ConditionSpan[],
  enqueuedAt: number,
  leftAt: number,
): readonly (readonly TimedSignal[])[] {
  const ofVisit = spans.filter(
    ({ from, until = Number.POSITIVE_INFINITY }) => from < leftAt && until + END_NOTICED_MS > enqueuedAt,
  );
  return ofVisit.reduce<readonly (readonly TimedSignal[])[]>(
    (before, { name, from, until }) => {
      const begins = from + LOOK_MS <= enqueuedAt ? [from] : [from, from + LOOK_MS];
      const ends = until === undefined ? [undefined] : [until, until + LOOK_MS, until + END_NOTICED_MS];
      return begins.flatMap((at) =>
        ends.flatMap((end) =>
          before.map((signals) => [...signals, { name, at, ...(end !== undefined && { until: end }) }]),
        ),
      );
    },
    [[]],
  );
}
