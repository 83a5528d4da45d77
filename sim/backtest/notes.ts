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
          `${counted(plan.leftOut, 'contact')} in no cell: fewer than ${MIN_CELL_CONTACTS} of their tier came in ${MAX_POOLED / 2} hours.`,
        ]
      : []),
    ...(unmatched.contacts > 0
      ? [
          `${counted(unmatched.contacts, 'contact')} left out, since no stream of the scenario has contacts of their queue, channel and tags: ${placesOf(unmatched.places)}.`,
        ]
      : []),
    ...(withoutEnd > 0
      ? [`${counted(withoutEnd, 'contact')} not judged by: the end of their wait is not in the recording.`]
      : []),
    ...(moved > 0
      ? [
          `${counted(moved, 'contact')} of those that flows move to another queue while they wait: here they stay in the first one.`,
        ]
      : []),
    ...(messages > 0
      ? [`${counted(messages, 'rule message')} left out, such as signals and overrides.`]
      : []),
    ...(scenario.acts ? ['The acts of the scenario are left out.'] : []),
  ];
}

/** `1 contact is`, `2 contacts are`. */
function counted(count: number, noun: string): string {
  return count === 1 ? `1 ${noun} is` : `${count} ${noun}s are`;
}

function placesOf(places: readonly string[]): string {
  const more = places.length - MOST_PLACES;
  return `${places.slice(0, MOST_PLACES).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
