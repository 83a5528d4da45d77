import type { Estimate, SimulatedSetResult, SimulationResult } from '../../simulation/result.ts';
import { type FigureFormat, formatChange, formatShare, formatWait, POINTS, WAIT_CHANGE } from '../format.ts';
import { assessChange } from './assess-change.ts';
import type { KeyFigure } from './finding.ts';
import { mostUrgentChange } from './most-urgent.ts';

/** The abandonment rate and the p90 wait of the most urgent tier; none where it had no contacts. */
export function urgentFigures(set: SimulatedSetResult, result: SimulationResult): readonly KeyFigure[] {
  const urgent = mostUrgentChange(set, result);
  if (!urgent) return [];
  const { before, after, change } = urgent;
  const figure = (label: string, value: string, changed: Estimate, format: FigureFormat): KeyFigure => ({
    label: `${label} of ${after.tier}`,
    value,
    detail: formatChange(changed, format, result.runs),
    ...assessChange(changed, result.runs, 'fell'),
  });
  return [
    figure(
      'Abandonment rate',
      `${formatShare(before.abandoned.value)} → ${formatShare(after.abandoned.value)}`,
      change.abandoned,
      POINTS,
    ),
    figure(
      'p90 wait',
      `${formatWait(before.p90WaitSeconds)} → ${formatWait(after.p90WaitSeconds)}`,
      change.p90WaitSeconds,
      WAIT_CHANGE,
    ),
  ];
}
