import { isObject } from '../json.ts';
import { anythingBut } from './anything-but.ts';
import { endsWithFolded, equalsFolded, type FoldedText, foldCase, startsWithFolded } from './case-folding.ts';
import { cidr } from './ip.ts';
import { numeric } from './numeric.ts';
import { expectText, readOperatorName } from './operands.ts';
import type { ValueTest } from './pattern.ts';
import { addProblem, type Cursor, child, describeValue } from './problem.ts';
import { matchesWildcard, parseWildcard } from './wildcard.ts';

/** What an operator asks: a value that passes the test, or that the field is absent. */
export type OperatorCondition = ValueTest | 'absent';

const IGNORE_CASE = 'equals-ignore-case';

const OPERATORS: Readonly<
  Record<string, (place: Cursor, operand: unknown) => OperatorCondition | undefined>
> = {
  prefix: (place, operand) =>
    isObject(operand)
      ? compileIgnoringCase(place, operand, startsWithFolded)
      : compileTextTest(place, operand, (text) => (value) => value.startsWith(text)),
  suffix: (place, operand) =>
    isObject(operand)
      ? compileIgnoringCase(place, operand, endsWithFolded)
      : compileTextTest(place, operand, (text) => (value) => value.endsWith(text)),
  [IGNORE_CASE]: (place, operand) =>
    compileTextTest(place, operand, (text) => {
      const folded = foldCase(text);
      return (value) => equalsFolded(value, folded);
    }),
  wildcard: (place, operand) =>
    compileTextTest(place, operand, (text) => {
      const wildcard = parseWildcard(place, text);
      return wildcard && ((value) => matchesWildcard(value, wildcard));
    }),
  'anything-but': anythingBut,
  numeric,
  cidr,
  exists: (place, operand) => {
    if (operand === true) return () => true;
    if (operand === false) return 'absent';
    return addProblem(place, {
      code: 'not-true-or-false',
      message: `Found ${describeValue(operand)}. Write true or false, without quotes.`,
      found: operand,
      allowed: 'true, false',
    });
  },
  exactly: (place, operand) => compileTextTest(place, operand, (text) => (value) => value === text),
};

/** The names of the operators. */
export const OPERATOR_NAMES: readonly string[] = Object.keys(OPERATORS);

/** Compiles one operator, `{"prefix": "a"}`, as it stands in a list of values. Undefined when it has problems. */
export function compileOperator(
  place: Cursor,
  expression: Readonly<Record<string, unknown>>,
): OperatorCondition | undefined {
  const name = readOperatorName(place, expression, OPERATOR_NAMES);
  return name === undefined ? undefined : OPERATORS[name]?.(child(place, name), expression[name]);
}

function compileTextTest(
  place: Cursor,
  operand: unknown,
  compile: (text: string) => ((value: string) => boolean) | undefined,
): ValueTest | undefined {
  if (!expectText(place, operand)) return undefined;
  const test = compile(operand);
  return test && ((value) => typeof value === 'string' && test(value));
}

/** `{"prefix": {"equals-ignore-case": "a"}}` */
function compileIgnoringCase(
  place: Cursor,
  operand: Readonly<Record<string, unknown>>,
  fits: (value: string, folded: FoldedText) => boolean,
): ValueTest | undefined {
  if (readOperatorName(place, operand, [IGNORE_CASE]) === undefined) return undefined;
  return compileTextTest(child(place, IGNORE_CASE), operand[IGNORE_CASE], (text) => {
    const folded = foldCase(text);
    return (value) => fits(value, folded);
  });
}
