import type { Estimate, SimulatedSetResult, SimulationResult } from '../../simulation/result.ts';
import { difference } from '../difference.ts';
import { formatInterval, formatWait, formatWaitChange, POINTS, WAIT_CHANGE } from '../format.ts';
import type { Finding } from './finding.ts';
import { mostUrgentTier } from './most-urgent.ts';

const LABEL = 'Largest change of another mean wait';

/** What a set costs the tiers that are not the most urgent: the one whose mean wait grows most. */
export function otherTiersFinding({ tiers }: SimulatedSetResult, result: SimulationResult): Finding {
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
      figure: { label: LABEL, value: 'no others', detail: '', assessment: 'nobody pays', tone: 'unclear' },
    };
  }
  const figure = {
    label: LABEL,
    value: `${worst.tier} ${formatWaitChange(worst.change.value)}`,
    detail: formatInterval(worst.change, WAIT_CHANGE, runs),
  };
  if (paying.length > 0) {
    const sentence =
      paying.length === 1
        ? `Of the others, ${worst.tier} waits ${formatWait(worst.change.value)} longer on average.`
        : `Of the others, ${paying.length} tiers wait longer, ${worst.tier} most: ${formatWait(worst.change.value)} on average.`;
    return {
      sentence,
      figure: { ...figure, assessment: 'the cost', tone: 'bad' },
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
): Finding {
  if (runs < 2) {
    return {
      sentence:
        worst.change.value > 0
          ? `Of the others, ${worst.tier} waits ${formatWait(worst.change.value)} longer on average, in one run.`
          : 'No other tier waits longer, in one run.',
      figure: { ...figure, assessment: 'may be luck', tone: 'unclear' },
    };
  }
  if (changes.every(({ change }) => change.high <= 0)) {
    return {
      sentence: 'No other tier waits longer.',
      figure: { ...figure, assessment: 'nobody pays', tone: 'good' },
    };
  }
  return {
    sentence: 'That another tier waits longer, these runs cannot show.',
    figure: { ...figure, assessment: 'no clear difference', tone: 'unclear' },
  };
}

/** A sentence for each tier, the most urgent included, of which more hang up. */
export function abandonmentWarnings({ tiers }: SimulatedSetResult, runs: number): readonly string[] {
  return tiers.flatMap(({ tier, change }) =>
    change && difference(change.abandoned, runs) === 'rose'
      ? [
          `More of ${tier} hang up: ${POINTS.value(change.abandoned.value)} (${formatInterval(change.abandoned, POINTS, runs)}).`,
        ]
      : [],
  );
}
