import type { Field } from '../../pattern/pattern.ts';
import { didYouMean } from '../../validation/problem.ts';
import { closestMatch } from '../../validation/suggestion.ts';
import type { LocatedPattern, PartialPolicy } from './partial-policy.ts';
import type { Warning } from './warning.ts';

/** What a contact's view has: plain members, and objects with any names or with those given. */
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

/** All that some fields can be; Connect adds to the ways to begin a contact, so `initiationMethod` is open. */
const KNOWN_VALUES: Readonly<Record<string, readonly string[]>> = {
  channel: ['VOICE', 'CHAT', 'TASK', 'EMAIL'],
  'queue.type': ['STANDARD', 'AGENT'],
};

/** A pattern may ask for anything, but a field or a value that no contact has never holds. */
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

/** Each once, though `$or` multiplies them and steps repeat them. */
function distinctFields(patterns: readonly LocatedPattern[], apart: (field: Field) => string = () => '') {
  const fields = patterns.flatMap(({ pattern, path }) =>
    pattern.rules.flat().map((field) => ({ field, path })),
  );
  return [...new Map(fields.map((one) => [`${one.field.name} ${apart(one.field)}`, one])).values()];
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
  const never = `No contact has ${JSON.stringify(name)}, so this never holds.`;
  if (below === 'plain') return `${never} ${top} has no parts: ask for it itself.`;
  if (below === 'any') return `${never} ${top} has names below it, such as "${top}: { tier: [gold] }".`;
  if (below !== undefined) {
    return `${never} Below ${top} contacts have ${below.join(', ')}.${didYouMean(rest === '' ? undefined : closestMatch(rest, below))}`;
  }
  const known = Object.keys(CONTACT_FIELDS);
  return `${never} Contacts have ${known.join(', ')}; what a flow tags them with is below tags.${didYouMean(closestMatch(top, known))}`;
}

/** A sentence for each text that the field can never be; one for operators that leave nothing that it can be. */
function unknownValueMessages({ name, exactTexts, test, mayBeAbsent: absent }: Field): string[] {
  const allowed = Object.hasOwn(KNOWN_VALUES, name) ? KNOWN_VALUES[name] : undefined;
  if (!allowed) return [];
  const expected = `expected one of ${allowed.join(', ')}.`;
  if (exactTexts) {
    return exactTexts
      .filter((text) => !allowed.includes(text))
      .map(
        (text) =>
          `No contact has ${JSON.stringify(text)} as its ${name}, so this never holds; ${expected}${didYouMean(suggestValue(text, allowed))}`,
      );
  }
  return absent || allowed.some((value) => test(value))
    ? []
    : [`Nothing that ${name} can be fits this, so it never holds; ${expected}`];
}

/** A phone call is a VOICE contact, which no likeness of names would tell. */
function suggestValue(text: string, allowed: readonly string[]): string | undefined {
  const upper = text.toUpperCase();
  const synonym = ['PHONE', 'CALL', 'TELEPHONE'].includes(upper) ? 'VOICE' : upper;
  return allowed.includes(synonym) ? synonym : closestMatch(upper, allowed);
}
