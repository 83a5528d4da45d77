import { formatSpan } from '../../lambda/domain/duration.ts';
import { meanMsOf } from '../workload/index.ts';
import type { HeldOut } from './held-out.ts';

/** Fewer contacts do not show that handling takes another time. */
const LEAST_HANDLED = 30;

/** Handling times that differ by less are alike. */
const ALIKE = 0.15;

/** A larger share of contacts without a stream makes the centre less busy than it was. */
const MOST_UNMATCHED = 0.05;

/** A sentence for each stream whose handling took another time than the scenario has. */
export function handlingCauses({ streams }: HeldOut): string[] {
  return streams.flatMap(({ stream, handling: { count, meanSeconds } }) => {
    const expected = meanMsOf(stream.handling) / 1_000;
    if (count < LEAST_HANDLED || Math.abs(meanSeconds / expected - 1) <= ALIKE) return [];
    return [
      `Handling of ${stream.name} took ${formatSpan(meanSeconds)} on average; the scenario has ${formatSpan(expected)}.`,
    ];
  });
}

/** A sentence about contacts that the scenario does not have, where they are many. */
export function unmatchedCause({ judged, unmatched }: HeldOut): string[] {
  const share = unmatched.contacts / (judged + unmatched.contacts);
  if (share <= MOST_UNMATCHED) return [];
  return [
    `${Math.round(share * 100)} % of the contacts are not in the scenario, so that it is less busy than the centre was.`,
  ];
}
