import { describe, expect, test } from '@jest/globals';
import { policyWarnings } from '../../../../lambda/domain/policy/warnings/index.ts';
import { DEFAULT_SETTINGS } from '../../../../lambda/domain/settings.ts';
import { policy } from '../../../support/contacts.ts';

const ARN = 'arn:aws:connect:eu-central-1:123456789012:instance/i/queue/aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee';

/** The warnings about a pattern, as `code path | message`. */
function warnings(match: object): string[] {
  return policyWarnings(
    [policy('a', { match, steps: [{ after: '0s', set: { age: '1m' } }] })],
    DEFAULT_SETTINGS,
  ).map(({ code, path, message }) => `${code} ${path.slice(1).join('.')} | ${message}`);
}

describe('a value that its field never has', () => {
  test.each([
    [{ tags: { zip: [1234] } }, 'value-type tags.zip.0', 'Write "1234" in quotes.'],
    [{ tags: { vip: [true] } }, 'value-type tags.vip.0', 'Write "true" in quotes.'],
    [{ attributes: { vip: [null] } }, 'value-type attributes.vip.0', '{ exists: false }'],
    [
      { segmentAttributes: { loyalty: [3, null] } },
      'value-type segmentAttributes.loyalty.1',
      '{ exists: false }',
    ],
    [{ signals: [1] }, 'value-type signals.0', 'Write "1"'],
    [{ queue: { id: [7] } }, 'value-type queue.id.0', 'Write "7"'],
    [{ tags: { age: [{ numeric: ['>', 5] }] } }, 'value-type tags.age.0', 'a segment attribute'],
    [{ tags: { zip: [{ 'anything-but': [5] }] } }, 'value-type tags.zip.0', 'excludes nothing'],
    [{ transfers: ['2'] }, 'value-type transfers.0', 'Write 2 without quotes.'],
    [{ transfers: [{ prefix: '2' }] }, 'value-type transfers.0', 'numeric'],
    [{ transfers: [{ 'anything-but': '2' }] }, 'value-type transfers.0', 'excludes nothing'],
    [{ transfers: [true] }, 'value-type transfers.0', 'a whole number'],
    [{ transfers: [null] }, 'value-type transfers.0', 'Write 0.'],
    [{ recentContacts: ['2'] }, 'value-type recentContacts.0', 'Write 2 without quotes.'],
    [{ recentContacts: [null] }, 'value-type recentContacts.0', '{ exists: false }'],
    [{ transfers: [1.5] }, 'value-type transfers.0', 'a whole number'],
    [{ transfers: [-1] }, 'value-type transfers.0', 'a whole number'],
    [{ tags: { tier: ['gold*'] } }, 'literal-wildcard tags.tier.0', '{ wildcard: "gold*" }'],
    [
      { tags: { tier: [{ 'anything-but': ['g*'] }] } },
      'literal-wildcard tags.tier.0',
      '{ anything-but: { wildcard: "g*" } }',
    ],
    [{ tags: { tier: [{ prefix: 'gold*' }] } }, 'literal-wildcard tags.tier.0', '{ prefix: "gold" }'],
    [{ tags: { tier: [{ suffix: '*gold' }] } }, 'literal-wildcard tags.tier.0', '{ suffix: "gold" }'],
    [{ tags: { tier: [{ prefix: 'a*b' }] } }, 'literal-wildcard tags.tier.0', '{ wildcard: "a*b" }'],
    [
      { tags: { tier: [{ 'anything-but': { prefix: 'gold*' } }] } },
      'literal-wildcard tags.tier.0',
      '{ prefix: "gold" }',
    ],
    [
      { tags: { tier: [{ 'equals-ignore-case': 'g*' }] } },
      'literal-wildcard tags.tier.0',
      '{ wildcard: "g*" }',
    ],
    [{ tags: { tier: [{ wildcard: 'g?ld' }] } }, 'literal-wildcard tags.tier.0', 'question mark'],
    [{ tags: { tier: ['%gold%'] } }, 'literal-wildcard tags.tier.0', '{ wildcard: "*gold*" }'],
    [{ tags: { tier: ['gold|silver'] } }, 'literal-operator tags.tier.0', '["gold", "silver"]'],
    [
      { attributes: { tier: ['gold, platinum'] } },
      'literal-operator attributes.tier.0',
      '["gold", "platinum"]',
    ],
    [
      { tags: { tier: [{ prefix: 'gold|silver' }] } },
      'literal-operator tags.tier.0',
      'Write [{ prefix: "gold" }, { prefix: "silver" }].',
    ],
    [
      { tags: { tier: [{ wildcard: 'gold*|silver*' }] } },
      'literal-operator tags.tier.0',
      'Write [{ wildcard: "gold*" }, { wildcard: "silver*" }].',
    ],
    [
      { tags: { tier: [{ 'anything-but': { prefix: 'gold|silver' } }] } },
      'literal-operator tags.tier.0',
      'Write { anything-but: { prefix: ["gold", "silver"] } }.',
    ],
    [{ tags: { tier: [{ prefix: '^gold' }] } }, 'literal-operator tags.tier.0', '{ prefix: "gold" }'],
    [{ tags: { tier: [{ wildcard: '^go.*d$' }] } }, 'literal-operator tags.tier.0', '{ wildcard: "go*d" }'],
    [{ tags: { tier: [{ prefix: 'gold%' }] } }, 'literal-wildcard tags.tier.0', '{ prefix: "gold" }'],
    [{ tags: { tier: [{ suffix: '%gold' }] } }, 'literal-wildcard tags.tier.0', '{ suffix: "gold" }'],
    [{ tags: { tier: [{ wildcard: '%gold%' }] } }, 'literal-wildcard tags.tier.0', '{ wildcard: "*gold*" }'],
    [{ signals: ['busy, angry'] }, 'literal-operator signals.0', 'Write ["busy", "angry"] for either'],
    [{ signals: ['busy or angry'] }, 'literal-operator signals.0', 'Write ["busy", "angry"] for either'],
    [
      { signals: ['not busy'] },
      'literal-operator signals.0',
      'let a policy of lower precedence number govern',
    ],
    [{ signals: ['!busy'] }, 'literal-operator signals.0', 'let a policy of lower precedence number govern'],
    [{ signals: [''] }, 'value-type signals.0', 'signals is never an empty text'],
    [{ queue: { name: [''] } }, 'value-type queue.name.0', 'queue.name is never an empty text'],
    [{ queue: { id: [''] } }, 'value-type queue.id.0', 'queue.id is never an empty text'],
    [{ queue: { name: [ARN] } }, 'arn-or-id queue.name.0', 'is an ARN. Match queue.arn instead.'],
    [{ queue: { name: [{ prefix: 'arn:aws:' }] } }, 'arn-or-id queue.name.0', 'Match queue.arn instead.'],
    [
      { queue: { name: ['aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee'] } },
      'arn-or-id queue.name.0',
      'is an id. Match queue.id instead.',
    ],
    [{ recentContacts: [33] }, 'value-type recentContacts.0', 'a whole number from 0 to 32, and 33 is none'],
    [
      { recentContacts: [{ numeric: ['>', 32] }] },
      'value-type recentContacts.0',
      'a whole number from 0 to 32, and none passes [">",32]',
    ],
    [{ recentContacts: [{ 'anything-but': [50] }] }, 'value-type recentContacts.0', 'it excludes nothing'],
    [{ tags: { tier: ['gold;silver'] } }, 'literal-operator tags.tier.0', '["gold", "silver"]'],
    [{ tags: { tier: ['gold || silver'] } }, 'literal-operator tags.tier.0', '["gold", "silver"]'],
    [{ tags: { tier: ['gold or silver'] } }, 'literal-operator tags.tier.0', '["gold", "silver"]'],
    [{ tags: { tier: ['not gold'] } }, 'literal-operator tags.tier.0', '{ anything-but: ["gold"] }'],
    [{ tags: { tier: ['anything-but'] } }, 'literal-operator tags.tier.0', '{ anything-but: "…" }'],
    [{ tags: { tier: ['[gold]'] } }, 'literal-operator tags.tier.0', 'its brackets included. Write "gold".'],
    [{ tags: { tier: ['{ prefix: go }'] } }, 'literal-operator tags.tier.0', 'Write { prefix: go } without'],
    [{ tags: { tier: ['“silver”'] } }, 'unlikely-text tags.tier.0', 'straight quotes alone: "silver".'],
    [
      { tags: { tier: ['<tier>'] } },
      'literal-operator tags.tier.0',
      '"<tier>" is one plain text, and nothing is filled in here. Write the text',
    ],
    [
      { tags: { tier: ['/go/'] } },
      'literal-operator tags.tier.0',
      '"/go/" is one plain text and no regular expression. List',
    ],
    [{ tags: { tier: ['gold,'] } }, 'literal-operator tags.tier.0', 'Write "gold".'],
    [{ segmentAttributes: { a: ['!gold'] } }, 'literal-operator segmentAttributes.a.0', '["gold"]'],
    [{ tags: { tier: ['/gold/i'] } }, 'literal-operator tags.tier.0', 'regular expression'],
    [{ tags: { tier: ['^gold$'] } }, 'literal-operator tags.tier.0', 'regular expression'],
    [{ attributes: { value: ['>= 5'] } }, 'literal-operator attributes.value.0', '{ numeric: [">", 5] }'],
    [{ tags: { tier: ['prefix: go'] } }, 'literal-operator tags.tier.0', '{ prefix: "go" }'],
    [{ tags: { tier: [`\${tier}`] } }, 'literal-operator tags.tier.0', 'nothing is filled in'],
    [{ tags: { tier: ['{tags.other}'] } }, 'literal-operator tags.tier.0', 'nothing is filled in'],
    [{ tags: { tier: ['$.Attributes.tier'] } }, 'literal-operator tags.tier.0', 'nothing is filled in'],
    [{ signals: ['rule: angry customer'] }, 'literal-operator signals.0', 'Write "rule:angry customer".'],
    [{ signals: ['Rule : angry'] }, 'literal-operator signals.0', 'Write "rule:angry".'],
    [{ signals: ['rule:a|rule:b'] }, 'literal-operator signals.0', '["rule:a", "rule:b"]'],
    [{ queue: { id: ['Basic Queue'] } }, 'arn-or-id queue.id.0', 'looks like a name'],
    [{ queue: { id: ['Billing'] } }, 'arn-or-id queue.id.0', 'looks like a name'],
    [{ initiationMethod: [{ prefix: 'queue' }] }, 'unknown-value initiationMethod.0', 'No value'],
    [{ initiationMethod: [{ suffix: 'transfer' }] }, 'unknown-value initiationMethod.0', 'No value'],
    [
      { segmentAttributes: { 'connect:Subtype': { ValueString: ['connect:SMS'] } } },
      'unknown-field segmentAttributes.connect:Subtype.ValueString',
      'Write "connect:Subtype": [...] without ValueString.',
    ],
    [{ tags: { tier: ['gоld'] } }, 'unlikely-text tags.tier.0', 'another alphabet'],
    [{ tags: { tier: ['ｇold'] } }, 'unlikely-text tags.tier.0', 'another alphabet'],
    [{ tags: { tier: ['gold\u2011plus'] } }, 'unlikely-text tags.tier.0', 'hyphen'],
    [{ tags: { tier: ['gold\n'] } }, 'unlikely-text tags.tier.0', '"|-"'],
    [{ tags: { tier: ['gold '] } }, 'unlikely-text tags.tier.0', 'at its beginning or end'],
    [{ tags: { tier: ['go\u00a0ld'] } }, 'unlikely-text tags.tier.0', '"go\\u00a0ld" has a space'],
    [{ tags: { tier: ['gold\u200b'] } }, 'unlikely-text tags.tier.0', '"gold\\u200b" has a character'],
    [{ tags: { tier: ['“gold”'] } }, 'unlikely-text tags.tier.0', 'quotes that are part of the text'],
    [{ tags: { tier: ['Mu\u0308ller'] } }, 'unlikely-text tags.tier.0', 'separate accents'],
    [{ tags: { tier: ['M\uFFFDller'] } }, 'unlikely-text tags.tier.0', 'UTF-8'],
    [{ tags: { tier: [{ prefix: 'go\u200bld' }] } }, 'unlikely-text tags.tier.0', 'nobody can see'],
    [{ tags: { 'tier ': ['gold'] } }, 'unlikely-text tags.tier ', 'The name "tier "'],
    [
      { queue: { id: [ARN] } },
      'arn-or-id queue.id.0',
      '"aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee", or match queue.arn',
    ],
    [{ queue: { id: [{ 'anything-but': [ARN] }] } }, 'arn-or-id queue.id.0', 'match queue.arn'],
    [
      { instanceId: ['arn:aws:connect:x:1:instance/abc'] },
      'arn-or-id instanceId.0',
      'Write its last part, "abc".',
    ],
    [{ queue: { id: ['AAAAAAAA-bbbb-cccc-dddd-eeeeeeeeeeee'] } }, 'arn-or-id queue.id.0', 'lower case'],
    [{ queue: { id: ['agent/abc'] } }, 'arn-or-id queue.id.0', 'Write "abc".'],
    [
      { queue: { arn: ['arn:aws::connect:x:1:instance/abc/queue/q'] } },
      'arn-or-id queue.arn.0',
      'Write "arn:aws:connect:x:1:instance/abc/queue/q".',
    ],
    [{ queue: { arn: ['abc'] } }, 'arn-or-id queue.arn.0', 'Match queue.id'],
    [{ initiationMethod: ['inbound'] }, 'unknown-value initiationMethod.0', 'Did you mean "INBOUND"?'],
    [{ initiationMethod: ['CALLBAK'] }, 'unknown-value initiationMethod.0', 'Did you mean "CALLBACK"?'],
    [{ initiationMethod: ['FAX'] }, 'unknown-value initiationMethod.0', 'Connect documents no'],
    [
      { initiationMethod: [{ 'anything-but': ['inbound'] }] },
      'unknown-value initiationMethod.0',
      'excludes nothing',
    ],
    [{ channel: [{ 'anything-but': ['Voice'] }] }, 'unknown-value channel.0', 'Did you mean "VOICE"?'],
    [{ tags: { tier: ['gold', 'gold'] } }, 'repeated-value tags.tier.1', 'twice'],
    [
      { tags: { tier: { 'anything-but': ['gold'] } } },
      'operator-outside-list tags.tier.anything-but',
      '"tier": [{"anything-but": ["gold"]}]',
    ],
    [
      { tags: { tier: { not: ['gold'] } } },
      'operator-outside-list tags.tier.not',
      '"tier": [{"anything-but": ["gold"]}]',
    ],
    [
      { tags: { tier: { startsWith: ['go'] } } },
      'operator-outside-list tags.tier.startsWith',
      '"tier": [{"prefix": "go"}]',
    ],
    [
      { channel: { 'anything-but': ['VOICE'] } },
      'operator-outside-list channel.anything-but',
      '"channel": [{"anything-but": ["VOICE"]}]',
    ],
    [
      { queue: { id: { prefix: ['a'] } } },
      'operator-outside-list queue.id.prefix',
      '"id": [{"prefix": "a"}]',
    ],
    [{ tags: { 'anything-but': ['gold'] } }, 'operator-outside-list tags.anything-but', 'outside a list'],
    [
      { segmentAttributes: { loyalty: { numeric: ['>', 3] } } },
      'operator-outside-list segmentAttributes.loyalty.numeric',
      'outside a list',
    ],
    [{ tags: { tier: { level: ['gold'] } } }, 'unknown-field tags.tier.level', 'tags.tier is a text'],
  ])('%j', (match, place, message) => {
    const found = warnings(match);
    expect(found.map((warning) => warning.split(' | ')[0])).toContain(place);
    expect(found.join('\n')).toContain(message);
  });

  test('the warning names what was written', () => {
    const written = (_policy: string, path: readonly unknown[]) => (path.at(-1) === 0 ? '007' : '0x1F');
    const source = { tags: { code: [7] }, segmentAttributes: { loyalty: [1, 31] } };
    const match = policy('a', { match: source, steps: [{ after: '0s', set: { age: '1m' } }] });
    expect(policyWarnings([match], DEFAULT_SETTINGS, { written }).map(({ message }) => message)).toEqual([
      expect.stringContaining('007 is read as the number 1'),
      expect.stringContaining('0x1F is read as the number 31'),
      expect.stringContaining('Write "007" in quotes'),
    ]);
  });
});

