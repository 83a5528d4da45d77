import type { Estimate } from '../../simulation/result.ts';
import { difference } from '../difference.ts';
import type { KeyFigure } from './finding.ts';

const UNSHOWN = {
  unclear: 'no clear difference',
  none: 'no difference',
  'one-run': 'may be chance',
} as const;

/** What a change means for customers. @param better - the direction in which the figure is better. */
export function assessChange(
  change: Estimate,
  runs: number,
  better: 'rose' | 'fell',
): Pick<KeyFigure, 'tone' | 'assessment'> {
  const found = difference(change, runs);
  if (found !== 'rose' && found !== 'fell') return { tone: 'unclear', assessment: UNSHOWN[found] };
  return found === better ? { tone: 'good', assessment: 'better' } : { tone: 'bad', assessment: 'worse' };
}
