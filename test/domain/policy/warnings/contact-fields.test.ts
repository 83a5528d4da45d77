import { describe, expect, test } from '@jest/globals';
import { patternWarnings } from './pattern-warnings.ts';

/** The pattern with a list of values for a field of the contact view, whose names have no dots. */
function matchOf(field: string, ...values: unknown[]): object {
  return field
    .split('.')
    .reverse()
    .reduce<unknown>((inner, key) => ({ [key]: inner }), values) as object;
}

const codes = (match: object) => patternWarnings(match).map((warning) => warning.split(' ')[0]);

const IDS = ['instanceId', 'contactId', 'initialContactId', 'previousContactId', 'queue.id'];
const TEXTS = [
  ...IDS,
  'queue.arn',
  'queue.name',
  'tags.tier',
  'attributes.tier',
  'signals',
  ...['BlockReasonHeader', 'CreatedByUser', 'EmailSubject', 'RedactedFields'].map(
    (name) => `segmentAttributes.connect:${name}`,
  ),
  ...['X-SES-SPAM-VERDICT', 'X-SES-VIRUS-VERDICT'].map((name) => `segmentAttributes.connect:${name}`),
  ...['IdentityProvider', 'ClientId', 'AssociatedCustomerId'].map(
    (name) => `segmentAttributes.connect:CustomerAuthentication.${name}`,
  ),
];
const KNOWN_TEXTS = [
  'channel',
  'initiationMethod',
  'queue.type',
  ...['Subtype', 'Direction', 'AssignmentType', 'ValidationTestType'].map(
    (name) => `segmentAttributes.connect:${name}`,
  ),
  ...['Status', 'AuthenticationMethod'].map(
    (name) => `segmentAttributes.connect:CustomerAuthentication.${name}`,
  ),
];
const NUMBERS = ['transfers', 'recentContacts', 'segmentAttributes.connect:ContactExpiry.ExpiryDuration'];
const ANY = [
  'segmentAttributes.loyalty',
  'segmentAttributes.connect:ContactExpiry.ExpiryTimeStamp',
  'segmentAttributes.connect:ScreenSharingDetails.ScreensharingActivated',
  'segmentAttributes.connect:NewAttribute',
];

test.each(['CustomerAuthentication', 'ContactExpiry', 'ScreenSharingDetails'])(
  'segmentAttributes.connect:%s is an object',
  (name) => {
    expect(patternWarnings(matchOf(`segmentAttributes.connect:${name}`, 'x'))).toEqual([
      expect.stringContaining('is an object, and no value'),
    ]);
  },
);

describe('a field that holds texts', () => {
  test.each(TEXTS)('%s is never a number, a truth value or null', (field) => {
    expect(patternWarnings(matchOf(field, 5))).toEqual([
      `value-type ${field}.0 | ${field} is always a text, and 5 without quotes is a number, so this never matches. Write "5" in quotes.`,
    ]);
    expect(patternWarnings(matchOf(field, true))).toEqual([
      expect.stringContaining('true without quotes is a truth value'),
    ]);
    expect(patternWarnings(matchOf(field, null))).toEqual([expect.stringContaining('is never null')]);
  });

  test.each(KNOWN_TEXTS)('%s is never a number or null, and has a set of values', (field) => {
    expect(patternWarnings(matchOf(field, 5))).toEqual([expect.stringContaining('expected one of')]);
    expect(patternWarnings(matchOf(field, null))).toEqual([expect.stringContaining('is never null')]);
  });

  test('what excludes numbers excludes nothing', () => {
    expect(patternWarnings(matchOf('tags.zip', { 'anything-but': [5, 70] }))).toEqual([
      'value-type tags.zip.0 | tags.zip is always a text, and 5, 70 without quotes is a number, so this excludes nothing. Write "5", "70" in quotes.',
    ]);
  });
});

