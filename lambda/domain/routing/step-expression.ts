import { canonicalJson } from '../json.ts';
import type { RoutingCriteriaStep } from './criteria.ts';

/** Longer expressions are not asked for: the state of a queue is read at each reconcile, and must stay small. */
export const MAX_EXPRESSION_LENGTH = 500;

/** The expression of a step as a text that is equal for equal ones; undefined: nobody asks how many agents satisfy it. */
export function expressionOf({ Expression }: RoutingCriteriaStep): string | undefined {
  const text = canonicalJson(Expression);
  return text.length <= MAX_EXPRESSION_LENGTH ? text : undefined;
}
