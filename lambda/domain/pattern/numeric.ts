import { describeValue } from '../validation/problem.ts';
import type { ValueTest } from './pattern.ts';
import { addProblem, type Cursor, child } from './problem.ts';

/**
 * Event Ruler compares numbers up to this magnitude and with up to this many decimals. Other numbers in an
 * event can match exact values and `anything-but`, but never `numeric`.
 *
 * Source: `ComparableNumber` in Event Ruler. The EventBridge guide still says five billion.
 */
const MAX_MAGNITUDE = 500_000_000_000;
const MAX_DECIMALS = 6;
const ALLOWED = `a number from -${MAX_MAGNITUDE} to ${MAX_MAGNITUDE} with at most ${MAX_DECIMALS} decimals`;

/** True if Event Ruler can compare the number. */
function isComparable(value: number): boolean {
  if (!(Math.abs(value) <= MAX_MAGNITUDE)) return false;
  if (Number.isInteger(value)) return true;
  // The shortest decimal form of the number is the source text without trailing zeros.
  const text = String(value);
  return !text.includes('e') && text.length - text.indexOf('.') - 1 <= MAX_DECIMALS;
}

/** Reports a value that `numeric` and `anything-but` cannot compare. */
export function expectNumber(cursor: Cursor, value: unknown): value is number {
  if (typeof value === 'number' && isComparable(value)) return true;
  const code = typeof value === 'number' ? 'number-out-of-range' : 'not-a-number';
  const isInQuotes = typeof value === 'string' && /^-?\d{1,9}(?:\.\d{1,6})?$/.test(value);
  addProblem(cursor, {
    code,
    message: `Found ${describeValue(value)}. Write ${isInQuotes ? value : ALLOWED}, without quotes.`,
    found: value,
    allowed: ALLOWED,
  });
  return false;
}

const FORMS = '["=", 5], ["<", 5], ["<=", 5], [">", 5], [">=", 5], or a range such as [">=", 1, "<", 5]';
const COMPARISONS = ['=', '<', '<=', '>', '>='];
const LOWER_BOUNDS = ['>', '>='];
const UPPER_BOUNDS = ['<', '<='];

/** Compiles `{"numeric": [">=", 1, "<", 5]}`. */
export function numeric(cursor: Cursor, operand: unknown): ValueTest | undefined {
  if (!Array.isArray(operand) || (operand.length !== 2 && operand.length !== 4)) {
    return addProblem(cursor, {
      code: 'bad-numeric',
      message:
        `Found ${Array.isArray(operand) ? `a list of ${operand.length}` : describeValue(operand)}. ` +
        `Write ${comparisonIn(operand) ?? FORMS}.`,
      found: operand,
      allowed: FORMS,
    });
  }
  const isRange = operand.length === 4;
  const [first, from, second, to] = operand;
  const areValid = [
    expectComparison(child(cursor, 0), first, isRange ? LOWER_BOUNDS : COMPARISONS),
    expectNumber(child(cursor, 1), from),
    !isRange || expectComparison(child(cursor, 2), second, UPPER_BOUNDS),
    !isRange || expectNumber(child(cursor, 3), to),
  ];
  if (areValid.includes(false)) return undefined;
  if (!isRange) return compileComparison(first, from);
  if (from >= to) {
    return addProblem(cursor, {
      code: 'empty-range',
      message: `No number lies between ${from} and ${to}. Write two different numbers, the smaller first.`,
      found: operand,
      allowed: 'a lower bound that is less than the upper bound',
    });
  }
  const low = compileComparison(first, from);
  const high = compileComparison(second, to);
  return (value) => low(value) && high(value);
}

/** The comparison in a text, such as `"> 50"`. */
function comparisonIn(operand: unknown): string | undefined {
  const [only, ...others] = Array.isArray(operand) ? operand : [operand];
  const [, sign = '', number] =
    (typeof only === 'string' &&
      others.length === 0 &&
      /^\s*(<=|>=|<|>|==?)\s*(-?\d{1,9}(?:\.\d{1,6})?)\s*$/.exec(only)) ||
    [];
  return number === undefined ? undefined : `["${sign.replace('==', '=')}", ${Number(number)}]`;
}

function expectComparison(cursor: Cursor, found: unknown, allowed: readonly string[]): boolean {
  if (allowed.some((sign) => sign === found)) return true;
  const signs = allowed.map((sign) => `"${sign}"`).join(', ');
  const hint = COMPARISONS.some((sign) => sign === found)
    ? ' A range has its lower bound first: [">=", 1, "<", 5].'
    : '';
  addProblem(cursor, {
    code: 'bad-comparison',
    message: `Found ${describeValue(found)}. Write one of ${signs} here.${hint}`,
    found,
    allowed: signs,
  });
  return false;
}

function compileComparison(sign: string, bound: number): ValueTest {
  switch (sign) {
    case '=':
      return numberTest((value) => value === bound);
    case '<':
      return numberTest((value) => value < bound);
    case '<=':
      return numberTest((value) => value <= bound);
    case '>':
      return numberTest((value) => value > bound);
    default:
      return numberTest((value) => value >= bound);
  }
}

function numberTest(holds: (value: number) => boolean): ValueTest {
  return (value) => typeof value === 'number' && holds(value) && isComparable(value);
}
