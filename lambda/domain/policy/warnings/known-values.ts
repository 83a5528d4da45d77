import { isObject } from '../../json.ts';
import { describeValue, didYouMean } from '../../validation/problem.ts';
import { closestMatch } from '../../validation/suggestion.ts';
import { compileEntry } from './entry.ts';
import { textsOf } from './pattern-texts.ts';

/** A field with a set of values. */
interface KnownValues {
  readonly values: readonly string[];
  /** The form of further values that Connect may have; absent: there are no others. */
  readonly others?: RegExp;
  /** Other words for the values, in capitals. */
  readonly synonyms?: Readonly<Record<string, string>>;
}

const IN_CAPITALS = /^[^a-z]*$/;

/** By field. Source: Amazon Connect administrator guide and API reference. */
const BY_FIELD: Readonly<Record<string, KnownValues>> = {
  channel: {
    values: ['VOICE', 'CHAT', 'TASK', 'EMAIL'],
    synonyms: {
      PHONE: 'VOICE',
      CALL: 'VOICE',
      TELEPHONE: 'VOICE',
      TELEPHONY: 'VOICE',
      TELEFON: 'VOICE',
      SMS: 'CHAT',
      WHATSAPP: 'CHAT',
      MESSAGING: 'CHAT',
    },
  },
  'queue.type': { values: ['STANDARD', 'AGENT'] },
  initiationMethod: {
    values: [
      'INBOUND',
      'OUTBOUND',
      'TRANSFER',
      'QUEUE_TRANSFER',
      'CALLBACK',
      'API',
      'DISCONNECT',
      'MONITOR',
      'EXTERNAL_OUTBOUND',
      'WEBRTC_API',
      'AGENT_REPLY',
      'FLOW',
      'CAMPAIGN_PREVIEW',
      'CALLBACK_CUSTOMER_FIRST_QUEUED',
      'CALLBACK_CUSTOMER_FIRST_DIALED',
    ],
    others: IN_CAPITALS,
  },
  'segmentAttributes.connect:Subtype': {
    values: ['Telephony', 'WebRTC', 'Chat', 'SMS', 'WhatsApp', 'Apple', 'Guide', 'Task', 'Email'].map(
      (subtype) => `connect:${subtype}`,
    ),
    others: /^connect:[A-Z]/,
    synonyms: { VOICE: 'connect:Telephony', PHONE: 'connect:Telephony', CALL: 'connect:Telephony' },
  },
  'segmentAttributes.connect:Direction': { values: ['INBOUND', 'OUTBOUND'], others: IN_CAPITALS },
  'segmentAttributes.connect:AssignmentType': { values: ['SELF'], others: IN_CAPITALS },
  'segmentAttributes.connect:ValidationTestType': { values: ['EXPERIENCE_VALIDATION'], others: IN_CAPITALS },
  'segmentAttributes.connect:CustomerAuthentication.Status': {
    values: ['AUTHENTICATED', 'FAILED', 'TIMEOUT'],
    others: IN_CAPITALS,
  },
  'segmentAttributes.connect:CustomerAuthentication.AuthenticationMethod': {
    values: ['CONNECT', 'CUSTOM'],
    others: IN_CAPITALS,
  },
};

const KNOWN_VALUES: ReadonlyMap<string, KnownValues> = new Map(Object.entries(BY_FIELD));

/**
 * What is odd about an entry of the list of a field with a set of values: it names none of them, or lets in none or all;
 * empty for any other entry, and for any other field.
 *
 * @param isOnly - whether it is the only entry of its list.
 */
export function unknownValueMessages(name: string, entry: unknown, isOnly: boolean): string[] {
  const known = KNOWN_VALUES.get(name);
  if (!known) return [];
  if (typeof entry === 'string') return ofText(name, entry, known, 'never matches');
  return isObject(entry) ? ofOperator(name, entry, known, isOnly) : [];
}

/** The values that a field has, for messages; undefined for a field with any values. */
export function expectedValues(name: string): string | undefined {
  const known = KNOWN_VALUES.get(name);
  return known && expectedOneOf(known);
}

/** Whether a text is one of the values of a field with a set of them. */
export function isKnownValue(name: string, text: string): boolean {
  return KNOWN_VALUES.get(name)?.values.includes(text) === true;
}

/** The value of the field that a text means; the text itself where that is not known. */
export function meantValue(name: string, text: string): string {
  const known = KNOWN_VALUES.get(name);
  return (known && suggestValue(text, known)) ?? text;
}

/** @param effect - what a text has that is no value of the field. */
function ofText(name: string, text: string, known: KnownValues, effect: string): string[] {
  const { values } = known;
  if (values.includes(text)) return [];
  const rest = `${expectedOneOf(known)}${didYouMean(suggestValue(text, known))}`;
  if (!isPossible(text, known))
    return [`${name} is never ${describeValue(text)}, so this ${effect}; ${rest}`];
  const unless = effect === 'never matches' ? '' : `, so this probably ${effect}`;
  return [`Connect documents no ${name} ${describeValue(text)}${unless}; ${rest}`];
}

function ofOperator(
  name: string,
  entry: Readonly<Record<string, unknown>>,
  known: KnownValues,
  isOnly: boolean,
): string[] {
  const excluded = entry['anything-but'];
  const texts = [excluded].flat().filter((one) => typeof one === 'string');
  const ofTexts = texts.flatMap((text) => ofText(name, text, known, 'excludes nothing'));
  // Each text that it excludes says what is odd about it.
  if (ofTexts.length > 0 || textsOf(entry).some(({ text }) => isPossible(text, known))) return ofTexts;
  const field = compileEntry(entry);
  const passes = (value: string) => field.mayBeAbsent || field.test(value);
  if (!known.values.some(passes)) {
    const which = isOnly ? 'this test' : describeValue(entry);
    return [`No value of ${name} passes ${which}, so it never matches; ${expectedOneOf(known)}`];
  }
  return isObject(excluded) && known.values.every(passes)
    ? [
        `Every value of ${name} passes ${describeValue(entry)}, so this excludes nothing; ${expectedOneOf(known)}`,
      ]
    : [];
}

function expectedOneOf({ values }: KnownValues): string {
  return `expected one of ${values.join(', ')}.`;
}

/** Whether a text may be a value that Connect does not document. */
function isPossible(text: string, { others }: KnownValues): boolean {
  return others?.test(text) === true;
}

/** Phone calls are VOICE contacts, which a comparison of names would not find. */
function suggestValue(text: string, { values, synonyms = {} }: KnownValues): string | undefined {
  const upper = text.toUpperCase().replaceAll(/[\s-]/g, '_');
  if (Object.hasOwn(synonyms, upper)) return synonyms[upper];
  const isPrefixed = values.every((value) => value.startsWith('connect:'));
  return closestMatch(isPrefixed && !/^connect\b/i.test(text) ? `connect:${text}` : text, values);
}
