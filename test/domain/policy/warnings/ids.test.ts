import { describe, expect, test } from '@jest/globals';
import { patternWarnings } from './pattern-warnings.ts';

const ID = 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee';
const INSTANCE = 'arn:aws:connect:eu-central-1:123456789012:instance/i';

/** The messages about an entry, each of which has the code arn-or-id. */
function advice(key: 'id' | 'arn' | 'name', entry: unknown): string[] {
  const place = `arn-or-id queue.${key}.0 | `;
  return patternWarnings({ queue: { [key]: [entry] } }).map((warning) => {
    expect(warning.startsWith(place)).toBe(true);
    return warning.slice(place.length);
  });
}

describe('the ARN of a queue', () => {
  test.each<unknown>([
    `${INSTANCE}/queue/${ID}`,
    `${INSTANCE}/queue/agent/${ID}`,
    { 'anything-but': `${INSTANCE}/queue/${ID}` },
    { 'equals-ignore-case': `${INSTANCE}/queue/${ID}`.toUpperCase().replace('/QUEUE/', '/queue/') },
    { prefix: 'ar' },
    { prefix: 'arn:' },
    { prefix: 'arn:aws:connect' },
    { prefix: `${INSTANCE}/queue/Bil` },
    { suffix: `/queue/${ID}` },
    { suffix: '-eeeeeeeeeeee' },
    { wildcard: 'arn:*/queue/*' },
    { wildcard: '*/queue/x' },
  ])('may be %j', (entry) => {
    expect(advice('arn', entry)).toEqual([]);
  });

  test.each<[entry: unknown, found: string]>([
    ['abc', 'abc'],
    ['/queue/', '/queue/'],
    [`x${INSTANCE}/arn:`, `x${INSTANCE}/arn:`],
    [{ prefix: 'queue/' }, 'queue/'],
    [{ prefix: 'rn:' }, 'rn:'],
    [{ prefix: 'arx' }, 'arx'],
    [{ wildcard: 'queue/*' }, 'queue/*'],
    [{ wildcard: '/queue/* arn:' }, '/queue/* arn:'],
    [{ 'equals-ignore-case': 'BILLING' }, 'BILLING'],
    [{ 'equals-ignore-case': 'BILLING:ARN:' }, 'BILLING:ARN:'],
  ])('is never %j', (entry, found) => {
    expect(advice('arn', entry)).toEqual([
      `queue.arn is an ARN, and ${JSON.stringify(found)} is none. Match queue.id if it is the id of a queue.`,
    ]);
  });

  test('has its ids in lower case, unless letters do not matter', () => {
    const upper = `${INSTANCE}/queue/${ID.toUpperCase()}`;
    expect(advice('arn', upper)).toEqual([
      `No queue.arn is written like this. Write "${INSTANCE}/queue/${ID}".`,
    ]);
    expect(advice('arn', { 'equals-ignore-case': upper })).toEqual([]);
  });

  test('ends with an id', () => {
    const name =
      '"Billing" looks like the name of a queue. Its ARN ends with its id. Match queue.name for the name.';
    expect(advice('arn', `${INSTANCE}/queue/Billing`)).toEqual([name]);
    expect(advice('arn', { suffix: '/queue/Billing' })).toEqual([name]);
    expect(advice('arn', INSTANCE)).toEqual([
      `queue.arn is the ARN of a queue, and "${INSTANCE}" is none: it has no /queue/ before an id.`,
    ]);
  });
});

describe('an id', () => {
  test.each<unknown>([ID, 'support', { 'equals-ignore-case': ID.toUpperCase() }, { prefix: 'aaaa-' }])(
    'may be %j',
    (entry) => {
      expect(advice('id', entry)).toEqual([]);
    },
  );

  test.each<[entry: unknown, message: string]>([
    [ID.toUpperCase(), `Connect writes ids in lower case. Write "${ID}".`],
    [
      'Billing',
      'queue.id is an id, and "Billing" looks like a name. Write the id, which is the last part of the ARN, or match queue.name.',
    ],
    ['agent/abc', 'This is a part of an ARN. Write "abc".'],
    [
      { prefix: 'agent/' },
      'queue.id is an id in lower case without spaces, slashes and colons, so no part of it is "agent/". Write a part of the id, or match queue.arn.',
    ],
  ])('%j', (entry, message) => {
    expect(advice('id', entry)).toEqual([message]);
  });

  test('of another thing than a queue has no other field', () => {
    expect(patternWarnings({ contactId: ['Billing'] })).toEqual([
      'arn-or-id contactId.0 | contactId is an id, and "Billing" looks like a name. Write the id, which is the last part of the ARN.',
    ]);
    expect(patternWarnings({ contactId: [{ suffix: '/a' }] })).toEqual([
      'arn-or-id contactId.0 | contactId is an id in lower case without spaces, slashes and colons, so no part of it is "/a". Write a part of the id.',
    ]);
  });

  test('is not filled in', () => {
    for (const key of ['id', 'name', 'arn'])
      expect(patternWarnings({ queue: { [key]: ['<queue>'] } })).toEqual([
        key === 'arn'
          ? expect.stringContaining('queue.arn is an ARN, and "<queue>" is none.')
          : expect.stringContaining('"<queue>" is one plain text, and nothing is filled in here.'),
      ]);
  });

  test('what explains a text most is said alone', () => {
    const codes = (text: string) =>
      patternWarnings({ queue: { id: [text] } }).map((warning) => warning.split(' ')[0]);
    expect(codes('Billing*')).toEqual(['literal-wildcard']);
    expect(codes('abc ')).toEqual(['unlikely-text']);
  });
});

describe('the name of a queue', () => {
  test.each(['Billing', 'arnold', 'aaaaaaaa-bbbb'])('may be %s', (name) => {
    expect(advice('name', name)).toEqual([]);
  });

  test.each([
    [INSTANCE, `queue.name is the name of a queue, and "${INSTANCE}" is an ARN. Match queue.arn instead.`],
    [ID, `queue.name is the name of a queue, and "${ID}" is an id. Match queue.id instead.`],
  ])('is never %s', (name, message) => {
    expect(advice('name', name)).toEqual([message]);
  });
});
