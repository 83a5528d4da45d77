import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { ConfigurationState } from '../../../cli/plan/configuration-state.ts';
import {
  conditionChanges,
  newConditionSentences,
  newDocumentSentences,
} from '../../../cli/plan/document-words.ts';
import { orderChanges } from '../../../cli/plan/evaluation-order.ts';
import { describeParameter } from '../../../cli/plan/parameter-changes.ts';
import { newPolicySentences, policyChanges } from '../../../cli/plan/policy-changes.ts';
import { valueChanges } from '../../../cli/plan/value-changes.ts';
import { parameterName } from '../../../cli/sources/source.ts';
import { formatExpected } from '../../../cli/wording/pattern-words.ts';
import { parseCalendar } from '../../../lambda/domain/calendar/parse.ts';
import { parsePolicy } from '../../../lambda/domain/policy/parse.ts';
import type { Policy } from '../../../lambda/domain/policy/policy.ts';
import { DEFAULT_SETTINGS } from '../../../lambda/domain/settings.ts';
import { readDocument } from '../../../lambda/domain/validation/document.ts';
import { policy } from '../../support/contacts.ts';

const ROOT = join(import.meta.dirname, '../../..');

const described = (source: object) => ({ policy: policy('gold', source), source });

const step = (after: string, priority: number, others: object = {}) => ({
  after,
  set: { priority },
  ...others,
});
const TWO = [step('0s', 3), step('2m', 1)];
const ROUTE = ['Language:English >= 3 for 30s', 'Language:English >= 1'];

describe('what changes in a policy', () => {
  test.each<[name: string, before: object, after: object, sentences: string[]]>([
    [
      'a step comes sooner',
      { steps: TWO },
      { steps: [step('0s', 3), step('1m', 1)] },
      ['step 2 at 1m, was 2m'],
    ],
    [
      'a step with after becomes one with by',
      { steps: TWO },
      { steps: [step('0s', 3), { by: '3m', set: { priority: 1 } }] },
      ['step 2 by 3m, was at 2m'],
    ],
    [
      'a step sets something else',
      { steps: TWO },
      { steps: [step('0s', 4), step('2m', 1)] },
      ['step 1 at 0s sets priority 4, was priority 3'],
    ],
    [
      'a step is added in front, and the others stay',
      { steps: [step('2m', 1)] },
      { steps: TWO },
      [
        'step 1 is added: at 0s sets priority 3',
        'calls for a contact that waits through all steps: 2, was 1',
      ],
    ],
    [
      'a step is removed',
      { steps: TWO },
      { steps: [step('0s', 3)] },
      [
        'a step is removed: at 2m sets priority 1',
        'calls for a contact that waits through all steps: 1, was 2',
      ],
    ],
    [
      'a step gets a condition',
      { steps: TWO },
      { steps: [step('0s', 3), step('2m', 1, { when: { signals: ['angry'] } })] },
      ['step 2 at 2m only when signals is angry'],
    ],
    [
      'a route, in the short form or as Connect takes it',
      { steps: [{ after: '1m', set: { route: ROUTE } }] },
      { steps: [{ after: '1m', set: { route: ['Language:English >= 2'] } }] },
      [
        'step 1 at 1m sets route Language:English >= 2, was route Language:English >= 3 for 30s, then Language:English >= 1',
      ],
    ],
    [
      'a ramp',
      { steps: [{ from: '1m', every: '30s', ramp: { priority: { from: 4, to: 1 } } }] },
      { steps: [{ from: '60s', every: '1m', ramp: { priority: { from: 4, to: 1 } } }] },
      ['step 1 from 1m every 1m, was from 1m every 30s'],
    ],
    [
      'fields, with their defaults',
      { steps: TWO },
      { rollout: 20, mode: 'observe', target: '3m', clock: 'initiated', steps: TWO },
      [
        'rollout 20, was 100',
        'mode observe, was enforce',
        'target is added: 3m',
        'clock initiated, was enqueued',
        'calls for a contact that waits through all steps: 0, was 2',
      ],
    ],
    [
      'a match: narrower in one field, wider in another, without a third',
      { match: { channel: ['VOICE'], tags: { tier: ['gold'] } }, steps: TWO },
      { match: { tags: { tier: ['gold', 'platinum'] }, signals: [{ prefix: 'vip' }] }, steps: TWO },
      [
        'match: no longer only contacts of which channel is VOICE',
        'match: tags.tier is gold or platinum (before: is gold)',
        'match: only contacts of which signals begins with vip',
      ],
    ],
  ])('%s', (_name, before, after, sentences) => {
    expect(policyChanges(described(before), described(after))).toEqual(sentences);
  });

  test.each<[name: string, before: object, after: object]>([
    ['durations in other notations', { steps: TWO }, { steps: [step('0s', 3), step('PT120S', 1)] }],
    [
      'defaults written out',
      { steps: TWO },
      { precedence: 100, mode: 'enforce', allowLower: false, steps: TWO },
    ],
    [
      'criteria in the long form',
      { steps: [{ after: '1m', set: { route: ['Language:English >= 2'] } }] },
      {
        steps: [
          {
            after: '1m',
            set: {
              routingCriteria: {
                Steps: [
                  {
                    Expression: {
                      AttributeCondition: {
                        Name: 'Language',
                        Value: 'English',
                        ComparisonOperator: 'NumberGreaterOrEqualTo',
                        ProficiencyLevel: 2,
                      },
                    },
                  },
                ],
              },
            },
          },
        ],
      },
    ],
  ])('nothing changes by %s', (_name, before, after) => {
    expect(policyChanges(described(before), described(after))).toEqual([]);
  });

  test('a new policy is described whole', () => {
    const source = {
      precedence: 10,
      match: { $or: [{ channel: ['VOICE'] }, { tags: { tier: ['gold'] } }] },
      target: '90s',
      steps: TWO,
    };
    expect(newPolicySentences(described(source))).toEqual([
      'governs contacts of which one of these holds: (channel is VOICE) or (tags.tier is gold), with the precedence 10',
      'target 90s',
      'step 1 at 0s sets priority 3',
      'step 2 at 2m sets priority 1',
    ]);
  });
});

