import type { Estimate, SimulationResult } from '../../simulation/result.ts';
import { difference } from '../difference.ts';
import { type FigureFormat, formatChange, POINTS, WAIT_CHANGE } from '../format.ts';

/** What distinguishes a set from each earlier one apart from the baseline: a sentence for each pair. */
export function comparisonsOf(set: string, { pairs, runs }: SimulationResult): readonly string[] {
  const clear = (figure: string, change: Estimate, format: FigureFormat) =>
    ['rose', 'fell'].includes(difference(change, runs))
      ? [`${figure} ${formatChange(change, format, runs)}`]
      : [];
  return pairs
    .filter((pair) => pair.set === set)
    .map(({ against, tiers }) => {
      const differences = tiers.flatMap(({ tier, change }) => [
        ...clear(`service level of ${tier}`, change.serviceLevel, POINTS),
        ...clear(`mean wait of ${tier}`, change.meanWaitSeconds, WAIT_CHANGE),
      ]);
      return differences.length === 0
        ? `Compared with ${against}, these runs show no difference.`
        : `Compared with ${against}: ${differences.join('; ')}.`;
    });
}