const UPPER = 'AAAAAAAA-BBBB-CCCC-DDDD-EEEEEEEEEEEE';

describe('an operator with a text or number that its field never has', () => {
  test.each([
    [{ transfers: [{ numeric: ['<', 0] }] }, 'value-type transfers.0', 'so this never matches'],
    [{ transfers: [{ numeric: ['=', 1.5] }] }, 'value-type transfers.0', 'so this never matches'],
    [{ transfers: [{ numeric: ['>', 1, '<', 2] }] }, 'value-type transfers.0', 'so this never matches'],
    [{ transfers: [{ exists: false }] }, 'value-type transfers.0', 'Write 0.'],
    [{ transfers: [{ 'anything-but': [1, 1.5] }] }, 'value-type transfers.0', 'excludes nothing'],
    [{ transfers: [{ 'anything-but': { prefix: '1' } }] }, 'value-type transfers.0', 'excludes nothing'],
    [{ channel: ['VOICE', { prefix: 'Ch' }] }, 'unknown-value channel.1', 'No value of channel passes'],
    [{ channel: [{ prefix: 'V' }, 'Chat'] }, 'unknown-value channel.1', 'Did you mean "CHAT"?'],
    [{ channel: [{ 'anything-but': { prefix: 'v' } }] }, 'unknown-value channel.0', 'excludes nothing'],
    [
      { initiationMethod: [{ 'anything-but': 'OUTBOND' }] },
      'unknown-value initiationMethod.0',
      '"OUTBOUND"?',
    ],
    [
      { initiationMethod: [{ 'anything-but': { suffix: 'bound' } }] },
      'unknown-value initiationMethod.0',
      'nothing',
    ],
    [{ queue: { id: [{ prefix: 'agent/' }] } }, 'arn-or-id queue.id.0', 'match queue.arn'],
    [{ queue: { id: [{ wildcard: '*:queue/*' }] } }, 'arn-or-id queue.id.0', 'match queue.arn'],
    [{ queue: { id: [{ 'anything-but': { prefix: 'arn:' } }] } }, 'arn-or-id queue.id.0', 'no part of it'],
    [{ queue: { id: [{ prefix: 'Bill' }] } }, 'arn-or-id queue.id.0', 'in lower case'],
    [{ queue: { id: [{ 'equals-ignore-case': 'Billing' }] } }, 'arn-or-id queue.id.0', 'like a name'],
    [{ queue: { id: ['aaaa*'] } }, 'literal-wildcard queue.id.0', '{ wildcard: "aaaa*" }'],
    [{ queue: { id: ['aaaa,bbbb'] } }, 'literal-operator queue.id.0', '["aaaa", "bbbb"]'],
    [{ queue: { arn: [`${ARN.slice(0, -4)}*`] } }, 'literal-wildcard queue.arn.0', '{ wildcard:'],
    [{ queue: { arn: [{ prefix: 'arn:aws::connect' }] } }, 'arn-or-id queue.arn.0', '"arn:aws:connect"'],
    [{ queue: { arn: [{ suffix: UPPER }] } }, 'arn-or-id queue.arn.0', UPPER.toLowerCase()],
    [{ queue: { arn: [{ suffix: '/queue/Billing' }] } }, 'arn-or-id queue.arn.0', 'the name of a queue'],
    [{ queue: { arn: [{ 'equals-ignore-case': 'billing' }] } }, 'arn-or-id queue.arn.0', 'is none'],
    [{ queue: { arn: [ARN.replace(/\/queue.*/, '')] } }, 'arn-or-id queue.arn.0', 'no /queue/'],
    [{ queue: { arn: [ARN.replace(/[^/]*$/, 'Billing')] } }, 'arn-or-id queue.arn.0', 'the name of a queue'],
  ])('%j', (match, place, message) => {
    const found = warnings(match);
    expect(found.map((warning) => warning.split(' | ')[0])).toEqual([place]);
    expect(found[0]).toContain(message);
  });
});