/** The document with another value in one place, for each place and each of some values. */
function variantsOf(document: unknown): unknown[] {
  if (Array.isArray(document)) {
    return [
      ...document.map((_, index) => document.toSpliced(index, 1)),
      ...document.flatMap((item, index) => variantsOf(item).map((other) => document.with(index, other))),
    ];
  }
  if (typeof document !== 'object' || document === null) {
    return [1, 2, 'VOICE', 'observe', '7m', 'stops', true].filter((other) => other !== document);
  }
  const entries = Object.entries(document);
  return entries.flatMap(([key, value]) => [
    Object.fromEntries(entries.filter(([other]) => other !== key)),
    ...variantsOf(value).map((other) => ({ ...document, [key]: other })),
  ]);
}

/** What a policy does, whatever its text looks like. */
const effectOf = (source: unknown) => {
  const { policy: parsed } = parsePolicy('gold', JSON.stringify(source));
  return parsed && JSON.stringify({ ...parsed, description: '', accept: '' });
};

test('whatever is changed in an example policy is described if it changes what the policy does', () => {
  let described = 0;
  for (const file of globSync('policies/*.yaml', { cwd: ROOT })) {
    const source = readDocument(readFileSync(join(ROOT, file), 'utf8')).value;
    const before = { policy: policy('gold', source as object), source };
    for (const variant of variantsOf(source)) {
      const effect = effectOf(variant);
      if (effect === undefined || effect === effectOf(source)) continue;
      described += 1;
      const sentences = policyChanges(before, { policy: policy('gold', variant as object), source: variant });
      expect([file, variant, sentences.length > 0]).toEqual([file, variant, true]);
    }
  }
  expect(described).toBeGreaterThan(100);
});

