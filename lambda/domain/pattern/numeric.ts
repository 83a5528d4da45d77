import type { Test } from './pattern.ts';
import { type Place, report, shown, within } from './problem.ts';

/**
 * Event Ruler compares numbers of at most this size and this many decimals. Others in an event are no numbers to
 * it: they match by being exactly equal and by `anything-but`, never by `numeric`.
 *
 * Source: `ComparableNumber` in Event Ruler. The EventBridge guide still says five billion.
 */
const LARGEST = 500_000_000_000;
const DECIMALS = 6;
const ALLOWED = `a number from -${LARGEST} to ${LARGEST} with at most ${DECIMALS} decimals`;

/** Whether Event Ruler can compare the number. */
function isComparable(value: number): boolean {
  if (!(Math.abs(value) <= LARGEST)) return false;
  if (Number.isInteger(value)) return true;
  // The shortest text that gives this number is what its author wrote, trailing zeros aside.
  const text = String(value);
  return !text.includes('e') && text.length - text.indexOf('.') - 1 <= DECIMALS;
}

/** Reports a value that `numeric` and `anything-but` cannot compare with. */
export function checkNumber(place: Place, value: unknown): value is number {
  if (typeof value === 'number' && isComparable(value)) return true;
  const code = typeof value === 'number' ? 'number-out-of-range' : 'not-a-number';
  report(place, {
    code,
    message: `Found ${shown(value)}. Write ${ALLOWED}, without quotes.`,
    found: value,
    allowed: ALLOWED,
  });
  return false;
}

const SHAPES = '["=", 5], ["<", 5], ["<=", 5], [">", 5], [">=", 5], or a range such as [">=", 1, "<", 5]';
const ANY = ['=', '<', '<=', '>', '>='];
const LOWER = ['>', '>='];
const UPPER = ['<', '<='];

/** `{"numeric": [">=", 1, "<", 5]}` */
export function numeric(place: Place, operand: unknown): Test | undefined {
  if (!Array.isArray(operand) || (operand.length !== 2 && operand.length !== 4)) {
    return report(place, {
      code: 'bad-numeric',
      message: `Found ${Array.isArray(operand) ? `a list of ${operand.length}` : shown(operand)}. Write ${SHAPES}.`,
      found: operand,
      allowed: SHAPES,
    });
  }
  const isRange = operand.length === 4;
  const [first, from, second, to] = operand;
  const sound = [
    checkComparison(within(place, 0), first, isRange ? LOWER : ANY),
    checkNumber(within(place, 1), from),
    !isRange || checkComparison(within(place, 2), second, UPPER),
    !isRange || checkNumber(within(place, 3), to),
  ];
  if (sound.includes(false)) return undefined;
  if (!isRange) return compare(first, from);
  if (from >= to) {
    return report(place, {
      code: 'empty-range',
      message: `No number lies between ${from} and ${to}. Write the smaller number first and two different ones.`,
      found: operand,
      allowed: 'a lower bound that is less than the upper bound',
    });
  }
  const low = compare(first, from);
  const high = compare(second, to);
  return (value) => low(value) && high(value);
}

function checkComparison(place: Place, found: unknown, allowed: readonly string[]): boolean {
  if (typeof found === 'string' && allowed.includes(found)) return true;
  const signs = allowed.map((sign) => `"${sign}"`).join(', ');
  const hint =
    typeof found === 'string' && ANY.includes(found)
      ? ' A range has its lower bound first: [">=", 1, "<", 5].'
      : '';
  report(place, {
    code: 'bad-comparison',
    message: `Found ${shown(found)}. Write one of ${signs} here.${hint}`,
    found,
    allowed: signs,
  });
  return false;
}

function compare(sign: string, bound: number): Test {
  switch (sign) {
    case '=':
      return onNumbers((value) => value === bound);
    case '<':
      return onNumbers((value) => value < bound);
    case '<=':
      return onNumbers((value) => value <= bound);
    case '>':
      return onNumbers((value) => value > bound);
    default:
      return onNumbers((value) => value >= bound);
  }
}

function onNumbers(holds: (value: number) => boolean): Test {
  return (value) => typeof value === 'number' && holds(value) && isComparable(value);
}
