import { isShare } from '../goals/index.ts';
import type { GoalResult } from '../simulation/result.ts';
import type { KeyFigure } from './findings/finding.ts';
import { type FigureFormat, formatInterval, POINTS, SHARE, WAIT, WAIT_CHANGE } from './format.ts';

const VERDICTS = {
  met: { tone: 'good', assessment: 'met' },
  missed: { tone: 'bad', assessment: 'missed' },
  unclear: { tone: 'unclear', assessment: 'unclear: the interval includes the limit; more runs narrow it' },
} as const;

/** How a set does by a goal, with a tick or a cross. */
export function goalFigure(result: GoalResult, runs: number): KeyFigure {
  const { tier, goal, found, contacts, verdict } = result;
  const label = `${tier}: ${goal}`;
  if (contacts === 0) {
    return { label, value: '–', detail: 'no contacts', assessment: 'cannot be judged', tone: 'unclear' };
  }
  const format = goalFormat(result);
  return {
    label,
    value: format.value(found.value),
    detail: formatInterval(found, format, runs),
    ...VERDICTS[verdict],
  };
}

/** The unit of the figure of a goal. */
export function goalFormat(goal: Pick<GoalResult, 'figure' | 'isChange'>): FigureFormat {
  if (isShare(goal)) return goal.isChange ? POINTS : SHARE;
  return goal.isChange ? WAIT_CHANGE : WAIT;
}