describe('what changes in other documents', () => {
  test.each<[before: unknown, after: unknown, sentences: string[]]>([
    [{ routingLag: '60s' }, { routingLag: '1m' }, []],
    [{ routingLag: '60s' }, { routingLag: '30s' }, ['routingLag 30s, was 60s']],
    [{ events: ['missed', 'left'] }, { events: ['left', 'missed'] }, []],
    [
      { except: ['2026-12-24', '2026-12-25'] },
      { except: ['2026-12-25', '2026-12-31'] },
      ['except gains 2026-12-31 and loses 2026-12-24'],
    ],
    [
      {},
      {
        when: { waiting: [{ numeric: ['>', 50] }] },
        agents: { a: ['x', 'y'], b: ['z'] },
        d: { e: { f: 1 } },
      },
      ['when is added: waiting is more than 50', 'agents is added: a x, y; b z', 'd is added: e (f 1)'],
    ],
    [
      { when: { waiting: [{ numeric: ['>', 50] }] } },
      { when: { waiting: [{ numeric: ['>', 60] }] } },
      ['when.waiting is more than 60, was more than 50'],
    ],
    [{ horizon: '30m' }, { horizon: { default: '30m' } }, ['horizon default 30m, was 30m']],
    [
      { horizon: { default: '30m' } },
      { horizon: { default: '30m', EMAIL: '3d' } },
      ['horizon.EMAIL is added: 3d'],
    ],
    [{ pause: true }, {}, ['pause is removed (was true)']],
    [{}, JSON.parse('{"__proto__":{"a":1}}'), ['__proto__ is added: a 1']],
    [
      { agents: { seniors: ['ann'] } },
      { agents: { seniors: ['ann'], others: ['ben', 'cleo'] } },
      ['agents.others is added: ben, cleo'],
    ],
    [{}, { agents: { a: ['ann', 'ben'], b: ['cleo'] } }, ['agents is added: a ann, ben; b cleo']],
    [{ horizon: { default: '30m', EMAIL: '3d' } }, {}, ['horizon is removed (was default 30m, EMAIL 3d)']],
  ])('%j becomes %j', (before, after, sentences) => {
    expect(valueChanges('', before, after)).toEqual(sentences);
  });
});

describe('what calendars and conditions say', () => {
  test('of a policy, the clock and the hours', () => {
    const clock = { from: 'enqueued', in: 'office-hours' };
    const during = { timezone: 'Europe/Berlin', hours: ['Mon-Fri 08:00-18:00'], except: ['2026-12-25'] };
    const calendars = new Map([
      ['office-hours', parseCalendar({ timezone: 'UTC', hours: ['Mon-Fri 08:00-18:00'] }, []).calendar],
    ]);
    const of = (source: object) => ({
      policy: parsePolicy('p', JSON.stringify(source), undefined, calendars).policy as Policy,
      source,
    });
    const [plain, timed] = [of({ steps: TWO }), of({ steps: TWO, clock, during })];
    expect(newPolicySentences(timed)).toEqual(
      expect.arrayContaining([
        'clock from enqueued, in office-hours',
        'during timezone Europe/Berlin; hours "Mon-Fri 08:00-18:00"; except 2026-12-25',
      ]),
    );
    expect(policyChanges(plain, timed)).toContain('clock from enqueued, in office-hours, was enqueued');
  });

  test('of a new calendar, its hours', () => {
    expect(
      newDocumentSentences({
        description: 'x',
        timezone: 'UTC',
        hours: ['Mon 08:00-09:00', 'Tue 08:00-09:00'],
      }),
    ).toEqual(['timezone UTC', 'hours "Mon 08:00-09:00", "Tue 08:00-09:00"']);
  });

  const BUSY = { when: { waiting: [{ numeric: ['>', 50] }] }, until: { waiting: [{ numeric: ['<', 30] }] } };

  test.each([
    [
      { ...BUSY, description: 'x', queues: ['Billing', 'Claims'], channel: 'VOICE' },
      [
        'in the queues Billing, Claims',
        'counts VOICE alone',
        'begins when waiting is more than 50',
        'ends when waiting is less than 30',
      ],
    ],
    [
      { when: BUSY.when },
      [
        'in every queue in which contacts wait',
        'begins when waiting is more than 50',
        'ends as soon as that no longer holds',
      ],
    ],
  ])('of the new condition %j, where and when it holds', (source, sentences) => {
    expect(newConditionSentences(source)).toEqual(sentences);
  });

  test.each([
    [BUSY, { ...BUSY, until: { waiting: [{ numeric: ['<', 30] }] } }, []],
    [
      BUSY,
      { ...BUSY, when: { waiting: [{ numeric: ['>', 60] }] } },
      ['begins when waiting is more than 60 (before: waiting is more than 50)'],
    ],
    [
      BUSY,
      { when: BUSY.when },
      ['ends as soon as that no longer holds (before: when waiting is less than 30)'],
    ],
    [BUSY, { ...BUSY, queues: ['Billing'] }, ['queues is added: Billing']],
    [{ ...BUSY, channel: 'CHAT' }, { ...BUSY, channel: 'VOICE' }, ['channel VOICE, was CHAT']],
  ])('of the condition %j that becomes %j', (before, after, sentences) => {
    expect(conditionChanges(before, after)).toEqual(sentences);
  });
});