describe('a text that another program wrote otherwise', () => {
  test.each([
    ['MÃ¼nchen', '"München"'],
    ['donâ€™t', '"don’t"'],
    ['MÃœNCHEN', '"MÜNCHEN"'],
    ['M&uuml;nchen', 'HTML'],
    ['R&amp;D', 'HTML'],
    ['M\\u00fcnchen', 'double quotes'],
    ['gold%20member', 'an address'],
  ])('%s', (text, message) => {
    expect(warnings({ tags: { city: [text] } })).toEqual([
      expect.stringMatching(/^unlikely-text tags\.city\.0/),
    ]);
    expect(warnings({ tags: { city: [text] } })[0]).toContain(message);
  });

  test('a list in quotes', () => {
    expect(warnings({ tags: { tier: ['[gold, "silver"]'] } })).toEqual([
      expect.stringContaining('Write ["gold", "silver"]'),
    ]);
  });
});

describe('a pattern that matches more than it looks', () => {
  test.each([
    [
      { tags: { a: [{ 'anything-but': 'b' }, { 'anything-but': ['c'] }] } },
      'tags.a',
      '{ anything-but: ["b", "c"] }',
    ],
    [{ tags: { a: [{ 'anything-but': { prefix: 'b' } }, { 'anything-but': 'c' }] } }, 'tags.a', 'Write one'],
    [{ tags: { a: ['b', { 'anything-but': ['b', 'c'] }] } }, 'tags.a', '"b" lets in'],
    [{ tags: { a: [{ exists: true }, 'b'] } }, 'tags.a', 'the others have no effect'],
    [{ transfers: [{ numeric: ['>', 0] }, { numeric: ['<=', 5] }] }, 'transfers', '[">", 0, "<", 5]'],
    [{ signals: [{ 'anything-but': ['angry'] }] }, 'signals', 'One signal that is not excluded is enough'],
    [
      { channel: ['VOICE'], $or: [{ channel: ['CHAT'] }, { tags: { a: ['b'] } }] },
      '$or.0.channel',
      '["CHAT"] counts',
    ],
    [{ tags: { a: ['b'] }, 'tags.a': ['c'] }, 'tags.a', '["b"] has no effect'],
  ])('%j', (match, path, message) => {
    const found = warnings(match);
    expect(found.map((warning) => warning.split(' | ')[0])).toEqual([`wider-match ${path}`]);
    expect(found[0]).toContain(message);
  });
});

