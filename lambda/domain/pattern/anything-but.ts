import { isObject } from '../json.ts';
import { equalsFolded, fold } from './fold.ts';
import { checkNumber } from './numeric.ts';
import { isNotEmpty, isNotEmptyList, isText, operatorName } from './operands.ts';
import type { Scalar, Test } from './pattern.ts';
import { type Place, report, shown, within } from './problem.ts';
import { fitsWildcard, readWildcard } from './wildcard.ts';

type TextTest = (value: string) => boolean;

/** What may be excluded besides plain values, each with a text or a list of texts. */
const EXCLUSIONS: Readonly<Record<string, (place: Place, text: string) => TextTest | undefined>> = {
  prefix: (place, text) => (isNotEmpty(place, text) ? (value) => value.startsWith(text) : undefined),
  suffix: (place, text) => (isNotEmpty(place, text) ? (value) => value.endsWith(text) : undefined),
  'equals-ignore-case': (_, text) => {
    const folded = fold(text);
    return (value) => equalsFolded(value, folded);
  },
  wildcard: (place, text) => {
    const wildcard = readWildcard(place, text);
    return wildcard && ((value) => fitsWildcard(value, wildcard));
  },
};
const EXCLUSION_NAMES = Object.keys(EXCLUSIONS);
const ALLOWED = `texts or numbers, as one value or a list of one kind, or one of ${EXCLUSION_NAMES.join(', ')}`;

/** `{"anything-but": …}`: any value that is present and not excluded, whatever its type. */
export function anythingBut(place: Place, operand: unknown): Test | undefined {
  if (isObject(operand)) return butLike(place, operand);
  if (!Array.isArray(operand)) return butValues(place, [operand], () => place);
  return isNotEmptyList(place, operand)
    ? butValues(place, operand, (index) => within(place, index))
    : undefined;
}

function butValues(
  place: Place,
  values: readonly unknown[],
  placeOf: (index: number) => Place,
): Test | undefined {
  const kinds = new Set(values.map((value) => typeof value));
  const sound = values.map((value, index) => {
    if (typeof value === 'number') return checkNumber(placeOf(index), value);
    if (typeof value !== 'string') reportExcluded(placeOf(index), value);
    return typeof value === 'string';
  });
  if (sound.includes(false)) return undefined;
  if (kinds.size > 1) {
    return report(place, {
      code: 'mixed-list',
      message: 'Found texts and numbers in one list. Write a list of texts or a list of numbers.',
      found: values,
      allowed: ALLOWED,
    });
  }
  const excluded = new Set(values);
  return (value) => !excluded.has(value);
}

function reportExcluded(place: Place, found: unknown): void {
  const advice = isObject(found)
    ? ` An operator stands outside of the list: {"anything-but": {"prefix": ["a", "b"]}}.`
    : '';
  report(place, {
    code: 'bad-exclusion',
    message: `Found ${shown(found)}. Write ${ALLOWED}.${advice}`,
    found,
    allowed: ALLOWED,
  });
}

function butLike(place: Place, operand: Readonly<Record<string, unknown>>): Test | undefined {
  const name = operatorName(place, operand, EXCLUSION_NAMES);
  const exclusion = name === undefined ? undefined : EXCLUSIONS[name];
  if (name === undefined || exclusion === undefined) return undefined;
  const inner = within(place, name);
  const given = operand[name];
  if (Array.isArray(given) && !isNotEmptyList(inner, given)) return undefined;
  const listed = Array.isArray(given) ? given : [given];
  const tests = listed.flatMap((text: unknown, index) => {
    const where = Array.isArray(given) ? within(inner, index) : inner;
    return (isText(where, text) && exclusion(where, text)) || [];
  });
  if (tests.length < listed.length) return undefined;
  return (value: Scalar) => typeof value !== 'string' || !tests.some((test) => test(value));
}
