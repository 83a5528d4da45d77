import type { Scenario } from '../scenario/index.ts';
import type { BackTestOutcome } from './back-test.ts';
import type { BackTestPlan } from './back-test-plan.ts';
import { MAX_POOLED, MIN_CELL_CONTACTS } from './cells.ts';
import type { HeldOut } from './held-out.ts';
import { MAX_BIAS, MIN_COVERAGE, shareOf } from './judge.ts';

/** No more places are named. */
const MOST_PLACES = 5;

/** What a reader should know of a back-test beside its verdict, one sentence each. */
export function notesOf(
  scenario: Scenario,
  { verdict, judgement, agents }: BackTestOutcome,
  plan: BackTestPlan,
  { unmatched, withoutEnd, moved }: HeldOut,
  messages: number,
): string[] {
  return [
    ...(agents === 1
      ? []
      : [
          `The figures are those with ${Math.round(agents * 100)} % of the agents of the scenario: with so many the mean wait is as recorded.`,
        ]),
    ...judgement.tiers.flatMap(({ tier, coverage, bias }) =>
      verdict === 'trusted' && coverage.of > 0 && (shareOf(coverage) < MIN_COVERAGE || bias > MAX_BIAS)
        ? [
            `Of ${tier} alone, ${coverage.within} of ${coverage.of} figures lie within their bands, and the bias is ${Math.round(bias * 100)} %.`,
          ]
        : [],
    ),
    ...(plan.leftOut > 0
      ? [
          `${contacts(plan.leftOut)} in no cell: fewer than ${MIN_CELL_CONTACTS} of their tier came in ${MAX_POOLED / 2} hours.`,
        ]
      : []),
    ...(unmatched.contacts > 0
      ? [
          `${contacts(unmatched.contacts)} left out, since no stream of the scenario has contacts of their queue, channel and tags: ${placesOf(unmatched.places)}.`,
        ]
      : []),
    ...(withoutEnd > 0
      ? [`${contacts(withoutEnd)} not judged by: the end of their wait is not in the recording.`]
      : []),
    ...(moved > 0
      ? [`Flows moved ${moved} contacts to another queue while they waited; here they stay in the first one.`]
      : []),
    ...(messages > 0
      ? [`${messages} rule messages of the recording are left out: signals, overrides and releases.`]
      : []),
    ...(scenario.acts ? ['The acts of the scenario are left out.'] : []),
  ];
}

function contacts(count: number): string {
  return count === 1 ? '1 contact is' : `${count} contacts are`;
}

function placesOf(places: readonly string[]): string {
  const more = places.length - MOST_PLACES;
  return `${places.slice(0, MOST_PLACES).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
