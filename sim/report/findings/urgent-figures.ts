import type { Estimate, SimulatedSetResult, SimulationResult } from '../../simulation/result.ts';
import { type Difference, difference } from '../difference.ts';
import {
  type FigureFormat,
  formatInterval,
  formatShare,
  formatWait,
  POINTS,
  WAIT_CHANGE,
} from '../format.ts';
import type { KeyFigure, Tone } from './finding.ts';
import { mostUrgentTier } from './most-urgent.ts';

/** For figures of which less is better. */
const TONES: Readonly<Record<Difference, readonly [Tone, assessment: string]>> = {
  rose: ['bad', 'worse'],
  fell: ['good', 'better'],
  unclear: ['unclear', 'no clear difference'],
  none: ['unclear', 'no difference'],
  'one-run': ['unclear', 'may be chance'],
};

/** The abandonment rate and the p90 wait of the most urgent tier; none where it had no contacts. */
export function urgentFigures(set: SimulatedSetResult, result: SimulationResult): readonly KeyFigure[] {
  const name = mostUrgentTier(result);
  const of = (one: SimulatedSetResult | undefined) => one?.tiers.find(({ tier }) => tier === name);
  const after = of(set);
  const before = of(result.sets.find((one) => one.name === result.baseline));
  if (!after?.change || !before || after.contacts === 0) return [];
  const { abandoned, p90WaitSeconds } = after.change;
  const figure = (label: string, value: string, change: Estimate, format: FigureFormat): KeyFigure => {
    const [tone, assessment] = TONES[difference(change, result.runs)];
    const detail = `${format.value(change.value)} (${formatInterval(change, format, result.runs)})`;
    return { label, value, detail, assessment, tone };
  };
  return [
    figure(
      `Abandonment rate of ${name}`,
      `${formatShare(before.abandoned.value)} → ${formatShare(after.abandoned.value)}`,
      abandoned,
      POINTS,
    ),
    figure(
      `p90 wait of ${name}`,
      `${formatWait(before.p90WaitSeconds)} → ${formatWait(after.p90WaitSeconds)}`,
      p90WaitSeconds,
      WAIT_CHANGE,
    ),
  ];
}
