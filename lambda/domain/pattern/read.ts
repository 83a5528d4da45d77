import { isObject } from '../json.ts';
import type { Entry } from './combine.ts';
import { OPERATOR_NAMES } from './operators.ts';
import { type Place, report, shown, within } from './problem.ts';
import { compileValues } from './values.ts';
import { waysThrough } from './ways.ts';

/** Keys and list indexes that may lie above a value, so that no pattern exhausts the stack. */
const DEEPEST = 64;

/** Names that Event Ruler does not take as fields inside `$or`: its operators, and some that it keeps for later. */
const RESERVED_INSIDE_OR: ReadonlySet<string> = new Set([
  ...OPERATOR_NAMES,
  ...['=', '<', '<=', '>', '>=', 'regex', 'not-wildcard', 'not-equals-ignore-case'],
  ...['date-after', 'date-on-or-after', 'date-before', 'date-on-or-before', 'in-date-range'],
  ...['ip-address-in-range', 'ip-address-not-in-range'],
]);

/**
 * Reads an object of fields, as a pattern, a field and a branch of `$or` have it.
 *
 * @param keys the names of the fields around it.
 */
export function readObject(
  place: Place,
  source: Readonly<Record<string, unknown>>,
  keys: readonly string[],
  insideOr: boolean,
): Entry[] {
  if (isTooDeep(place, place.path.length)) return [];
  const fields = Object.entries(source);
  if (fields.length === 0) reportNoFields(place, 'empty-object', source);
  return fields.flatMap(([key, value]) => {
    const inner = within(place, key);
    if (key === '$or') return readOr(inner, value, keys);
    if (insideOr && RESERVED_INSIDE_OR.has(key)) reportReserved(inner, key);
    return isObject(value)
      ? readObject(inner, value, [...keys, key], insideOr)
      : readField(inner, value, [...keys, key]);
  });
}

function readField(place: Place, value: unknown, keys: readonly string[]): Entry[] {
  const name = keys.join('.');
  const steps = name.split('.');
  if (isTooDeep(place, steps.length)) return [];
  if (!Array.isArray(value)) {
    reportNoList(place, value, keys);
    return [];
  }
  const values = compileValues(place, value);
  return values ? [{ field: { name, keys, ways: waysThrough(steps), ...values } }] : [];
}

function readOr(place: Place, value: unknown, keys: readonly string[]): Entry[] {
  if (!Array.isArray(value) || value.length < 2) {
    report(place, {
      code: 'bad-or',
      message:
        `Found ${Array.isArray(value) ? `a list of ${value.length}` : shown(value)}. ` +
        'Write a list of two or more objects, one of which must hold: "$or": [{"a": [1]}, {"b": [2]}].',
      found: value,
      allowed: 'a list of two or more objects',
    });
    return [];
  }
  const branches = value.map((branch: unknown, index) => {
    const inner = within(place, index);
    if (isObject(branch)) return readObject(inner, branch, keys, true);
    reportNoFields(inner, 'not-an-object', branch);
    return [];
  });
  return [{ branches }];
}

function isTooDeep(place: Place, levels: number): boolean {
  if (levels <= DEEPEST) return false;
  report(place, {
    code: 'too-deep',
    message: `Found a field ${levels} levels deep. Write it with at most ${DEEPEST}.`,
    found: levels,
    allowed: `at most ${DEEPEST} levels`,
  });
  return true;
}

/** Reports something else than an object with at least one field. */
export function reportNoFields(place: Place, code: 'not-an-object' | 'empty-object', found: unknown): void {
  report(place, {
    code,
    message: `Found ${shown(found)}. Write an object with at least one field: {"channel": ["VOICE"]}.`,
    found,
    allowed: 'an object with at least one field',
  });
}

function reportReserved(place: Place, key: string): void {
  report(place, {
    code: 'reserved-name',
    message:
      `Found a field with the name ${shown(key)}, which is no field name inside $or. ` +
      `An operator stands in a list of values: "a": [{"prefix": "b"}].`,
    found: key,
    allowed: 'a field name that is no operator',
  });
}

function reportNoList(place: Place, found: unknown, keys: readonly string[]): void {
  const operator = keys.at(-1) ?? '';
  const field = keys.at(-2) ?? 'a';
  const advice = OPERATOR_NAMES.includes(operator)
    ? `An operator stands in a list: ${shown(field)}: [{"${operator}": ${shown(found)}}].`
    : `A field takes a list of values: write [${shown(found)}].`;
  report(place, {
    code: 'not-a-list',
    message: `Found ${shown(found)}. ${advice}`,
    found,
    allowed: 'a list of values, or an object of fields',
  });
}
