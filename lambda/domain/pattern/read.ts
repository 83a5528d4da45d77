import { isObject } from '../json.ts';
import { describeValue } from '../validation/problem.ts';
import type { PatternEntry } from './expand-or.ts';
import { intendedOperator } from './intended-operator.ts';
import { isNegation, joinOf, operatorForm } from './operator-names.ts';
import { OPERATOR_NAMES } from './operators.ts';
import { addProblem, type Cursor, child } from './problem.ts';
import { spellingsOf } from './spellings.ts';
import { compileValues } from './values.ts';

/** The maximum number of keys and list indexes above a value, so that no pattern exhausts the stack. */
const MAX_DEPTH = 64;

/** Names that Event Ruler rejects as fields inside `$or`: its operators, and names that it reserves. */
const RESERVED_INSIDE_OR: ReadonlySet<string> = new Set([
  ...OPERATOR_NAMES,
  ...['=', '<', '<=', '>', '>=', 'regex', 'not-wildcard', 'not-equals-ignore-case'],
  ...['date-after', 'date-on-or-after', 'date-before', 'date-on-or-before', 'in-date-range'],
  ...['ip-address-in-range', 'ip-address-not-in-range'],
]);

/**
 * Reads an object of fields: a pattern, a field with fields below it, or a branch of `$or`.
 *
 * @param keys - the keys above the object.
 */
export function readObject(
  cursor: Cursor,
  source: Readonly<Record<string, unknown>>,
  keys: readonly string[],
  insideOr: boolean,
): PatternEntry[] {
  if (isTooDeep(cursor, cursor.path.length)) return [];
  const fields = Object.entries(source);
  if (fields.length === 0) reportNoFields(cursor, 'empty-object', source);
  return fields.flatMap(([key, value]) => {
    const inner = child(cursor, key);
    if (key === '$or') return readOr(inner, value, keys);
    if (insideOr && RESERVED_INSIDE_OR.has(key)) reportReserved(inner, key, keys.at(-1), value);
    return isObject(value)
      ? readObject(inner, value, [...keys, key], insideOr)
      : readField(inner, value, keys, key);
  });
}

function readField(cursor: Cursor, value: unknown, above: readonly string[], key: string): PatternEntry[] {
  const keys = [...above, key];
  const name = keys.join('.');
  const steps = name.split('.');
  if (isTooDeep(cursor, steps.length)) return [];
  if (!Array.isArray(value)) {
    reportNoList(cursor, value, key, above.at(-1));
    return [];
  }
  const join = isListOfPatterns(value) ? joinAdvice(key) : undefined;
  if (join !== undefined) {
    reportJoin(cursor, key, join);
    return [];
  }
  const compiled = compileValues(cursor, value);
  return [
    { field: { name, keys, path: cursor.path, values: value, spellings: spellingsOf(steps), ...compiled } },
  ];
}

/** Whether a list has objects of fields in it, and not operators alone. */
function isListOfPatterns(list: readonly unknown[]): boolean {
  return (
    list.every(isObject) && list.some((one) => Object.keys(one).some((key) => !OPERATOR_NAMES.includes(key)))
  );
}

/** What to write instead of a name of another language that joins patterns. */
function joinAdvice(key: string): string | undefined {
  switch (joinOf(key)) {
    case 'any':
      return 'Write "$or": [{"a": [1]}, {"b": [2]}], a list of two or more objects, one of which must hold.';
    case 'all':
      return 'Write all fields into one object, {"a": [1], "b": [2]}: each of them must hold.';
    default:
      return isNegation(key)
        ? 'Write anything-but in the list of each field: "a": [{"anything-but": [1]}].'
        : undefined;
  }
}

function reportJoin(cursor: Cursor, key: string, advice: string): void {
  addProblem(cursor, {
    code: 'bad-or',
    message: `There is no ${describeValue(key)} for patterns. ${advice}`,
    found: key,
    allowed: '$or, or the fields of one object',
  });
}

function readOr(cursor: Cursor, value: unknown, keys: readonly string[]): PatternEntry[] {
  if (!Array.isArray(value) || value.length < 2) {
    addProblem(cursor, {
      code: 'bad-or',
      message:
        `Found ${Array.isArray(value) ? `a list of ${value.length}` : describeValue(value)}. ` +
        'Write a list of two or more objects, one of which must hold: "$or": [{"a": [1]}, {"b": [2]}].',
      found: value,
      allowed: 'a list of two or more objects',
    });
    return [];
  }
  const branches = value.map((branch: unknown, index) => {
    const inner = child(cursor, index);
    if (isObject(branch)) return readObject(inner, branch, keys, true);
    reportNoFields(inner, 'not-an-object', branch);
    return [];
  });
  return [{ branches }];
}

function isTooDeep(cursor: Cursor, levels: number): boolean {
  if (levels <= MAX_DEPTH) return false;
  addProblem(cursor, {
    code: 'too-deep',
    message: `Found a field ${levels} levels deep. Write it with at most ${MAX_DEPTH}.`,
    found: levels,
    allowed: `at most ${MAX_DEPTH} levels`,
  });
  return true;
}

const ONE_FIELD = 'an object with at least one field';

/** Reports a value that is not an object with at least one field. */
export function reportNoFields(cursor: Cursor, code: 'not-an-object' | 'empty-object', found: unknown): void {
  addProblem(cursor, {
    code,
    message: `Found ${describeValue(found)}. ${patternAdvice(found, cursor)}`,
    found,
    allowed: ONE_FIELD,
  });
}

function patternAdvice(found: unknown, { example }: Cursor): string {
  if (Array.isArray(found) && found.length > 0 && found.every(isObject)) {
    return found.length === 1
      ? 'Write the object itself, without the list around it.'
      : 'Write "$or": [{…}, {…}] in an object if one of them must hold, or one object with the fields of all.';
  }
  return `Write ${ONE_FIELD}: ${example}.`;
}

function reportReserved(cursor: Cursor, key: string, field: string | undefined, value: unknown): void {
  const form =
    field !== undefined && OPERATOR_NAMES.includes(key)
      ? operatorForm(field, key, key, value)
      : '"a": [{"prefix": "b"}]';
  addProblem(cursor, {
    code: 'reserved-name',
    message:
      `Found a field with the name ${describeValue(key)}, which is reserved inside $or. ` +
      `Put an operator in a list of values: ${form}.`,
    found: key,
    allowed: 'a field name that is not reserved',
  });
}

/** @param field - the key above. */
function reportNoList(cursor: Cursor, found: unknown, key: string, field: string | undefined): void {
  const operator = intendedOperator(key);
  const advice =
    operator !== undefined && field !== undefined
      ? `Put an operator in a list: ${operatorForm(field, key, operator, found)}.`
      : `A field takes a list of values: write [${describeValue(found)}].`;
  addProblem(cursor, {
    code: 'not-a-list',
    message: `Found ${describeValue(found)}. ${advice}`,
    found,
    allowed: 'a list of values, or an object of fields',
  });
}
