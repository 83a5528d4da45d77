import { isObject } from '../json.ts';
import { describeValue } from '../validation/problem.ts';
import { equalsFolded, foldCase } from './case-folding.ts';
import { expectNumber } from './numeric.ts';
import { expectNonEmpty, expectNonEmptyList, expectString, readOperatorName } from './operands.ts';
import type { Scalar, ValueTest } from './pattern.ts';
import { addProblem, type Cursor, child } from './problem.ts';
import { matchesWildcard, parseWildcard } from './wildcard.ts';

type TextTest = (value: string) => boolean;

/** The operators inside `anything-but`. Each takes a string or a list of strings. */
const EXCLUSIONS = {
  prefix: (cursor, text) => {
    expectNonEmpty(cursor, text);
    return (value) => value.startsWith(text);
  },
  suffix: (cursor, text) => {
    expectNonEmpty(cursor, text);
    return (value) => value.endsWith(text);
  },
  'equals-ignore-case': (_, text) => {
    const folded = foldCase(text);
    return (value) => equalsFolded(value, folded);
  },
  wildcard: (cursor, text) => {
    const wildcard = parseWildcard(cursor, text);
    return wildcard && ((value) => matchesWildcard(value, wildcard));
  },
} satisfies Readonly<Record<string, (cursor: Cursor, text: string) => TextTest | undefined>>;
const EXCLUSION_NAMES = Object.keys(EXCLUSIONS) as (keyof typeof EXCLUSIONS)[];
const NAMES = EXCLUSION_NAMES.join(', ');
const ALLOWED = `strings or numbers, as one value or a list of one kind, or one of ${NAMES}`;

/** Compiles `{"anything-but": …}`: it matches any value, of any type, that is present and not excluded. */
export function anythingBut(cursor: Cursor, operand: unknown): ValueTest | undefined {
  if (isObject(operand)) return excludeByOperator(cursor, operand);
  if (!Array.isArray(operand)) return excludeValues(cursor, [operand], () => cursor);
  expectNonEmptyList(cursor, operand);
  return excludeValues(cursor, operand, (index) => child(cursor, index));
}

function excludeValues(
  cursor: Cursor,
  values: readonly unknown[],
  cursorOf: (index: number) => Cursor,
): ValueTest | undefined {
  const kinds = new Set(values.map((value) => typeof value));
  const areValid = values.map((value, index) => {
    if (typeof value === 'number') return expectNumber(cursorOf(index), value);
    if (typeof value !== 'string') reportBadExclusion(cursorOf(index), value);
    return typeof value === 'string';
  });
  if (areValid.includes(false)) return undefined;
  if (kinds.size > 1) {
    return addProblem(cursor, {
      code: 'mixed-list',
      message: 'Found strings and numbers in one list. Write a list of strings or a list of numbers.',
      found: values,
      allowed: ALLOWED,
    });
  }
  const excluded = new Set(values);
  return (value) => !excluded.has(value);
}

function reportBadExclusion(cursor: Cursor, found: unknown): void {
  const advice = isObject(found)
    ? ` Put the operator outside the list: {"anything-but": {"prefix": ["a", "b"]}}.`
    : '';
  addProblem(cursor, {
    code: 'bad-exclusion',
    message: `Found ${describeValue(found)}. Write ${ALLOWED}.${advice}`,
    found,
    allowed: ALLOWED,
  });
}

function excludeByOperator(
  cursor: Cursor,
  operand: Readonly<Record<string, unknown>>,
): ValueTest | undefined {
  const name = readOperatorName(cursor, operand, EXCLUSION_NAMES);
  if (name === undefined) return undefined;
  const inner = child(cursor, name);
  const excluded = operand[name];
  if (Array.isArray(excluded)) expectNonEmptyList(inner, excluded);
  const texts = Array.isArray(excluded) ? excluded : [excluded];
  const tests = texts.flatMap((text: unknown, index) => {
    const textCursor = Array.isArray(excluded) ? child(inner, index) : inner;
    return (expectString(textCursor, text) && EXCLUSIONS[name](textCursor, text)) || [];
  });
  return (value: Scalar) => typeof value !== 'string' || !tests.some((test) => test(value));
}
