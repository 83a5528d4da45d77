import type { Field } from '../../pattern/pattern.ts';
import { didYouMean } from '../../validation/problem.ts';
import { closestMatch } from '../../validation/suggestion.ts';
import type { LocatedPattern, PartialPolicy } from './partial-policy.ts';
import type { Warning } from './warning.ts';

/** The fields of the contact view: plain values, objects with any names, and objects with the names given. */
const CONTACT_FIELDS: Readonly<Record<string, readonly string[] | 'plain' | 'any'>> = {
  instanceId: 'plain',
  contactId: 'plain',
  initialContactId: 'plain',
  previousContactId: 'plain',
  channel: 'plain',
  initiationMethod: 'plain',
  queue: ['id', 'arn', 'type'],
  tags: 'any',
  segmentAttributes: 'any',
  attributes: 'any',
  signals: 'plain',
  transfers: 'plain',
};

/**
 * All values of the fields with a fixed set of values. Connect adds initiation methods, so `initiationMethod`
 * is not one.
 */
const KNOWN_VALUES: Readonly<Record<string, readonly string[]>> = {
  channel: ['VOICE', 'CHAT', 'TASK', 'EMAIL'],
  'queue.type': ['STANDARD', 'AGENT'],
};

/** Warns of fields and values that no contact has: valid patterns that never match. */
export function patternWarnings({ name: policy, patterns }: PartialPolicy): Warning[] {
  return [
    ...distinctFields(patterns).flatMap(({ field: { name }, path }) =>
      isKnownField(name) ? [] : [{ code: 'unknown-field', policy, path, message: unknownFieldMessage(name) }],
    ),
    ...patterns.flatMap(({ pattern, path }) =>
      distinctFields([{ pattern, path }], ({ exactTexts = [] }) => exactTexts.join()).flatMap(({ field }) =>
        unknownValueMessages(field).map((message) => ({
          code: 'unknown-value',
          policy,
          path: [...path, ...field.keys],
          message,
        })),
      ),
    ),
  ];
}

/**
 * Returns each field of the patterns once, although `$or` multiplies fields and steps repeat them.
 *
 * @param distinction - tells apart fields of the same name that are each returned.
 */
function distinctFields(
  patterns: readonly LocatedPattern[],
  distinction: (field: Field) => string = () => '',
) {
  const fields = patterns.flatMap(({ pattern, path }) =>
    pattern.rules.flat().map((field) => ({ field, path })),
  );
  return [...new Map(fields.map((one) => [`${one.field.name} ${distinction(one.field)}`, one])).values()];
}

function isKnownField(name: string): boolean {
  const { below, rest } = splitFieldName(name);
  if (below === 'plain') return rest === '';
  return below === 'any' ? rest !== '' : (below?.includes(rest) ?? false);
}

function splitFieldName(name: string) {
  const [top = '', ...rest] = name.split('.');
  return {
    top,
    rest: rest.join('.'),
    below: Object.hasOwn(CONTACT_FIELDS, top) ? CONTACT_FIELDS[top] : undefined,
  };
}

function unknownFieldMessage(name: string): string {
  const { top, rest, below } = splitFieldName(name);
  const never = `No contact has the field ${JSON.stringify(name)}, so this never matches.`;
  if (below === 'plain') return `${never} ${top} has no fields below it: match ${top} itself.`;
  if (below === 'any') return `${never} Name a field below ${top}, such as "${top}: { tier: [gold] }".`;
  if (below !== undefined) {
    const suggestion = rest === '' ? undefined : closestMatch(rest, below);
    return `${never} The fields below ${top} are ${below.join(', ')}.${didYouMean(suggestion)}`;
  }
  const known = Object.keys(CONTACT_FIELDS);
  return (
    `${never} The fields are ${known.join(', ')}; the tags that a flow sets are below tags.` +
    didYouMean(closestMatch(top, known))
  );
}

/** A message for each text that is no value of the field; one message for operators that no value passes. */
function unknownValueMessages({ name, exactTexts, test, mayBeAbsent }: Field): string[] {
  const allowed = Object.hasOwn(KNOWN_VALUES, name) ? KNOWN_VALUES[name] : undefined;
  if (!allowed) return [];
  const expected = `expected one of ${allowed.join(', ')}.`;
  if (exactTexts) {
    return exactTexts
      .filter((text) => !allowed.includes(text))
      .map(
        (text) =>
          `${name} is never ${JSON.stringify(text)}, so this never matches; ${expected}` +
          didYouMean(suggestValue(text, allowed)),
      );
  }
  return mayBeAbsent || allowed.some((value) => test(value))
    ? []
    : [`No value of ${name} passes this test, so it never matches; ${expected}`];
}

/** Phone calls are VOICE contacts, which a comparison of names would not find. */
function suggestValue(text: string, allowed: readonly string[]): string | undefined {
  const upper = text.toUpperCase();
  const synonym = ['PHONE', 'CALL', 'TELEPHONE'].includes(upper) ? 'VOICE' : upper;
  return allowed.includes(synonym) ? synonym : closestMatch(upper, allowed);
}
