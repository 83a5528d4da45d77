import { describe, expect, test } from '@jest/globals';
import { patternWarnings } from './pattern-warnings.ts';

const SEGMENT = 'segmentAttributes.';

/** The pattern with one entry in the list of a field. */
function matchOf(field: string, entry: unknown): object {
  return field.startsWith(SEGMENT)
    ? { segmentAttributes: { [field.slice(SEGMENT.length)]: [entry] } }
    : { [field]: [entry] };
}

/** With a value that Connect may have without documenting it: it has the form of the others. */
const FIELDS: readonly [field: string, values: readonly string[], possible?: string][] = [
  ['channel', ['VOICE', 'CHAT', 'TASK', 'EMAIL']],
  ['queue.type', ['STANDARD', 'AGENT']],
  [
    'initiationMethod',
    [
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
    'TELEPATHY',
  ],
  [
    'segmentAttributes.connect:Subtype',
    [
      'connect:Telephony',
      'connect:WebRTC',
      'connect:Chat',
      'connect:SMS',
      'connect:WhatsApp',
      'connect:Apple',
      'connect:Guide',
      'connect:Task',
      'connect:Email',
    ],
    'connect:Appointments',
  ],
  ['segmentAttributes.connect:Direction', ['INBOUND', 'OUTBOUND'], 'SIDEWAYS'],
  ['segmentAttributes.connect:AssignmentType', ['SELF'], 'OTHERS'],
  ['segmentAttributes.connect:ValidationTestType', ['EXPERIENCE_VALIDATION'], 'LOAD'],
  [
    'segmentAttributes.connect:CustomerAuthentication.Status',
    ['AUTHENTICATED', 'FAILED', 'TIMEOUT'],
    'PENDING',
  ],
  ['segmentAttributes.connect:CustomerAuthentication.AuthenticationMethod', ['CONNECT', 'CUSTOM'], 'LDAP'],
];

describe.each(FIELDS)('the values of %s', (field, values) => {
  const expected = `expected one of ${values.join(', ')}.`;

  test.each(values)('%s is in order', (value) => {
    expect(patternWarnings(matchOf(field, value))).toEqual([]);
  });

  test('a text of another form is never one, and the warning lists the values', () => {
    expect(patternWarnings(matchOf(field, 'zzzzzzz'))).toEqual([
      `unknown-value ${field}.0 | ${field} is never "zzzzzzz", so this never matches; ${expected}`,
    ]);
    expect(patternWarnings(matchOf(field, { 'anything-but': 'zzzzzzz' }))).toEqual([
      `unknown-value ${field}.0 | ${field} is never "zzzzzzz", so this excludes nothing; ${expected}`,
    ]);
  });

  test('a number is never one', () => {
    expect(patternWarnings(matchOf(field, 5))).toEqual([
      `value-type ${field}.0 | ${field} is never 5, so this never matches; ${expected}`,
    ]);
  });
});

test.each(
  FIELDS.flatMap(([field, values, possible]) =>
    possible === undefined ? [] : [[field, values, possible] as const],
  ),
)('%s: a value that Connect may have without documenting it is named as such', (field, values, possible) => {
  const rest = `Connect documents no ${field} "${possible}"`;
  const expected = `expected one of ${values.join(', ')}.`;
  expect(patternWarnings(matchOf(field, possible))).toEqual([
    `unknown-value ${field}.0 | ${rest}; ${expected}`,
  ]);
  expect(patternWarnings(matchOf(field, { 'anything-but': [possible] }))).toEqual([
    `unknown-value ${field}.0 | ${rest}, so this probably excludes nothing; ${expected}`,
  ]);
});

describe('the advice names the value that a word means', () => {
  test.each<[field: string, words: readonly string[], value: string]>([
    ['channel', ['phone', 'call', 'Telephone', 'telephony', 'Telefon', 'voice', 'Voice'], 'VOICE'],
    ['channel', ['sms', 'WhatsApp', 'messaging', 'chat', 'chats'], 'CHAT'],
    ['channel', ['e-mail', 'Email', 'emails'], 'EMAIL'],
    ['initiationMethod', ['queue-transfer', 'Queue Transfer', 'QUEUE_TRANFER'], 'QUEUE_TRANSFER'],
    ['queue.type', ['standard', 'Standart'], 'STANDARD'],
    ['segmentAttributes.connect:Subtype', ['voice', 'phone', 'Call', 'telephony'], 'connect:Telephony'],
    ['segmentAttributes.connect:Subtype', ['chat', 'connect:chat', 'CONNECT:CHAT'], 'connect:Chat'],
  ])('%s: %j', (field, words, value) => {
    for (const word of words) {
      expect(patternWarnings(matchOf(field, word))).toEqual([
        expect.stringMatching(new RegExp(`^unknown-value .* Did you mean "${value}"\\?$`)),
      ]);
    }
  });
});

describe('an operator on a field with a set of values', () => {
  test.each<[match: object, warnings: string[]]>([
    [
      { channel: ['VOICE', { prefix: 'Ch' }] },
      [
        'unknown-value channel.1 | No value of channel passes {"prefix":"Ch"}, so it never matches; expected one of VOICE, CHAT, TASK, EMAIL.',
      ],
    ],
    [
      { channel: [{ 'anything-but': { prefix: 'v' } }] },
      [
        'unknown-value channel.0 | Every value of channel passes {"anything-but":{"prefix":"v"}}, so this excludes nothing; expected one of VOICE, CHAT, TASK, EMAIL.',
      ],
    ],
    [{ channel: [{ exists: false }] }, []],
    [{ channel: [{ exists: true }] }, []],
    // Connect may have values that it does not document.
    [{ initiationMethod: [{ prefix: 'TELE' }] }, []],
    [{ initiationMethod: [{ 'anything-but': { prefix: ['TELE', 'tele'] } }] }, []],
  ])('%j', (match, expected) => {
    expect(patternWarnings(match)).toEqual(expected);
  });
});
