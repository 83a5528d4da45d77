import type { Estimate, SimulatedSetResult, SimulationResult } from '../../simulation/result.ts';
import { difference } from '../difference.ts';
import {
  formatChange,
  formatInterval,
  formatWait,
  formatWaitChange,
  POINTS,
  WAIT_CHANGE,
} from '../format.ts';
import type { Finding } from './finding.ts';
import { mostUrgentTier } from './most-urgent.ts';

const LABEL = 'Largest change of another tier’s mean wait';

/** The effect on the other tiers: the one whose mean wait rises most. */
export function otherTiersFinding({ tiers }: SimulatedSetResult, result: SimulationResult): Finding {
  const { runs } = result;
  const urgent = mostUrgentTier(result);
  const changes = tiers
    .flatMap(({ tier, contacts, change }) =>
      tier !== urgent && contacts > 0 && change ? [{ tier, change: change.meanWaitSeconds }] : [],
    )
    .sort((a, b) => b.change.value - a.change.value);
  const rising = changes.filter(({ change }) => difference(change, runs) === 'rose');
  const [worst] = rising.length > 0 ? rising : changes;
  if (!worst) {
    return {
      sentence: 'No other tier had contacts.',
      figure: { label: LABEL, value: 'no others', detail: '', assessment: 'no cost', tone: 'unclear' },
    };
  }
  const figure = {
    label: LABEL,
    value: `${worst.tier} ${formatWaitChange(worst.change.value)}`,
    detail: formatInterval(worst.change, WAIT_CHANGE, runs),
  };
  if (rising.length > 0) {
    const sentence =
      rising.length === 1
        ? `The mean wait of ${worst.tier} rises by ${formatWait(worst.change.value)}.`
        : `The mean waits of ${rising.length} other tiers rise, most that of ${worst.tier}: by ${formatWait(worst.change.value)}.`;
    return {
      sentence,
      figure: { ...figure, assessment: 'longer wait', tone: 'bad' },
    };
  }
  return findingWithoutRise(worst, changes, runs, figure);
}

/** When no other tier is shown to wait longer. */
function findingWithoutRise(
  worst: { readonly tier: string; readonly change: Estimate },
  changes: readonly { readonly change: Estimate }[],
  runs: number,
  figure: { readonly label: string; readonly value: string; readonly detail: string },
): Finding {
  if (runs < 2) {
    return {
      sentence:
        worst.change.value > 0
          ? `In one run, the mean wait of ${worst.tier} rises by ${formatWait(worst.change.value)}.`
          : 'In one run, no other tier waits longer.',
      figure: { ...figure, assessment: 'may be chance', tone: 'unclear' },
    };
  }
  if (changes.every(({ change }) => change.high <= 0)) {
    return {
      sentence: 'No other tier waits longer.',
      figure: { ...figure, assessment: 'no cost', tone: 'good' },
    };
  }
  return {
    sentence: 'These runs do not show that another tier waits longer.',
    figure: { ...figure, assessment: 'no clear difference', tone: 'unclear' },
  };
}

/** A sentence for each tier apart from the most urgent one that waits less, or abandons less. */
export function gainsOfOthers({ tiers }: SimulatedSetResult, result: SimulationResult): readonly string[] {
  const { runs } = result;
  const urgent = mostUrgentTier(result);
  return tiers.flatMap(({ tier, contacts, change }) => {
    if (tier === urgent || contacts === 0 || !change) return [];
    const { meanWaitSeconds: wait, abandoned } = change;
    return [
      ...(difference(wait, runs) === 'fell'
        ? [`The mean wait of ${tier} falls by ${formatWait(-wait.value)}.`]
        : []),
      ...(difference(abandoned, runs) === 'fell'
        ? [`The abandonment rate of ${tier} falls: ${formatChange(abandoned, POINTS, runs)}.`]
        : []),
    ];
  });
}

/** A sentence for each tier whose abandonment rate rises, including the most urgent one. */
export function abandonmentWarnings({ tiers }: SimulatedSetResult, runs: number): readonly string[] {
  return tiers.flatMap(({ tier, change }) =>
    change && difference(change.abandoned, runs) === 'rose'
      ? [`The abandonment rate of ${tier} rises: ${formatChange(change.abandoned, POINTS, runs)}.`]
      : [],
  );
}
