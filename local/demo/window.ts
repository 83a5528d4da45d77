import { UsageError } from '../../cli/errors.ts';
import { formatTimeOfDay, type Scenario } from '../../sim/scenario/index.ts';
import { timeOfDayAt } from './time-of-day.ts';
import { type TimeWindow, type Visit, waitWithin } from './visits.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** When the contacts of a scenario end to arrive, in milliseconds since the epoch. */
export function endOf({ startsAt, hours }: Scenario): number {
  return startsAt + hours * HOUR_MS;
}

/**
 * The part of a scenario that begins at a time of day: of the first day that has it. It ends after some minutes, or with
 * the scenario.
 *
 * @param fromMs - milliseconds after midnight, by the clock of the scenario.
 * @throws UsageError when the scenario does not run at that time.
 */
export function windowFrom(scenario: Scenario, fromMs: number, minutes: number): TimeWindow {
  const { startsAt, dayBeganAt } = scenario;
  const ofFirstDay = dayBeganAt + fromMs;
  const from = ofFirstDay < startsAt ? ofFirstDay + DAY_MS : ofFirstDay;
  const end = endOf(scenario);
  if (from >= end) {
    const [first, last] = [startsAt, end].map((at) => formatTimeOfDay(timeOfDayAt(at, scenario)));
    throw new UsageError(
      `--from ${formatTimeOfDay(fromMs)} is not within the scenario, whose contacts arrive from ${first} to ${last}.`,
    );
  }
  return { startsAt: from, endsAt: Math.min(end, from + minutes * MINUTE_MS) };
}

/**
 * The busiest part of the first day of a scenario: that in which contacts wait longest, all together. It begins at a whole
 * minute after the start. Of several, the first.
 *
 * @param visits - who waits without policies, at least on that day.
 */
export function busiestWindow(scenario: Scenario, visits: Iterable<Visit>, minutes: number): TimeWindow {
  const { startsAt } = scenario;
  const minutesOfDay = Math.ceil(Math.min(DAY_MS, scenario.hours * HOUR_MS) / MINUTE_MS);
  const waitedMs = waitedByMinute(startsAt, minutesOfDay, visits);
  const last = Math.max(0, minutesOfDay - minutes);
  let best = { first: 0, waited: -1 };
  for (let first = 0; first <= last; first += 1) {
    const waited = waitedMs.slice(first, first + minutes).reduce((sum, one) => sum + one, 0);
    if (waited > best.waited) best = { first, waited };
  }
  const from = startsAt + best.first * MINUTE_MS;
  return { startsAt: from, endsAt: Math.min(endOf(scenario), from + minutes * MINUTE_MS) };
}

/** For how long contacts wait in each minute, all together, in milliseconds. */
function waitedByMinute(startsAt: number, minutes: number, visits: Iterable<Visit>): number[] {
  const waitedMs = Array.from({ length: minutes }, () => 0);
  for (const visit of visits) {
    const wait = waitWithin(visit, { startsAt, endsAt: startsAt + minutes * MINUTE_MS });
    if (!wait) continue;
    const first = Math.floor((wait.enqueuedAt - startsAt) / MINUTE_MS);
    for (let minute = first; startsAt + minute * MINUTE_MS < wait.leftAt; minute += 1) {
      const [from, to] = [startsAt + minute * MINUTE_MS, startsAt + (minute + 1) * MINUTE_MS];
      const waited = Math.min(to, wait.leftAt) - Math.max(from, wait.enqueuedAt);
      waitedMs[minute] = (waitedMs[minute] ?? 0) + waited;
    }
  }
  return waitedMs;
}
