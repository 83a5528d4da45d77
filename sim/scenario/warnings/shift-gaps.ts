import type { Shift } from '../../centre/index.ts';
import { type AgentGroup, roster, type TimeRange } from '../../workload/index.ts';
import { arrivalsEndAt, type Scenario } from '../scenario.ts';

/** The groups of agents who serve a queue and a channel, at whatever time. */
export function groupsServing({ agents }: Scenario, queue: string, channel: string): AgentGroup[] {
  return agents.filter(
    ({ queues, channels }) =>
      queues.some(({ queueId }) => queueId === queue) && channels.some((one) => one === channel),
  );
}

/**
 * The times from the start of a scenario at which none of the groups is on shift, in milliseconds since the epoch.
 *
 * @param endsAt - default: when arrivals end.
 */
export function shiftGaps(
  groups: readonly AgentGroup[],
  scenario: Scenario,
  endsAt = arrivalsEndAt(scenario),
): TimeRange[] {
  const { dayBeganAt, weekday, startsAt } = scenario;
  const shifts = groups
    .flatMap((group) => roster([{ ...group, count: 1 }], dayBeganAt, weekday))
    .flatMap(({ shifts }) => (shifts ? until(shifts, endsAt) : [{ from: startsAt, to: endsAt }]));
  return complement(shifts, startsAt, endsAt);
}

/** True where the gaps leave no time until arrivals end. */
export function areWhole(gaps: readonly TimeRange[], scenario: Scenario): boolean {
  return gaps.some(({ fromMs, toMs }) => fromMs <= scenario.startsAt && toMs >= arrivalsEndAt(scenario));
}

/** The shifts that begin before a moment: there may be infinitely many. */
function until(shifts: Iterable<Shift>, endsAt: number): Shift[] {
  const before: Shift[] = [];
  for (const shift of shifts) {
    if (shift.from >= endsAt) break;
    before.push(shift);
  }
  return before;
}

function complement(shifts: readonly Shift[], from: number, to: number): TimeRange[] {
  const gaps: TimeRange[] = [];
  let covered = from;
  for (const shift of shifts.toSorted((a, b) => a.from - b.from)) {
    if (shift.from > covered && covered < to) gaps.push({ fromMs: covered, toMs: Math.min(shift.from, to) });
    covered = Math.max(covered, shift.to);
  }
  if (covered < to) gaps.push({ fromMs: covered, toMs: to });
  return gaps;
}
