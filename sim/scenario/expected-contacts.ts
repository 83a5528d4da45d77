import { expectedArrivals } from '../workload/index.ts';
import { arrivalsEndAt, type Scenario, type ScenarioStream } from './scenario.ts';

/** The number of contacts that arrive in a run on average, without transfers and those who call again. */
export function expectedContacts(scenario: Scenario): number {
  const { streams, dayBeganAt, startsAt } = scenario;
  return contactsBetween(streams, dayBeganAt, startsAt, arrivalsEndAt(scenario));
}

/**
 * The same between two moments.
 *
 * @param from - milliseconds since the epoch, included.
 * @param to - milliseconds since the epoch, not included.
 */
export function contactsBetween(
  streams: readonly ScenarioStream[],
  dayBeganAt: number,
  from: number,
  to: number,
): number {
  return streams.reduce(
    (sum, { arrivals }) =>
      sum +
      ('points' in arrivals
        ? expectedArrivals(arrivals, dayBeganAt, from, to)
        : [...arrivals].filter(({ at }) => at >= from && at < to).length),
    0,
  );
}
