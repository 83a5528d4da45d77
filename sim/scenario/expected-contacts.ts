import { expectedArrivals } from '../workload/rate-curve.ts';
import type { Scenario } from './scenario.ts';

/** The number of contacts that arrive in a run on average, without transfers and those who call again. */
export function expectedContacts({ streams, startsAt, hours, dayBeganAt }: Scenario): number {
  const endsAt = startsAt + hours * 3_600_000;
  return streams.reduce(
    (sum, { arrivals }) =>
      sum +
      ('points' in arrivals
        ? expectedArrivals(arrivals, dayBeganAt, startsAt, endsAt)
        : [...arrivals].filter(({ at }) => at >= startsAt && at < endsAt).length),
    0,
  );
}