describe('no warning', () => {
  test.each([
    {
      tags: { tier: ['gold', { prefix: 'plat ' }, { wildcard: 'si*er' }, { exactly: '*' }], prefix: ['+49'] },
    },
    {
      tags: {
        a: [
          '1,000',
          '50%',
          '10 %',
          'a, b or c d',
          'R&D',
          'yes/no',
          '/home',
          '!',
          '->',
          '$5',
          'AT&T: sales',
          'µg',
        ],
        b: ['Müller-Lüdenscheid', 'золото', 'χρυσός', 'ＶＩＰ', 'prefixes: no', { wildcard: 'Who? *' }],
      },
      signals: ['rule:Angry, and loud', 'rule:a; b'],
      segmentAttributes: { value: [{ exists: false }], map: { values: ['a'] } },
      previousContactId: [{ exists: false }],
    },
    { tags: { name: ["O'Brien", 'don’t', 'Müller', '👩‍👩‍👧', '日本 語'] } },
    {
      segmentAttributes: {
        loyalty: [3, true, { numeric: ['>', 2] }, 'x'],
        'connect:Auth': { Status: ['A'] },
      },
    },
    { transfers: [0, 2, { numeric: ['>=', 3] }, { 'anything-but': [1] }] },
    { transfers: [{ exists: true }] },
    { transfers: [1_000] },
    { recentContacts: [{ numeric: ['>=', 32] }, 0] },
    { signals: ['angry, loud customer', 'rule:not calm', 'rule:a, b', 'rule:!x', { prefix: 'rule:a, b' }] },
    { tags: { a: [{ prefix: 'gold|' }, { suffix: '5 %' }, { prefix: '50%' }, { wildcard: '*5%' }, ''] } },
    { queue: { name: ['Billing', { prefix: 'ar' }] } },
    { recentContacts: [{ numeric: ['>=', 2] }, { exists: false }] },
    { transfers: [{ numeric: ['>', 1, '<=', 2] }, { numeric: ['<', 1] }] },
    { initiationMethod: ['INBOUND', 'WEBRTC_API', { prefix: 'CALLBACK' }, { 'anything-but': ['MONITOR'] }] },
    { queue: { id: ['aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee', 'support'], arn: [ARN, { suffix: '/x' }] } },
    { queue: { arn: [{ prefix: 'arn:aws:connect' }, { wildcard: '*/queue/*' }, { prefix: 'ar' }] } },
    {
      queue: { id: [{ prefix: 'aaaa-' }, { 'equals-ignore-case': 'AAAAAAAA-BBBB-CCCC-DDDD-EEEEEEEEEEEE' }] },
    },
    { channel: [{ 'anything-but': { prefix: 'V' } }], tags: { a: ['Ã', 'Â', 'naïve', 'C:\\users'] } },
    { tags: { a: ['gold', { 'anything-but': ['silver'] }] }, signals: [{ exists: false }, 'a'] },
    { attributes: { a: [{ exists: false }, { 'equals-ignore-case': 'GOLD' }, { cidr: '10.0.0.0/8' }] } },
    { $or: [{ tags: { tier: ['gold'] } }, { tags: { tier: ['gold'], level: ['1'] } }] },
  ])('%j', (match) => {
    expect(warnings(match)).toEqual([]);
  });
});

