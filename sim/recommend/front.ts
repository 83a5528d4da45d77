import { favoursTier } from '../goals/index.ts';
import type { GoalResult } from '../simulation/result.ts';
import type { Assessment } from './assess.ts';
import type { TierCost } from './cost.ts';

/** A candidate between what the favoured tier gets and what the worst other tier pays. */
export interface FrontPoint {
  readonly assessment: Assessment;
  /** The figure of the first goal that favours a tier. */
  readonly goal: GoalResult;
  /** The tier that pays most. */
  readonly worst: TierCost;
}

/** What one more percentage point for the favoured tier costs. */
export interface Exchange {
  readonly tier: string;
  readonly payer: string;
  /** The further mean wait of the payer, in seconds. */
  readonly seconds: number;
}

/** The place of an assessment; undefined where no other tier pays or no goal names a figure. */
export function frontPoint(assessment: Assessment): FrontPoint | undefined {
  const { goals, tierCosts } = assessment;
  const goal = goals.find(favoursTier) ?? goals.find(({ isChange }) => !isChange);
  const [worst] = [...tierCosts].sort((a, b) => b.seconds - a.seconds);
  return goal && worst ? { assessment, goal, worst } : undefined;
}

/** The points that no other point beats in both, from the least service on. */
export function frontOf(points: readonly FrontPoint[]): FrontPoint[] {
  const bestFirst = [...points].sort((a, b) => benefit(b) - benefit(a) || a.worst.seconds - b.worst.seconds);
  let cheapest = Number.POSITIVE_INFINITY;
  const front = bestFirst.filter(({ worst }) => {
    if (worst.seconds >= cheapest) return false;
    cheapest = worst.seconds;
    return true;
  });
  return front.reverse();
}

/** The next point of the front with more service than a point, and the last one with less. */
export function around(
  point: FrontPoint,
  front: readonly FrontPoint[],
): { more?: FrontPoint; less?: FrontPoint } {
  const others = front.filter(({ assessment }) => assessment.candidate.id !== point.assessment.candidate.id);
  const more = others.find((other) => benefit(other) > benefit(point));
  const less = others.findLast((other) => benefit(other) < benefit(point));
  return { ...(more && { more }), ...(less && { less }) };
}

/** What one more point costs from a point on; undefined where the goal is no share, or it costs nothing. */
export function exchangeAt(point: FrontPoint, front: readonly FrontPoint[]): Exchange | undefined {
  const { more, less } = around(point, front);
  const [low, high] = more ? [point, more] : [less, point];
  if (!low || point.goal.figure !== 'answered') return undefined;
  const payer = high.worst.tier;
  const before = low.assessment.tierCosts.find(({ tier }) => tier === payer);
  const points = (high.goal.found.value - low.goal.found.value) * 100;
  if (!before || points <= 0) return undefined;
  const seconds = (high.worst.extraWaitSeconds.value - before.extraWaitSeconds.value) / points;
  // Where more costs the payer nothing, there is no price.
  return seconds > 0 ? { tier: point.goal.tier, payer, seconds } : undefined;
}

function benefit({ goal }: FrontPoint): number {
  return goal.figure === 'answered' ? goal.found.value : -goal.found.value;
}