describe('a field that holds whole numbers', () => {
  test.each(NUMBERS)('%s is never a text', (field) => {
    expect(patternWarnings(matchOf(field, '02'))).toEqual([
      expect.stringContaining('Write 2 without quotes.'),
    ]);
    for (const text of ['two', '1e3', '-1', '1.5', '1234567890']) {
      expect(patternWarnings(matchOf(field, text))).toEqual([
        expect.stringContaining(`"${text}" is a text, so this never matches. Write a number, such as 2.`),
      ]);
    }
  });

  test.each(NUMBERS)('%s: an exclusion of anything else excludes nothing', (field) => {
    expect(patternWarnings(matchOf(field, { 'anything-but': [1, 2.5, 3.5] }))).toEqual([
      expect.stringContaining('and 2.5 is none, so it excludes nothing. Write whole numbers without quotes.'),
    ]);
  });

  test.each(['recentContacts', 'segmentAttributes.connect:ContactExpiry.ExpiryDuration'])(
    '%s may be absent',
    (field) => {
      expect(patternWarnings(matchOf(field, { exists: false }))).toEqual([]);
      expect(patternWarnings(matchOf(field, null))).toEqual([
        expect.stringContaining('it is never null. Write { exists: false } where it is not known.'),
      ]);
    },
  );

  test('transfers are known of each contact', () => {
    expect(patternWarnings({ transfers: [{ exists: false }] })).toEqual([
      expect.stringContaining('it is known of each contact, so this never matches. Write 0.'),
    ]);
    expect(patternWarnings({ transfers: [null] })).toEqual([
      expect.stringContaining('it is never null. Write 0.'),
    ]);
  });

  test('recentContacts has a highest number', () => {
    expect(patternWarnings({ recentContacts: [32] })).toEqual([]);
    expect(codes({ recentContacts: [33] })).toEqual(['value-type']);
    expect(patternWarnings({ transfers: [33] })).toEqual([]);
  });

  test.each<[comparisons: unknown[], passes: boolean]>([
    [['>', -5, '<', -1], false],
    [['>', -5, '<=', 0], true],
    [['<', 0.5], true],
    [['>', 0, '<', 1], false],
    [['>', 0.5, '<', 1.5], true],
    [['>', 1.2, '<', 1.8], false],
    [['>=', 1.5, '<=', 2], true],
    [['>', 1, '<=', 2], true],
    [['=', 3], true],
    [['=', 3.5], false],
  ])('numeric %j lets in a whole number: %s', (comparisons, passes) => {
    expect(codes({ transfers: [{ numeric: comparisons }] })).toEqual(passes ? [] : ['value-type']);
  });
});

test.each(ANY)('%s holds values of any type, and never null', (field) => {
  expect(patternWarnings(matchOf(field, 5, true, 'x', { numeric: ['>', 5] }))).toEqual([]);
  expect(patternWarnings(matchOf(field, null))).toEqual([
    `value-type ${field}.0 | ${field} is never null, so this never matches. Write { exists: false } for the contacts without it, or "null" in quotes for the text.`,
  ]);
});

test.each(IDS)('%s is never an ARN', (field) => {
  expect(patternWarnings(matchOf(field, 'arn:aws:connect:x:1:instance/i/agent/abc'))).toEqual([
    `arn-or-id ${field}.0 | ${field} is an id, and this is an ARN. Write its last part, "abc"${field === 'queue.id' ? ', or match queue.arn' : ''}.`,
  ]);
});

test.each([...IDS, 'queue.name', 'signals'])('%s is never an empty text', (field) => {
  expect(patternWarnings(matchOf(field, ''))).toEqual([
    `value-type ${field}.0 | ${field} is never an empty text, so this never matches. Write the text that the contact has.`,
  ]);
});

test('an empty text may be excluded', () => {
  expect(patternWarnings({ queue: { name: [{ 'anything-but': '' }] } })).toEqual([]);
});

describe('a name that every object has', () => {
  test.each(['constructor', 'toString', 'valueOf', 'hasOwnProperty'])('%s', (name) => {
    expect(codes({ [name]: ['x'] })).toEqual(['unknown-field']);
    expect(codes({ [name]: { a: [null, null] } })).toEqual(['unknown-field']);
    expect(codes({ queue: { [name]: [null] } })).toEqual(['unknown-field']);
    expect(codes({ segmentAttributes: { 'connect:CustomerAuthentication': { [name]: [null] } } })).toEqual([
      'unknown-field',
    ]);
    expect(codes({ tags: { [name]: ['x'] }, segmentAttributes: { [name]: ['x'] } })).toEqual([]);
  });
});

test('of a field that no contact has the values do not matter', () => {
  expect(codes({ foo: [null, null] })).toEqual(['unknown-field']);
  expect(codes({ segmentAttributes: { 'connect:Subtype': { name: [5, 5] } } })).toEqual(['unknown-field']);
});
