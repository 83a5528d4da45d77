import type { Estimate, SetResult, SimulationResult } from '../../simulation/result.ts';
import { difference } from '../difference.ts';
import { POINTS, range, WAIT_CHANGE, wait, waitChange } from '../words.ts';
import type { Answer } from './answer.ts';
import { mostUrgentTier } from './most-urgent.ts';

const LABEL = 'Largest change of another mean wait';

/** What a set costs the tiers that are not the most urgent: the one whose mean wait grows most. */
export function othersAnswer({ tiers }: SetResult, result: SimulationResult): Answer {
  const { runs } = result;
  const urgent = mostUrgentTier(result);
  const changes = tiers
    .flatMap(({ tier, contacts, change }) =>
      tier !== urgent && contacts > 0 && change ? [{ tier, change: change.meanWaitSeconds }] : [],
    )
    .sort((a, b) => b.change.value - a.change.value);
  const paying = changes.filter(({ change }) => difference(change, runs) === 'rose');
  const [worst] = paying.length > 0 ? paying : changes;
  if (!worst) {
    return {
      sentence: 'No other tier had contacts.',
      figure: { label: LABEL, value: 'no others', detail: '', says: 'nobody pays', tone: 'unclear' },
    };
  }
  const figure = {
    label: LABEL,
    value: `${worst.tier} ${waitChange(worst.change.value)}`,
    detail: range(worst.change, WAIT_CHANGE, runs),
  };
  if (paying.length > 0) {
    const sentence =
      paying.length === 1
        ? `Of the others, ${worst.tier} waits ${wait(worst.change.value)} longer on average.`
        : `Of the others, ${paying.length} tiers wait longer, ${worst.tier} most: ${wait(worst.change.value)} on average.`;
    return {
      sentence,
      figure: { ...figure, says: 'the cost', tone: 'bad' },
    };
  }
  return withoutProof(worst, changes, runs, figure);
}

/** Where no tier is shown to pay. */
function withoutProof(
  worst: { readonly tier: string; readonly change: Estimate },
  changes: readonly { readonly change: Estimate }[],
  runs: number,
  figure: { readonly label: string; readonly value: string; readonly detail: string },
): Answer {
  if (runs < 2) {
    return {
      sentence:
        worst.change.value > 0
          ? `Of the others, ${worst.tier} waits ${wait(worst.change.value)} longer on average, in one run.`
          : 'No other tier waits longer, in one run.',
      figure: { ...figure, says: 'may be luck', tone: 'unclear' },
    };
  }
  if (changes.every(({ change }) => change.high <= 0)) {
    return {
      sentence: 'No other tier waits longer.',
      figure: { ...figure, says: 'nobody pays', tone: 'good' },
    };
  }
  return {
    sentence: 'That another tier waits longer, these runs cannot show.',
    figure: { ...figure, says: 'no clear difference', tone: 'unclear' },
  };
}

/** A sentence for each tier, the most urgent included, of which more hang up. */
export function moreHangUp({ tiers }: SetResult, runs: number): readonly string[] {
  return tiers.flatMap(({ tier, change }) =>
    change && difference(change.abandoned, runs) === 'rose'
      ? [
          `More of ${tier} hang up: ${POINTS.value(change.abandoned.value)} (${range(change.abandoned, POINTS, runs)}).`,
        ]
      : [],
  );
}
