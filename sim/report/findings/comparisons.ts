import type { SimulationResult } from '../../simulation/result.ts';
import { difference } from '../difference.ts';
import { formatInterval, POINTS, WAIT_CHANGE } from '../format.ts';

/** What distinguishes a set from each earlier one apart from the baseline: a sentence for each pair. */
export function comparisonsOf(set: string, { pairs, runs }: SimulationResult): readonly string[] {
  return pairs
    .filter((pair) => pair.set === set)
    .map(({ against, tiers }) => {
      const differences = tiers.flatMap(({ tier, change }) => [
        ...(isClear(change.serviceLevel, runs)
          ? [
              `service level of ${tier} ${POINTS.value(change.serviceLevel.value)} (${formatInterval(change.serviceLevel, POINTS, runs)})`,
            ]
          : []),
        ...(isClear(change.meanWaitSeconds, runs)
          ? [
              `mean wait of ${tier} ${WAIT_CHANGE.value(change.meanWaitSeconds.value)} (${formatInterval(change.meanWaitSeconds, WAIT_CHANGE, runs)})`,
            ]
          : []),
      ]);
      return differences.length === 0
        ? `Compared with ${against}, these runs show no difference.`
        : `Compared with ${against}: ${differences.join('; ')}.`;
    });
}

function isClear(change: Parameters<typeof difference>[0], runs: number): boolean {
  const found = difference(change, runs);
  return found === 'rose' || found === 'fell';
}
