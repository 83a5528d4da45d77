import { defined, isObject } from '../../json.ts';

/** A text in a pattern. */
export interface PatternText {
  readonly text: string;
  /** The operator that holds the text; undefined for an exact value. */
  readonly operator?: string;
  /** True for an operator inside anything-but, such as `{ anything-but: { prefix: go } }`. */
  readonly isExcluded?: boolean;
}

/** The texts of an entry of a list of values: itself, or the operands of an operator. */
export function textsOf(value: unknown, operator?: string): PatternText[] {
  if (typeof value === 'string') return [defined({ text: value, operator })];
  if (Array.isArray(value))
    return operator === 'numeric' ? [] : value.flatMap((one) => textsOf(one, operator));
  if (!isObject(value)) return [];
  const ofOperands = Object.entries(value).flatMap(([key, operand]) => textsOf(operand, key));
  return operator === 'anything-but' ? ofOperands.map((one) => ({ ...one, isExcluded: true })) : ofOperands;
}