describe('segment attributes that Connect defines', () => {
  const SUBTYPE = 'connect:Subtype';

  test.each<[attributes: object, warnings: string[]]>([
    [
      { 'connect:subtype': ['connect:SMS'] },
      [
        'unknown-field connect:subtype | No contact has the segment attribute "connect:subtype". Write "connect:Subtype".',
      ],
    ],
    [
      { 'Connect:Subtype': ['connect:SMS'] },
      [
        'unknown-field Connect:Subtype | No contact has the segment attribute "Connect:Subtype". Write "connect:Subtype".',
      ],
    ],
    [
      { 'connect:Sub-Type': ['connect:SMS'] },
      [
        'unknown-field connect:Sub-Type | No contact has the segment attribute "connect:Sub-Type". Write "connect:Subtype".',
      ],
    ],
    [
      { connect: { Direction: ['INBOUND'] } },
      [
        'unknown-field connect.Direction | No contact has the segment attribute "connect.Direction". Write "connect:Direction".',
      ],
    ],
    [
      { 'connect:EmailSubjet': ['Hello'] },
      [
        'unknown-field connect:EmailSubjet | No contact has the segment attribute "connect:EmailSubjet". Write "connect:EmailSubject".',
      ],
    ],
    [
      { Subtype: ['connect:SMS'] },
      [
        'unknown-field Subtype | Connect\'s own segment attribute is "connect:Subtype", and only a flow could set one named "Subtype". Write "connect:Subtype".',
      ],
    ],
    [
      { x_ses_spam_verdict: ['FAILED'] },
      [
        'unknown-field x_ses_spam_verdict | Connect\'s own segment attribute is "connect:X-SES-SPAM-VERDICT", and only a flow could set one named "x_ses_spam_verdict". Write "connect:X-SES-SPAM-VERDICT".',
      ],
    ],
    [
      { 'connect:CustomerAuthentication': ['AUTHENTICATED'] },
      [
        'unknown-field connect:CustomerAuthentication | connect:CustomerAuthentication is an object, and no value. Write "connect:CustomerAuthentication": { Status: ["AUTHENTICATED"] }.',
      ],
    ],
    [
      { 'connect:ContactExpiry': [{ exists: true }] },
      [
        'unknown-field connect:ContactExpiry | connect:ContactExpiry is an object, and no value. Write "connect:ContactExpiry": { ExpiryDuration: [{"exists":true}] }.',
      ],
    ],
    [
      { 'connect:ScreenSharingDetails': [{ exists: true }] },
      [
        'unknown-field connect:ScreenSharingDetails | connect:ScreenSharingDetails is an object, and no value. Write "connect:ScreenSharingDetails": { ScreensharingActivated: [{"exists":true}] }.',
      ],
    ],
    [
      { 'connect:CustomerAuthentication': { status: ['AUTHENTICATED'] } },
      [
        'unknown-field connect:CustomerAuthentication.status | connect:CustomerAuthentication has no member "status"; its members are Status, AuthenticationMethod, IdentityProvider, ClientId, AssociatedCustomerId. Did you mean "Status"?',
      ],
    ],
    [
      { [SUBTYPE]: { name: ['connect:SMS'] } },
      [
        'unknown-field connect:Subtype.name | connect:Subtype is a text, and has no members. Write "connect:Subtype" itself.',
      ],
    ],
    [
      { 'connect:CustomerAuthentication': { Status: ['authenticated'] } },
      [
        'unknown-value connect:CustomerAuthentication.Status.0 | segmentAttributes.connect:CustomerAuthentication.Status is never "authenticated", so this never matches; expected one of AUTHENTICATED, FAILED, TIMEOUT. Did you mean "AUTHENTICATED"?',
      ],
    ],
    [
      { 'connect:Direction': [{ 'anything-but': ['Outbound'] }] },
      [
        'unknown-value connect:Direction.0 | segmentAttributes.connect:Direction is never "Outbound", so this excludes nothing; expected one of INBOUND, OUTBOUND. Did you mean "OUTBOUND"?',
      ],
    ],
    ...(['SMS', 'sms', 'connect:sms', 'Connect:SMS'].map((subtype) => [
      { [SUBTYPE]: [subtype] },
      [
        `unknown-value connect:Subtype.0 | segmentAttributes.connect:Subtype is never "${subtype}", so this never matches; expected one of connect:Telephony, connect:WebRTC, connect:Chat, connect:SMS, connect:WhatsApp, connect:Apple, connect:Guide, connect:Task, connect:Email. Did you mean "connect:SMS"?`,
      ],
    ]) as [object, string[]][]),
    [
      { [SUBTYPE]: [1] },
      [
        'value-type connect:Subtype.0 | segmentAttributes.connect:Subtype is never 1, so this never matches; expected one of connect:Telephony, connect:WebRTC, connect:Chat, connect:SMS, connect:WhatsApp, connect:Apple, connect:Guide, connect:Task, connect:Email.',
      ],
    ],
    [
      { 'connect:EmailSubject': [{ numeric: ['>', 5] }] },
      [
        'value-type connect:EmailSubject.0 | segmentAttributes.connect:EmailSubject is always a text, and numeric compares numbers, so this never matches. Write the texts themselves or prefix, or have the flow set a segment attribute, which keeps its type.',
      ],
    ],
    [
      { 'connect:ContactExpiry': { ExpiryDuration: ['60'] } },
      [
        'value-type connect:ContactExpiry.ExpiryDuration.0 | segmentAttributes.connect:ContactExpiry.ExpiryDuration is always a whole number from 0, and "60" is a text, so this never matches. Write 60 without quotes.',
      ],
    ],
    [{ [SUBTYPE]: ['connect:SMS'], 'connect:Direction': ['INBOUND'] }, []],
    [{ [SUBTYPE]: [{ prefix: 'connect:' }, { 'equals-ignore-case': 'CONNECT:sms' }] }, []],
    [{ 'connect:CustomerAuthentication': { Status: ['AUTHENTICATED'], ClientId: ['x'] } }, []],
    [{ 'connect:ContactExpiry': { ExpiryDuration: [{ numeric: ['<', 60] }] } }, []],
    // Connect may add names, and flows set others.
    [{ 'connect:Loyalty': ['x'], loyalty: [3], businessUnit: ['tax'], status: ['open'] }, []],
  ])('%j', (segmentAttributes, expected) => {
    const found = warnings({ segmentAttributes }).map((one) => one.replace(' segmentAttributes.', ' '));
    expect(found).toEqual(expected);
  });
});

