import { isObject } from '../json.ts';
import { describeValue } from '../validation/problem.ts';
import { anythingBut } from './anything-but.ts';
import { endsWithFolded, equalsFolded, type FoldedText, foldCase, startsWithFolded } from './case-folding.ts';
import { cidr } from './ip.ts';
import { numeric } from './numeric.ts';
import { expectString, readOperatorName } from './operands.ts';
import type { ValueTest } from './pattern.ts';
import { addProblem, type Cursor, child } from './problem.ts';
import { matchesWildcard, parseWildcard } from './wildcard.ts';

/** The requirement of an operator: a value that passes the test, or the absence of the field. */
type OperatorCondition = ValueTest | 'absent';

const IGNORE_CASE = 'equals-ignore-case';

const OPERATORS = {
  prefix: (cursor, operand) =>
    isObject(operand)
      ? compileIgnoringCase(cursor, operand, startsWithFolded)
      : compileTextTest(cursor, operand, (text) => (value) => value.startsWith(text)),
  suffix: (cursor, operand) =>
    isObject(operand)
      ? compileIgnoringCase(cursor, operand, endsWithFolded)
      : compileTextTest(cursor, operand, (text) => (value) => value.endsWith(text)),
  [IGNORE_CASE]: (cursor, operand) =>
    compileTextTest(cursor, operand, (text) => {
      const folded = foldCase(text);
      return (value) => equalsFolded(value, folded);
    }),
  wildcard: (cursor, operand) =>
    compileTextTest(cursor, operand, (text) => {
      const wildcard = parseWildcard(cursor, text);
      return wildcard && ((value) => matchesWildcard(value, wildcard));
    }),
  'anything-but': anythingBut,
  numeric,
  cidr,
  exists: (cursor, operand) => {
    if (operand === true) return () => true;
    if (operand === false) return 'absent';
    return addProblem(cursor, {
      code: 'not-true-or-false',
      message: `Found ${describeValue(operand)}. Write true or false, without quotes.`,
      found: operand,
      allowed: 'true, false',
    });
  },
  exactly: (cursor, operand) => compileTextTest(cursor, operand, (text) => (value) => value === text),
} satisfies Readonly<Record<string, (cursor: Cursor, operand: unknown) => OperatorCondition | undefined>>;

const NAMES = Object.keys(OPERATORS) as (keyof typeof OPERATORS)[];
export const OPERATOR_NAMES: readonly string[] = NAMES;

/** Compiles an operator in a list of values, such as `{"prefix": "a"}`. Undefined if it has problems. */
export function compileOperator(
  cursor: Cursor,
  expression: Readonly<Record<string, unknown>>,
): OperatorCondition | undefined {
  const name = readOperatorName(cursor, expression, NAMES);
  return name === undefined ? undefined : OPERATORS[name](child(cursor, name), expression[name]);
}

function compileTextTest(
  cursor: Cursor,
  operand: unknown,
  compile: (text: string) => ((value: string) => boolean) | undefined,
): ValueTest | undefined {
  if (!expectString(cursor, operand)) return undefined;
  const test = compile(operand);
  return test && ((value) => typeof value === 'string' && test(value));
}

/** Compiles `{"prefix": {"equals-ignore-case": "a"}}`. */
function compileIgnoringCase(
  cursor: Cursor,
  operand: Readonly<Record<string, unknown>>,
  matches: (value: string, folded: FoldedText) => boolean,
): ValueTest | undefined {
  if (readOperatorName(cursor, operand, [IGNORE_CASE]) === undefined) return undefined;
  return compileTextTest(child(cursor, IGNORE_CASE), operand[IGNORE_CASE], (text) => {
    const folded = foldCase(text);
    return (value) => matches(value, folded);
  });
}
