import type { SimulatedSetResult } from '../../simulation/result.ts';
import { formatCounted, formatShare } from '../format.ts';

/** A sentence for each tier of which nobody served some contacts: they still waited when the run ended. */
export function unservedWarnings({ tiers }: SimulatedSetResult): readonly string[] {
  return tiers.flatMap(({ tier, unserved, contacts }) =>
    unserved === 0
      ? []
      : [
          `Nobody served ${formatCounted(unserved, 'contact')} of ${tier} (${formatShare(unserved / contacts)}): they still ` +
            'waited when the run ended.',
        ],
  );
}
