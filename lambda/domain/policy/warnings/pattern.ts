import { LOAD_FIELDS } from '../../condition/condition.ts';
import {
  intendedOperator,
  isNegation,
  joinOf,
  OPERATOR_NAMES,
  operatorForm,
  type Pattern,
} from '../../pattern/index.ts';
import type { Field } from '../../pattern/pattern.ts';
import { describeValue, didYouMean, type Path } from '../../validation/problem.ts';
import { closestMatch } from '../../validation/suggestion.ts';
import { CONTACT_FIELDS, fieldKind } from './contact-fields.ts';
import type { LocatedPattern, PartialPolicy } from './partial-policy.ts';
import { segmentNameAdvice } from './segment-attributes.ts';
import { valueWarnings } from './values.ts';
import type { Warning } from './warning.ts';
import { replacedFieldWarnings, widerMatchWarnings } from './wider-match.ts';

/** The text of an unquoted value in a policy, such as `007`, by its path. */
export type WrittenInPolicy = (policy: string, path: Path) => string | undefined;

/** Warns of fields and values that no contact has: valid patterns that never match, or match more than they look. */
export function patternWarnings(
  { name: policy, patterns }: Pick<PartialPolicy, 'name' | 'patterns'>,
  written: WrittenInPolicy = () => undefined,
): Warning[] {
  return [
    ...fieldsOnceEach(patterns).flatMap(({ field, path }) => {
      const warning = fieldWarning(field);
      return warning ? [{ policy, ...warning, path: [...path, ...warning.path] }] : [];
    }),
    ...patterns.flatMap(({ pattern, path }) =>
      placesOnceEach(pattern).flatMap((field) =>
        [
          ...valueWarnings(field, (inner) => written(policy, [...path, ...inner])),
          ...widerMatchWarnings(field),
        ].map((warning) => ({ ...warning, policy, path: [...path, ...warning.path] })),
      ),
    ),
    ...patterns.flatMap(({ pattern, path }) =>
      replacedFieldWarnings(pattern).map((warning) => ({
        ...warning,
        policy,
        path: [...path, ...warning.path],
      })),
    ),
  ];
}

/** Each field of the patterns once, by its name, although steps repeat it. */
function fieldsOnceEach(patterns: readonly LocatedPattern[]) {
  const fields = patterns.flatMap(({ pattern, path }) =>
    pattern.rules.flat().map((field) => ({ field, path })),
  );
  return onceEach(fields, ({ field }) => field.name);
}

/** The fields of a pattern, once for each place, although `$or` multiplies them. */
function placesOnceEach({ rules }: Pattern): Field[] {
  return onceEach(rules.flat(), ({ name, path }) => `${name} ${path.join('\n')}`);
}

/** The first of the items with each key. */
function onceEach<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  return [...Map.groupBy(items, keyOf).values()].map(([first]) => first as T);
}

/** The path begins at the pattern, and ends with the key that is odd. */
function fieldWarning(field: Field): Pick<Warning, 'code' | 'message' | 'path'> | undefined {
  const { name, keys, values, path } = field;
  const operator = operatorBelow(keys);
  const [key = '', above = ''] = keys.toReversed();
  if (operator !== undefined) {
    return {
      code: 'operator-outside-list',
      path,
      message:
        `${describeValue(key)} stands outside a list, so it is the name of a field, which no contact has. ` +
        `Write ${operatorForm(above, key, operator, values)}.`,
    };
  }
  if (keys[0] === 'segmentAttributes' && keys.length > 2 && TYPE_OF_EVENT.test(key)) {
    const message =
      `${describeValue(key)} is how events and the API write a segment attribute; here it is the value itself, ` +
      `so this never matches. Write ${JSON.stringify(above)}: [...] without ${key}.`;
    return { code: 'unknown-field', path, message };
  }
  const advice = segmentAdvice(field);
  if (advice !== undefined) return { code: 'unknown-field', path, message: advice };
  const isBelowText = keys.length > 2 && fieldKind(keys.slice(0, 2).join('.')) === 'text';
  if (fieldKind(name) !== undefined && !isBelowText) return undefined;
  return { code: 'unknown-field', path: pathOfOddKey(field), message: unknownFieldMessage(field) };
}

