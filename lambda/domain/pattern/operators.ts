import { isObject } from '../json.ts';
import { anythingBut } from './anything-but.ts';
import { endsWithFolded, equalsFolded, type Folded, fold, startsWithFolded } from './fold.ts';
import { cidr } from './ip.ts';
import { numeric } from './numeric.ts';
import { isText, operatorName } from './operands.ts';
import type { Test } from './pattern.ts';
import { type Place, report, shown, within } from './problem.ts';
import { fitsWildcard, readWildcard } from './wildcard.ts';

/** What an operator asks: a value that passes the test, or that the field is absent. */
export type Condition = Test | 'absent';

const FOLD = 'equals-ignore-case';

const OPERATORS: Readonly<Record<string, (place: Place, operand: unknown) => Condition | undefined>> = {
  prefix: (place, operand) =>
    isObject(operand)
      ? ignoringCase(place, operand, startsWithFolded)
      : onText(place, operand, (text) => (value) => value.startsWith(text)),
  suffix: (place, operand) =>
    isObject(operand)
      ? ignoringCase(place, operand, endsWithFolded)
      : onText(place, operand, (text) => (value) => value.endsWith(text)),
  [FOLD]: (place, operand) =>
    onText(place, operand, (text) => {
      const folded = fold(text);
      return (value) => equalsFolded(value, folded);
    }),
  wildcard: (place, operand) =>
    onText(place, operand, (text) => {
      const wildcard = readWildcard(place, text);
      return wildcard && ((value) => fitsWildcard(value, wildcard));
    }),
  'anything-but': anythingBut,
  numeric,
  cidr,
  exists: (place, operand) => {
    if (operand === true) return () => true;
    if (operand === false) return 'absent';
    return report(place, {
      code: 'not-true-or-false',
      message: `Found ${shown(operand)}. Write true or false, without quotes.`,
      found: operand,
      allowed: 'true, false',
    });
  },
  exactly: (place, operand) => onText(place, operand, (text) => (value) => value === text),
};

/** The names of the operators. */
export const OPERATOR_NAMES: readonly string[] = Object.keys(OPERATORS);

/** Compiles one operator, `{"prefix": "a"}`, as it stands in a list of values. Undefined when it has problems. */
export function compileOperator(
  place: Place,
  expression: Readonly<Record<string, unknown>>,
): Condition | undefined {
  const name = operatorName(place, expression, OPERATOR_NAMES);
  return name === undefined ? undefined : OPERATORS[name]?.(within(place, name), expression[name]);
}

function onText(
  place: Place,
  operand: unknown,
  compile: (text: string) => ((value: string) => boolean) | undefined,
): Test | undefined {
  if (!isText(place, operand)) return undefined;
  const test = compile(operand);
  return test && ((value) => typeof value === 'string' && test(value));
}

/** `{"prefix": {"equals-ignore-case": "a"}}` */
function ignoringCase(
  place: Place,
  operand: Readonly<Record<string, unknown>>,
  fits: (value: string, folded: Folded) => boolean,
): Test | undefined {
  if (operatorName(place, operand, [FOLD]) === undefined) return undefined;
  return onText(within(place, FOLD), operand[FOLD], (text) => {
    const folded = fold(text);
    return (value) => fits(value, folded);
  });
}
