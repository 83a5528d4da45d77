import { describe, expect, test } from '@jest/globals';
import { patternWarnings } from './pattern-warnings.ts';

const ofTag = (entry: unknown) =>
  patternWarnings({ tags: { tier: [entry] } }).map((warning) => warning.replace(' tags.tier.0 | ', ': '));
const ofSignal = (entry: unknown) =>
  patternWarnings({ signals: [entry] }).map((warning) => warning.replace(' signals.0 | ', ': '));

describe('a text that is no operator', () => {
  test.each<[text: string, what: string, instead: string]>([
    ['gold|silver', ', its separators included', 'Write ["gold", "silver"] for either of them.'],
    [
      'gold member | silver member',
      ', its separators included',
      'Write ["gold member", "silver member"] for either of them.',
    ],
    ['rule:a,b', ', its separators included', 'Write ["rule:a", "b"] for either of them.'],
    ['gold,', ', its separator included', 'Write "gold".'],
    ['!gold', ', its exclamation mark included', 'Write { anything-but: ["gold"] }.'],
    [
      '>= 5',
      ', its comparison included',
      'Only numbers can be compared, by { numeric: [">", 5] }: list the texts.',
    ],
    ['prefix: go', ', its operator included', 'Write { prefix: "go" }.'],
    ['anything-but', ', its operator included', 'Write { anything-but: "…" }.'],
    ['equals-ignore-case', ', its operator included', 'Write { equals-ignore-case: "…" }.'],
    ['not gold', ', its operator included', 'Write { anything-but: ["gold"] }.'],
    ['{ prefix: go }', ', its braces included', 'Write { prefix: go } without quotes around it.'],
    ['["gold"]', ', its brackets included', 'Write "gold".'],
    ['/gold/', ' and no regular expression', 'List the texts, or write { prefix: … } or { wildcard: … }.'],
    ['<tier>', ', and nothing is filled in here', 'Write the text that the contact has.'],
  ])('%s', (text, what, instead) => {
    expect(ofTag(text)).toEqual([
      `literal-operator: ${JSON.stringify(text)} is one plain text${what}. ${instead}`,
    ]);
  });

  test.each([
    'gold,,silver',
    '|gold',
    'gold, silver plus',
    'rule: angry',
    'Rule:angry',
    'rules: gold',
    'or',
    ',',
    '|',
  ])('%s is one', (text) => {
    expect(ofTag(text)).toEqual([]);
  });

  test('of a signal, the name of a rule may be anything', () => {
    expect(ofSignal('rule: angry')).toEqual([
      'literal-operator: "rule: angry" is one plain text, its space included. Write "rule:angry".',
    ]);
    expect(ofSignal('rule:a,b')).toEqual([]);
    expect(ofSignal('rule:not calm')).toEqual([]);
  });

  test('the prefix of rules alone is no signal, also where it is excluded', () => {
    expect(ofSignal({ 'anything-but': ['rule:'] })).toContainEqual(
      expect.stringContaining('The signal of a rule goes on with the name of the rule.'),
    );
  });
});

describe('an asterisk', () => {
  test.each<[entry: unknown, instead: string]>([
    ['gold*', 'Write { wildcard: "gold*" } for a wildcard.'],
    [{ 'equals-ignore-case': 'gold*' }, 'Write { wildcard: "gold*" } for a wildcard.'],
    [{ 'anything-but': 'gold*' }, 'Write { anything-but: { wildcard: "gold*" } } for a wildcard.'],
  ])('%j is one', (entry, instead) => {
    expect(ofTag(entry)).toEqual([
      `literal-wildcard: A plain text stands for itself alone, its asterisk included. ${instead}`,
    ]);
  });

  test.each<[entry: object, instead: string]>([
    [{ prefix: 'gold**' }, 'The asterisk is part of the prefix, which needs none. Write { prefix: "gold" }.'],
    [{ suffix: '**gold' }, 'The asterisk is part of the suffix, which needs none. Write { suffix: "gold" }.'],
    [{ prefix: '*' }, 'The asterisk is part of the prefix, which needs none. Write { wildcard: "*" }.'],
    [{ suffix: '*' }, 'The asterisk is part of the suffix, which needs none. Write { wildcard: "*" }.'],
    [
      { prefix: '*gold' },
      'The asterisk is part of the prefix, which needs none. Write { wildcard: "*gold" }.',
    ],
  ])('is part of the operand of %j', (entry, instead) => {
    expect(ofTag(entry)).toEqual([`literal-wildcard: ${instead}`]);
  });

  test('beside a value of the field is left out', () => {
    const ofChannel = (entry: unknown) => patternWarnings({ channel: [entry] });
    expect(ofChannel('voice*')).toEqual([expect.stringContaining('Write "VOICE".')]);
    expect(ofChannel({ prefix: 'VOICE*' })).toEqual([expect.stringContaining('Write { prefix: "VOICE" }.')]);
  });

  test('after a part of a value of the field means a wildcard', () => {
    for (const part of ['V*', 'one*', '*L'])
      expect(patternWarnings({ channel: [part] })).toEqual([
        expect.stringContaining(`Write { wildcard: ${JSON.stringify(part)} } for a wildcard.`),
      ]);
  });
});

describe('the operand of a prefix, a suffix or a wildcard', () => {
  test.each<[entry: object, warning: string]>([
    [
      { prefix: 'gold | silver' },
      'literal-operator: "gold | silver" is one text, its separators included. Write [{ prefix: "gold" }, { prefix: "silver" }].',
    ],
    [
      { prefix: '^gold$' },
      'literal-operator: "^gold$" is no regular expression: ^ stands for itself. Write { prefix: "gold" }.',
    ],
    [
      { wildcard: '^gold.*r' },
      'literal-operator: "^gold.*r" is no regular expression: ^ stands for itself. Write { wildcard: "gold*r" }.',
    ],
    [{ prefix: 'gold%' }, 'literal-wildcard: A percent sign stands for itself. Write { prefix: "gold" }.'],
    [
      { wildcard: 'gold%' },
      'literal-wildcard: A percent sign stands for itself. Write { wildcard: "gold*" }.',
    ],
    [
      { wildcard: 'g?ld*' },
      'literal-wildcard: A question mark stands for itself; only * stands for any text. Write * instead, or list the texts.',
    ],
  ])('%j', (entry, warning) => {
    expect(ofTag(entry)).toEqual([warning]);
  });

  test('an address is no list and no regular expression', () => {
    expect(ofTag({ cidr: '10.0.0.0/8' })).toEqual([]);
    expect(ofTag({ cidr: 'fe80::/10' })).toEqual([]);
  });
});

describe('a space at the end of a text', () => {
  test.each([
    'gold ',
    { 'anything-but': 'gold ' },
    { 'anything-but': ['gold '] },
    { 'equals-ignore-case': 'gold ' },
    { exactly: 'gold ' },
  ])('%j is unlikely', (entry) => {
    expect(ofTag(entry)).toEqual(['unlikely-text: "gold " has a space at its beginning or end. Remove it.']);
  });

  test.each([{ prefix: 'gold ' }, { suffix: ' gold' }, { wildcard: 'gold *' }])('%j is in order', (entry) => {
    expect(ofTag(entry)).toEqual([]);
  });
});