describe('what a push does with a parameter that is no policy', () => {
  const HOURS = { timezone: 'UTC', hours: ['Mon 08:00-09:00'] };
  const BUSY = { when: { waiting: [{ numeric: ['>', 5] }] } };

  test.each<
    [
      kind: 'condition' | 'calendar' | 'settings',
      before: object | undefined,
      after: object | undefined,
      sentence: string,
    ]
  >([
    ['condition', undefined, BUSY, 'begins when waiting is more than 5'],
    ['condition', BUSY, { ...BUSY, channel: 'CHAT' }, 'channel is added: CHAT'],
    ['condition', BUSY, undefined, 'no queue has its signal any more, unless it is sent'],
    [
      'condition',
      BUSY,
      { ...BUSY },
      'only its text changes (comments, order, notation): it does what it did',
    ],
    ['calendar', undefined, HOURS, 'timezone UTC'],
    ['calendar', HOURS, { ...HOURS, except: ['2026-12-25'] }, 'except is added: 2026-12-25'],
    ['settings', undefined, { horizon: { default: '30m', CHAT: '5m' } }, 'horizon default 30m, CHAT 5m'],
    ['settings', { updateRate: 10 }, { updateRate: 5 }, 'updateRate 5, was 10'],
  ])('%s: %j becomes %j', (kind, before, after, sentence) => {
    const source = { kind, name: kind === 'settings' ? 'settings' : 'one' };
    const state = (content: object | undefined): ConfigurationState => ({
      policies: [],
      settings: DEFAULT_SETTINGS,
      contents: new Map(content ? [[parameterName(source), content]] : []),
    });
    const action = !before ? 'create' : after ? 'change' : 'delete';
    const { sentences } = describeParameter({ source, action }, state(before), state(after));
    expect(sentences).toContain(sentence);
  });
});

describe('the order of evaluation', () => {
  const named = (names: Record<string, number>) =>
    Object.entries(names).map(([name, precedence]) => policy(name, { precedence, steps: TWO }));

  test('a policy that overtakes others, and a new one', () => {
    expect(orderChanges(named({ a: 1, b: 2, c: 3 }), named({ a: 1, c: 1.5, b: 2, n: 0 }))).toEqual([
      'n comes before a, c, b: contacts that it lets in are no longer theirs',
      'c now comes before b: contacts that it lets in are no longer theirs',
    ]);
  });

  test.each<[name: string, match: object, other: object, isNamed: boolean]>([
    ['another channel', { channel: ['CHAT'] }, { channel: ['VOICE'] }, false],
    ['the same channel among others', { channel: ['CHAT', 'VOICE'] }, { channel: ['VOICE'] }, true],
    ['another tag', { tags: { tier: ['gold'] } }, { tags: { language: ['es'] } }, true],
    ['an operator', { tags: { tier: [{ prefix: 'g' }] } }, { tags: { tier: ['silver'] } }, true],
    ['another signal: a contact may have both', { signals: ['a'] }, { signals: ['b'] }, true],
    [
      'one of several branches',
      { $or: [{ channel: ['CHAT'] }, { tags: { tier: ['gold'] } }] },
      { channel: ['VOICE'] },
      true,
    ],
  ])('a new policy before one that matches %s', (_name, match, other, isNamed) => {
    const old = policy('old', { precedence: 2, match: other, steps: TWO });
    const fresh = policy('fresh', { precedence: 1, match, steps: TWO });
    expect(orderChanges([old], [old, fresh])).toHaveLength(isNamed ? 1 : 0);
  });

  test('a new last policy and one that is deleted change nothing for the others', () => {
    expect(orderChanges(named({ a: 1, b: 2 }), named({ b: 2, z: 9 }))).toEqual([]);
  });
});

describe('what a pattern expects', () => {
  test.each<[expected: unknown[], text: string]>([
    [['VOICE'], 'is VOICE'],
    [['gold', 'two words'], 'is gold or "two words"'],
    [[{ prefix: 'private-' }], 'begins with private-'],
    [[{ prefix: { 'equals-ignore-case': 'vip' } }], 'begins with vip, in any case'],
    [['a', { exists: false }], 'is a, or is absent'],
    [[{ 'anything-but': ['a', 'b'] }], 'is not a or b'],
    [[{ 'anything-but': { prefix: ['x', 'y'] } }], 'is not one that begins with x or y'],
    [[{ numeric: ['>', 5, '<=', 10] }], 'is more than 5 and at most 10'],
    [[{ wildcard: 'a*b' }], 'is like "a*b"'],
    [[{ cidr: '10.0.0.0/8' }], 'is an address in 10.0.0.0/8'],
    [[null, 3], 'is null or 3'],
  ])('%j', (expected, text) => {
    expect(formatExpected(expected)).toBe(text);
  });
});