describe('signals of rules', () => {
  test.each<[signal: unknown, found: string, instead: string]>([
    ['Rule:angry', 'Rule:angry', 'rule:angry'],
    ['RULE:Angry customer', 'RULE:Angry customer', 'rule:Angry customer'],
    ['rules:x', 'rules:x', 'rule:x'],
    [{ prefix: 'Rule:' }, 'Rule:', 'rule:'],
    [{ wildcard: 'Rule:*' }, 'Rule:*', 'rule:*'],
    [{ 'anything-but': ['Rule:x', 'rule:y'] }, 'Rule:x', 'rule:x'],
    [{ 'anything-but': { prefix: 'Rule:' } }, 'Rule:', 'rule:'],
  ])('%j begins with another prefix', (signal, found, instead) => {
    expect(warnings({ signals: [signal] }).filter((one) => !one.startsWith('wider-match'))).toEqual([
      `unknown-value signals.0 | The signal of a rule begins with "rule:", which "${found}" does not. Write "${instead}".`,
    ]);
  });

  test('a prefix alone is no signal', () => {
    expect(warnings({ signals: ['rule:'] })).toEqual([
      'unknown-value signals.0 | The signal of a rule goes on with the name of the rule. Write { prefix: "rule:" } for those of all rules.',
    ]);
  });

  test.each([
    'rule:Angry',
    'rule:Rule:x',
    'ruler',
    'rule-x',
    { 'equals-ignore-case': 'Rule:x' },
    { suffix: 'Rule:x' },
    { prefix: 'rule:' },
  ])('%j is in order', (signal) => {
    expect(warnings({ signals: [signal] })).toEqual([]);
  });
});