/** What is odd about the name of a segment attribute; undefined for other fields. */
function segmentAdvice({ name, values }: Field): string | undefined {
  if (!name.startsWith(SEGMENTS)) return undefined;
  return segmentNameAdvice(
    name.slice(SEGMENTS.length),
    (attribute, member) => `${JSON.stringify(attribute)}: { ${member}: ${describeValue(values)} }`,
  );
}

const SEGMENTS = 'segmentAttributes.';

/** The path up to the first key that no contact has. */
function pathOfOddKey({ keys: [top = ''], path }: Field): Path {
  return Object.hasOwn(CONTACT_FIELDS, top) ? path : path.slice(0, path.indexOf(top) + 1);
}

function noContactHas({ name, mayBeAbsent }: Field): string {
  return `No contact has the field ${describeValue(name)}, so this ${mayBeAbsent ? 'always' : 'never'} matches.`;
}

const TYPE_OF_EVENT = /^value(?:String|Integer|Boolean|Map|List|Arn)$/i;

/** Operators that are unlikely names of a tag or an attribute. */
const UNLIKELY_NAMES = ['anything-but', 'equals-ignore-case', 'wildcard', 'numeric', 'cidr', 'exists'];

/** The operator that the last key of a field stands for, where that key can be no field. */
function operatorBelow(keys: readonly string[]): string | undefined {
  const [key = ''] = keys.slice(-1);
  const kind = fieldKind(keys.slice(0, -1).join('.'));
  // Segment attributes may hold objects, whose names are anything.
  if (kind === 'any') return OPERATOR_NAMES.includes(key) ? key : undefined;
  if (kind !== undefined) return intendedOperator(key);
  return fieldKind(keys.join('.')) !== undefined && UNLIKELY_NAMES.includes(key) ? key : undefined;
}

function unknownFieldMessage(field: Field): string {
  const { name, keys } = field;
  const [top = '', ...others] = name.split('.');
  const rest = others.join('.');
  const entry = Object.hasOwn(CONTACT_FIELDS, top) ? CONTACT_FIELDS[top] : undefined;
  const never = noContactHas(field);
  if (typeof entry === 'string') return `${never} ${top} has no fields below it: match ${top} itself.`;
  if (entry !== undefined && typeof entry.below === 'string') {
    const above = keys.slice(0, 2).join('.');
    return keys.length > 2
      ? `${never} ${above} is a text and has no fields below it: match ${above} itself.`
      : `${never} Name a field below ${top}, such as "${top}: { tier: [gold] }".`;
  }
  if (entry !== undefined) {
    const below = entry.below as readonly string[];
    return `${never} The fields below ${top} are ${below.join(', ')}.${didYouMean(closestMatch(rest, below))}`;
  }
  if (LOAD_FIELDS.some((one) => one === top)) {
    return `${never} The load of a queue is what a condition is about: write one, and match its signal.`;
  }
  const inner = keys.slice(1).join('.');
  if (fieldKind(inner) !== undefined) return `${never} ${adviceForInner(keys)}`;
  const known = Object.keys(CONTACT_FIELDS);
  return (
    `${never} The fields are ${known.join(', ')}; the tags that a flow sets are below tags.` +
    didYouMean(similarField(top))
  );
}

/** What to write where a known field stands below an unknown one, as in `detail: { channel: [VOICE] }`. */
function adviceForInner([top = '', ...inner]: readonly string[]): string {
  const [field = ''] = inner.slice(-1);
  if (isNegation(top)) return `Write ${operatorForm(field, '', 'anything-but', '…')} for each field.`;
  return joinOf(top) === 'any'
    ? `Write "$or": [{…}, {…}] with an object for each alternative.`
    : `Write ${inner[0]} in the pattern itself, without ${top}.`;
}

/** Names that flows, events and the API have for fields of the contact view. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  queueId: 'queue.id',
  queueArn: 'queue.arn',
  queueName: 'queue.name',
  queueType: 'queue.type',
  contactAttributes: 'attributes',
  contactTags: 'tags',
  transferCount: 'transfers',
};

function similarField(name: string): string | undefined {
  const similar = closestMatch(name, [...Object.keys(OTHER_NAMES), ...Object.keys(CONTACT_FIELDS)]);
  return similar && (OTHER_NAMES[similar] ?? similar);
}
