import { isObject } from '../../lambda/domain/json.ts';

/**
 * What a field of a pattern must be, in words: `is VOICE`, `is gold or platinum`, `begins with "private-"`.
 *
 * @param expected - the list of values and operators in the pattern. Anything else is shown as it is.
 */
export function formatExpected(expected: unknown): string {
  if (!Array.isArray(expected)) return `is ${formatValue(expected)}`;
  const plain = expected.filter((value) => !isObject(value));
  const operators = expected.filter(isObject).map(formatOperator);
  const is = plain.length === 0 ? [] : [`is ${plain.map(formatValue).join(' or ')}`];
  return [...is, ...operators].join(', or ') || 'is one of none';
}

/** A value as people read it: a word as it is, anything else as JSON. */
export function formatValue(value: unknown): string {
  if (typeof value === 'string') return /^[\p{L}\p{N}_:./@+-]+$/u.test(value) ? value : JSON.stringify(value);
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(formatValue).join(', ');
  return JSON.stringify(value) ?? 'nothing';
}

function formatOperator(operator: Readonly<Record<string, unknown>>): string {
  return Object.entries(operator)
    .map(([name, operand]) => WORDS[name]?.(operand) ?? `${name} ${formatValue(operand)}`)
    .join(' and ');
}

/** The words of each operator of the pattern language. */
const WORDS: Readonly<Record<string, (operand: unknown) => string>> = {
  exists: (operand) => (operand === false ? 'is absent' : 'is present'),
  prefix: (operand) => `begins with ${formatText(operand)}`,
  suffix: (operand) => `ends with ${formatText(operand)}`,
  wildcard: (operand) => `is like ${formatText(operand)}`,
  'equals-ignore-case': (operand) => `is ${formatText(operand)}, in any case`,
  'anything-but': (operand) => `is not ${formatExcluded(operand)}`,
  cidr: (operand) => `is an address in ${formatText(operand)}`,
  numeric: (operand) => (Array.isArray(operand) ? `is ${formatComparisons(operand)}` : formatText(operand)),
};

function formatExcluded(operand: unknown): string {
  if (!isObject(operand)) return [operand].flat().map(formatValue).join(' or ');
  return Object.entries(operand)
    .map(([name, inner]) => `one that ${WORDS[name]?.(inner) ?? `${name} ${formatValue(inner)}`}`)
    .join(' and ');
}

/** `prefix` and `suffix` may stand with `equals-ignore-case`; `wildcard` and others with a list. */
function formatText(operand: unknown): string {
  if (isObject(operand) && typeof operand['equals-ignore-case'] === 'string') {
    return `${formatValue(operand['equals-ignore-case'])}, in any case`;
  }
  return [operand].flat().map(formatValue).join(' or ');
}

const COMPARISONS: Readonly<Record<string, string>> = {
  '=': '',
  '<': 'less than ',
  '<=': 'at most ',
  '>': 'more than ',
  '>=': 'at least ',
};

/** `[">", 5, "<=", 10]` as `more than 5 and at most 10`. */
function formatComparisons(operand: readonly unknown[]): string {
  const parts: string[] = [];
  for (let index = 0; index < operand.length; index += 2) {
    parts.push(
      `${COMPARISONS[String(operand[index])] ?? `${operand[index]} `}${formatValue(operand[index + 1])}`,
    );
  }
  return parts.join(' and ');
}