describe('one advice for one entry, which leads to no other', () => {
  test.each<[match: object, warning: string]>([
    [
      { channel: ['!VOICE'] },
      'literal-operator channel.0 | "!VOICE" is one plain text, its exclamation mark included. Write { anything-but: ["VOICE"] }.',
    ],
    [
      { channel: ['!voice'] },
      'literal-operator channel.0 | "!voice" is one plain text, its exclamation mark included. Write { anything-but: ["VOICE"] }.',
    ],
    [
      { channel: ['voice, chat'] },
      'literal-operator channel.0 | "voice, chat" is one plain text, its separators included. Write ["VOICE", "CHAT"] for either of them.',
    ],
    [
      { channel: ['voice*'] },
      'literal-wildcard channel.0 | A plain text stands for itself alone, its asterisk included. Write "VOICE".',
    ],
    [
      { initiationMethod: ['not inbound'] },
      'literal-operator initiationMethod.0 | "not inbound" is one plain text, its operator included. Write { anything-but: ["INBOUND"] }.',
    ],
    [
      { channel: ['VOICE '] },
      'unlikely-text channel.0 | "VOICE " has a space at its beginning or end. Remove it.',
    ],
    [
      { channel: [5] },
      'value-type channel.0 | channel is never 5, so this never matches; expected one of VOICE, CHAT, TASK, EMAIL.',
    ],
    [
      { channel: [{ numeric: ['>', 5] }] },
      'value-type channel.0 | channel is always a text, so this never matches; expected one of VOICE, CHAT, TASK, EMAIL.',
    ],
    [
      { channel: [{ 'anything-but': ['voice'] }] },
      'unknown-value channel.0 | channel is never "voice", so this excludes nothing; expected one of VOICE, CHAT, TASK, EMAIL. Did you mean "VOICE"?',
    ],
  ])('%j', (match, warning) => {
    expect(warnings(match)).toEqual([warning]);
  });
});

test('a policy that names the load of a queue is referred to a condition', () => {
  expect(warnings({ waiting: [{ numeric: ['>', 50] }] })).toEqual([
    'unknown-field waiting | No contact has the field "waiting", so this never matches. The load of a queue is what a condition is about: write one, and match its signal.',
  ]);
});
