import { describe, expect, test } from '@jest/globals';
import { policyWarnings } from '../../../../lambda/domain/policy/warnings/index.ts';
import { callsPerContact } from '../../../../lambda/domain/policy/warnings/quota.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../../lambda/domain/settings.ts';
import { policy } from '../../../support/contacts.ts';

const ENDLESS = {
  Steps: [
    {
      Expression: {
        AttributeCondition: {
          Name: 'Language',
          Value: 'Spanish',
          ComparisonOperator: 'NumberGreaterOrEqualTo',
          ProficiencyLevel: 1,
        },
      },
    },
  ],
};
const RAISE = [{ after: '0s', set: { priority: 3 } }];
const TEN_AGENTS = Array.from({ length: 10 }, (_, index) => `1234567${index}-aaaa-bbbb-cccc-222222222222`);
const LAST = { steps: [{ after: '5m', set: { priority: 1 } }] };
const warnings = (sources: Record<string, object>, arrivalsPerSecond?: number) =>
  policyWarnings(
    Object.entries(sources).map(([name, source]) => policy(name, source)),
    DEFAULT_SETTINGS,
    { arrivalsPerSecond },
  ).map(({ code, policy: name, path, message }) => ({ code, name, path: path.join('.'), message }));
const codes = (sources: Record<string, object>, arrivals?: number) =>
  warnings(sources, arrivals).map(({ code, name, path }) => [code, name, path]);

describe('warnings about valid policies', () => {
  test('none', () => {
    expect(
      warnings({
        vip: {
          precedence: 1,
          match: { tags: { tier: ['gold'] } },
          steps: [{ after: '0s', set: { priority: 1 } }],
        },
        all: LAST,
      }),
    ).toEqual([]);
  });

  test.each([
    [
      'a policy after one that governs every contact',
      { first: LAST, second: { match: { channel: ['VOICE'] }, steps: LAST.steps } },
      [['never-governs', 'second', '']],
    ],
    [
      'a policy after one that governs the same contacts',
      {
        a: { match: { channel: ['VOICE'] }, steps: LAST.steps },
        b: { match: { channel: ['VOICE'] }, steps: LAST.steps },
        z: LAST,
      },
      [['never-governs', 'b', '']],
    ],
    [
      'not for a policy after one that governs other contacts',
      {
        a: { match: { channel: ['CHAT'] }, steps: LAST.steps },
        b: { match: { channel: ['VOICE'] }, steps: LAST.steps },
        z: LAST,
      },
      [],
    ],
    ['not for a policy after one with a rollout', { a: { rollout: 50, steps: LAST.steps }, b: LAST }, []],
    [
      'a step that cannot take effect so soon',
      { a: { steps: [{ by: '30s', set: { priority: 1 } }] } },
      [['sooner-than-lag', 'a', 'steps.0.by']],
    ],
    [
      'fields that no contact has',
      {
        a: {
          match: { tier: ['gold'], chanel: ['VOICE'], queue: { label: ['x'] }, tags: { tier: ['gold'] } },
          steps: [{ after: '0s', when: { signal: ['vip'] }, set: { age: '1m' } }],
        },
      },
      [
        ['unknown-field', 'a', 'match.chanel'],
        ['unknown-field', 'a', 'match.queue.label'],
        ['unknown-field', 'a', 'match.tier'],
        ['unknown-field', 'a', 'steps.0.when.signal'],
      ],
    ],
    [
      'values that no contact has, in exact values and in operators',
      {
        a: {
          match: {
            channel: ['PHONE', 'CHAT', { prefix: 'VO' }],
            queue: { type: ['STANDARD', 'agent'] },
            initiationMethod: ['SOON_TO_COME'],
          },
          steps: [
            { after: '0s', when: { channel: ['VOICE', 'voice'] }, set: { age: '1m' } },
            { after: '1m', when: { channel: [{ prefix: 'MAIL' }] }, set: { age: '2m' } },
            { after: '2m', when: { channel: [{ 'anything-but': 'VOICE' }] }, set: { age: '3m' } },
            { after: '3m', when: { channel: [{ exists: false }] }, set: { age: '4m' } },
            {
              after: '4m',
              when: { $or: [{ channel: ['fax'] }, { tags: { a: ['b'] } }] },
              set: { age: '5m' },
            },
          ],
        },
      },
      [
        ['unknown-value', 'a', 'match.channel.0'],
        ['unknown-value', 'a', 'match.initiationMethod.0'],
        ['unknown-value', 'a', 'match.queue.type.1'],
        ['unknown-value', 'a', 'steps.0.when.channel.1'],
        ['unknown-value', 'a', 'steps.1.when.channel.0'],
        ['unknown-value', 'a', 'steps.4.when.$or.0.channel.0'],
      ],
    ],
    [
      'a first step that is less urgent than a new contact',
      { a: { steps: [{ after: '0s', set: { priority: 11 } }] } },
      [['changes-nothing', 'a', 'steps.0']],
    ],
    [
      'a negative age, and a ramp that begins above 5, one warning each',
      {
        a: {
          steps: [
            { after: '0s', set: { age: '-2m' } },
            { from: '1m', every: '1m', ramp: { priority: { from: 8, to: 2 } } },
          ],
        },
      },
      [
        ['changes-nothing', 'a', 'steps.0'],
        ['changes-nothing', 'a', 'steps.1'],
      ],
    ],
    ['not with allowLower', { a: { allowLower: true, steps: [{ after: '0s', set: { priority: 11 } }] } }, []],
    ['not for priority 5 itself', { a: { steps: [{ after: '0s', set: { priority: 5 } }] } }, []],
    [
      'a step that sets the same as the step before it',
      {
        a: {
          steps: [
            { after: '0s', set: { priority: 1 } },
            { after: '1m', set: { priority: 1 } },
          ],
        },
      },
      [['changes-nothing', 'a', 'steps.1']],
    ],
    [
      'a priority that an age of the same time replaces',
      {
        a: {
          steps: [
            { by: '2m', set: { priority: 2 } },
            { by: '2m', set: { age: '5m' } },
          ],
        },
      },
      [['changes-nothing', 'a', 'steps.0']],
    ],
    [
      'not where the later step may be skipped, comes later, or replaces a part',
      {
        a: {
          steps: [
            { after: '0s', set: { priority: 3 } },
            { after: '0s', when: { signals: ['x'] }, set: { priority: 2 } },
            { after: '1m', set: { priority: 2, route: ['A:x >= 1 for 1m'] } },
            { after: '1m', set: { age: '5m' } },
            { after: '2m', set: { route: ['A:y >= 1 for 1m'] } },
            { after: '2m', set: { route: ['A:{tags.y} >= 1 for 1m'] } },
            { from: '3m', every: '1m', ramp: { age: { add: '10m', upTo: '20m' } } },
            { after: '4m', set: { priority: 1 } },
          ],
        },
      },
      [],
    ],
    [
      'contacts that could starve behind those of another policy',
      {
        vip: { precedence: 1, match: { channel: ['VOICE'] }, steps: [{ after: '0s', set: { priority: 1 } }] },
        all: { steps: RAISE },
      },
      [['may-starve', 'vip', '']],
    ],
    [
      'contacts that no policy governs',
      { vip: { match: { channel: ['VOICE'] }, steps: RAISE } },
      [['may-starve', 'vip', '']],
    ],
    [
      'nothing of a policy that governs nobody, as its rollout is 0',
      { vip: { rollout: 0, steps: RAISE }, z: { ...LAST, match: { channel: ['VOICE'] } } },
      [['may-starve', 'z', '']],
    ],
    [
      'all contacts that stay behind, once, at the most urgent policy',
      {
        a: { match: { tags: { tier: ['a'] } }, steps: [{ after: '0s', set: { priority: 1 } }] },
        b: { match: { tags: { tier: ['b'] } }, steps: [{ after: '0s', set: { priority: 2 } }] },
        c: { match: { tags: { tier: ['c'] } }, steps: [{ after: '0s', set: { priority: 1 } }] },
        d: { match: { tags: { tier: ['d'] } }, steps: [{ after: '0s', set: { age: '5m' } }] },
      },
      [['may-starve', 'a', '']],
    ],
    [
      'contacts of a policy that lowers them again',
      {
        a: { match: { channel: ['VOICE'] }, steps: [{ after: '0s', set: { priority: 1 } }] },
        all: {
          allowLower: true,
          precedence: 200,
          steps: [
            { after: '0s', set: { priority: 1 } },
            { after: '1m', set: { priority: 4 } },
          ],
        },
      },
      [['may-starve', 'a', '']],
    ],
    [
      'a policy whose contacts all meet the pattern of an earlier one',
      {
        a: { match: { channel: ['VOICE', 'CHAT'] }, steps: LAST.steps },
        b: { match: { channel: ['VOICE'], tags: { tier: ['gold'] } }, steps: LAST.steps },
        c: { match: { channel: ['TASK', 'VOICE'] }, steps: LAST.steps },
        z: LAST,
      },
      [['never-governs', 'b', '']],
    ],
    ...[
      [{ exists: true }],
      [{ prefix: 'go' }],
      [{ 'anything-but': ['silver'] }],
      ['silver', { wildcard: '*d' }],
    ].map(
      (tier) =>
        [
          `a policy whose values pass the operator of an earlier one: ${JSON.stringify(tier)}`,
          {
            a: { match: { tags: { tier } }, steps: LAST.steps },
            b: { match: { tags: { tier: ['gold'] } }, steps: LAST.steps },
            c: { match: { tags: { other: ['gold'] } }, steps: LAST.steps },
            d: { match: { tags: { tier: [{ exists: false }, 'gold'] } }, steps: LAST.steps },
            z: LAST,
          },
          [['never-governs', 'b', '']],
        ] as [string, Record<string, object>, string[][]],
    ),
    [
      'not for a policy after one that only observes',
      { a: { mode: 'observe', steps: LAST.steps }, b: LAST },
      [],
    ],
    [
      'not for a step that restores what a conditional step before it changed',
      {
        a: {
          allowLower: true,
          steps: [
            { after: '0s', set: { priority: 2 } },
            { after: '1m', when: { signals: ['angry'] }, set: { priority: 1 } },
            { after: '2m', set: { priority: 2 } },
          ],
        },
      },
      [],
    ],
    [
      'a conditional step that sets what the steps before it have set',
      {
        a: {
          steps: [
            { after: '0s', set: { age: '1m' } },
            { after: '1m', when: { signals: ['angry'] }, set: { age: '1m' } },
          ],
        },
      },
      [['changes-nothing', 'a', 'steps.1']],
    ],
    [
      'not for a ramp of which the first step alone changes nothing',
      {
        a: {
          steps: [
            { after: '0s', set: { priority: 3 } },
            { from: '1m', every: '1m', ramp: { priority: { from: 3, to: 1 } } },
          ],
        },
      },
      [],
    ],
    [
      'an agent whose id was copied from an example',
      {
        a: {
          mode: 'observe',
          steps: [{ after: '0s', set: { route: ['agents 11111111-aaaa-bbbb-cccc-222222222222 for 1m'] } }],
        },
      },
      [['invented-agent', 'a', 'steps.0.set']],
    ],
    [
      'not for an agent with an id as Connect gives them',
      {
        a: {
          mode: 'observe',
          steps: [{ after: '0s', set: { route: ['agents 7c2f0d41-93be-4c55-a1de-0b7a6f3e9d12 for 1m'] } }],
        },
      },
      [],
    ],
    [
      'a route that never ends, and criteria that never expire',
      {
        a: {
          match: { channel: ['CHAT'] },
          steps: [
            { after: '0s', set: { route: ['Language:Spanish >= 4 for 45s', 'Language:Spanish >= 1'] } },
            ...LAST.steps,
          ],
        },
        b: { steps: [{ after: '0s', set: { priority: 1, routingCriteria: ENDLESS } }] },
      },
      [
        ['endless-route', 'a', 'steps.0.set'],
        ['endless-route', 'b', 'steps.0.set'],
      ],
    ],
    [
      'once, for the step that no other is sure to replace',
      {
        a: {
          steps: [
            { after: '0s', set: { route: ['Language:Spanish >= 4'] } },
            { after: '1m', set: { route: ['Language:Spanish >= 3'] } },
            { after: '2m', when: { tags: { vip: ['1'] } }, set: { route: ['Language:Spanish >= 2 for 9m'] } },
            { after: '3m', set: { route: ['Language:{tags.second} >= 2 for 9m'] } },
            { after: '4m', set: { priority: 1 } },
          ],
        },
      },
      [['endless-route', 'a', 'steps.1.set']],
    ],
    [
      'not for a route that ends, that a later step replaces, or that is accepted',
      {
        a: {
          match: { channel: ['CHAT'] },
          steps: [{ after: '0s', set: { priority: 1, route: ['Language:Spanish >= 4 for 45s'] } }],
        },
        b: {
          match: { channel: ['TASK'] },
          steps: [
            { after: '0s', set: { route: ['Language:Spanish >= 4'] } },
            { after: '2m', set: { priority: 1, route: ['Language:Spanish >= 1 for 9m'] } },
          ],
        },
        c: {
          accept: { 'endless-route': 'Nobody else speaks it.' },
          steps: [{ after: '0s', set: { priority: 1, route: ['Language:Spanish >= 1'] } }],
        },
      },
      [],
    ],
    [
      'skipUnstaffed without a route, and not with one',
      {
        a: { match: { channel: ['CHAT'] }, skipUnstaffed: true, steps: LAST.steps },
        b: {
          match: { channel: ['VOICE'] },
          skipUnstaffed: true,
          steps: [{ after: '0s', set: { priority: 1, route: ['Language:Spanish >= 4 for 45s'] } }],
        },
        z: { mode: 'observe', skipUnstaffed: false, ...LAST },
      },
      [
        ['changes-nothing', 'a', 'skipUnstaffed'],
        ['may-starve', 'a', ''],
      ],
    ],
    [
      'skipUnstaffed beside an expression that nobody asks for, and not beside ten agents',
      {
        a: {
          match: { channel: ['CHAT'] },
          skipUnstaffed: true,
          steps: [
            {
              after: '0s',
              set: {
                priority: 1,
                route: [
                  'Language:Spanish >= 4 for 45s',
                  'Language:Spanish >= 4 and Skill:Loans >= 2 and Region:North >= 1 and Technology:Cards >= 3 for 45s',
                ],
              },
            },
          ],
        },
        b: {
          match: { channel: ['VOICE'] },
          skipUnstaffed: true,
          steps: [{ after: '0s', set: { priority: 1, route: [`agents ${TEN_AGENTS.join(', ')} for 45s`] } }],
        },
        z: LAST,
      },
      [['changes-nothing', 'a', 'steps.0.set']],
    ],
    [
      'a rollout below one percent',
      { a: { rollout: 0.2, steps: LAST.steps }, z: LAST },
      [['tiny-rollout', 'a', 'rollout']],
    ],
    [
      'not for other rollouts',
      { a: { rollout: 0, steps: LAST.steps }, b: { rollout: 1, steps: LAST.steps }, c: LAST },
      [],
    ],
    ...['Etc/GMT+2', 'US/Eastern'].map(
      (timezone) =>
        [
          `the time zone ${timezone}`,
          { a: { during: { timezone, hours: ['daily 00:00-24:00'] }, steps: LAST.steps }, b: LAST },
          [['time-zone', 'a', 'during.timezone']],
        ] as [string, Record<string, object>, string[][]],
    ),
    [
      'the time zone of open hours',
      { a: { clock: { in: { timezone: 'US/Eastern', hours: ['daily 00:00-24:00'] } }, steps: LAST.steps } },
      [['time-zone', 'a', 'clock.in.timezone']],
    ],
    ...['Europe/Berlin', 'UTC', 'gmt', 'Etc/UTC', 'europe/berlin', 'Asia/Kolkata'].map(
      (timezone) =>
        [
          `not for the time zone ${timezone}`,
          { a: { during: { timezone, hours: ['daily 00:00-24:00'] }, steps: LAST.steps }, b: LAST },
          [],
        ] as [string, Record<string, object>, string[][]],
    ),
    [
      'no policy after one that only observes, which takes no contact',
      { watch: { precedence: 1, mode: 'observe', steps: RAISE }, all: LAST },
      [],
    ],
    [
      'an observing policy after one that takes all its contacts',
      { all: { precedence: 1, ...LAST }, watch: { mode: 'observe', steps: RAISE } },
      [['never-governs', 'watch', '']],
    ],
    [
      'not for contacts behind a policy that only observes',
      { vip: { mode: 'observe', match: { channel: ['VOICE'] }, steps: RAISE } },
      [],
    ],
  ])('%s', (_name, sources, expected) => {
    expect(codes(sources)).toEqual(expected);
  });

  test.each([
    [
      { queue: ['gold'] },
      'No contact has the field "queue", so this never matches. The fields below queue are id, arn, name, type.',
    ],
    [
      { queue: { typ: ['AGENT'] } },
      'No contact has the field "queue.typ", so this never matches. The fields below queue are id, arn, name, type. Did you mean "type"?',
    ],
    [
      { tags: ['gold'] },
      'No contact has the field "tags", so this never matches. Name a field below tags, such as "tags: { tier: [gold] }".',
    ],
    [
      { channel: { name: ['VOICE'] } },
      'No contact has the field "channel.name", so this never matches. channel has no fields below it: match channel itself.',
    ],
    [
      { chanel: ['VOICE'] },
      'No contact has the field "chanel", so this never matches. The fields are instanceId, contactId, initialContactId, previousContactId, channel, initiationMethod, queue, tags, segmentAttributes, attributes, signals, transfers, recentContacts; the tags that a flow sets are below tags. Did you mean "channel"?',
    ],
    [
      { channel: ['voice'] },
      'channel is never "voice", so this never matches; expected one of VOICE, CHAT, TASK, EMAIL. Did you mean "VOICE"?',
    ],
    [
      { channel: ['PHONE'] },
      'channel is never "PHONE", so this never matches; expected one of VOICE, CHAT, TASK, EMAIL. Did you mean "VOICE"?',
    ],
    [
      { channel: ['E-Mail'] },
      'channel is never "E-Mail", so this never matches; expected one of VOICE, CHAT, TASK, EMAIL. Did you mean "EMAIL"?',
    ],
    [
      { queue: { type: [{ prefix: 'agent' }] } },
      'No value of queue.type passes this test, so it never matches; expected one of STANDARD, AGENT.',
    ],
  ])('the message for %j', (match, message) => {
    expect(warnings({ a: { mode: 'observe', match, ...LAST } })).toEqual([
      expect.objectContaining({ message }),
    ]);
  });

  test('the warning about a step that only lowers urgency names allowLower', () => {
    expect(warnings({ a: { steps: [{ after: '0s', set: { priority: 11 } }] } })).toEqual([
      expect.objectContaining({
        message:
          'Priority 11 changes nothing for a contact that has priority 5, as a new contact does, because urgency only rises. If lowering is intended, set "allowLower: true" in the policy.',
      }),
    ]);
  });

  test.each([
    [
      { age: '5m' },
      ' Priority and age are two ways to set urgency, and Connect takes one in a call: set one of them later.',
    ],
    [{ priority: 1 }, ''],
  ])('the warning about a step that a later one of its time replaces names that: %j', (set, advice) => {
    const steps = [
      { after: '0s', set: { priority: 2 } },
      { after: '0s', set },
    ];
    expect(warnings({ a: { steps } }).map(({ message }) => message)).toEqual([
      `It changes nothing: steps[1] is reached at the same time and replaces what it sets.${advice}`,
    ]);
  });

  test('more calls than the quota grants by policies that each govern a part of the contacts', () => {
    const rest = { steps: [{ from: '0s', every: '10s', ramp: { priority: { from: 4, to: 1 } } }] };
    const trial = {
      precedence: 1,
      rollout: 50,
      steps: [{ from: '0s', every: '10s', ramp: { age: { add: '10s', upTo: '70s' } } }],
    };
    const quota = (arrivals: number) =>
      warnings({ trial, rest }, arrivals).filter(({ code }) => code === 'over-quota');
    expect(quota(3)).toEqual([]);
    const [warning, ...others] = quota(4);
    expect(others).toEqual([]);
    expect(warning).toMatchObject({
      code: 'over-quota',
      name: 'trial',
      message:
        'If every contact matched and waited through all steps, this policy and those that share the contacts with it would make 22.0 calls per second, more than the 18.0 available. The least urgent changes would be late.',
    });
  });

  test.each<[string, object, Partial<Settings>, number, boolean]>([
    ['a priority that a flow may have exceeded', { steps: RAISE }, {}, 9.1, true],
    ['few enough contacts', { steps: RAISE }, {}, 9, false],
    ['a part of the contacts', { rollout: 50, steps: RAISE }, {}, 18, false],
    ['flows that set nothing', { steps: RAISE }, { checkBeforeFirstChange: false }, 17, false],
    ['the most urgent priority', LAST, {}, 17, false],
    ['a policy that may lower', { allowLower: true, steps: RAISE }, {}, 17, false],
    ['criteria', { steps: [{ after: '0s', set: { route: ['A:x >= 1 for 1m'] } }] }, {}, 17, false],
    ['a target', { match: { channel: ['CHAT'] }, target: '3m' }, {}, 10, true],
    [
      'attributes',
      { match: { attributes: { a: ['b'] } }, ...LAST },
      { checkBeforeFirstChange: false },
      10,
      true,
    ],
    ['a policy that observes', { mode: 'observe', steps: RAISE }, {}, 10, false],
  ])(
    'more questions than DescribeContact allows: %s',
    (_name, source, settings, arrivalsPerSecond, isWarned) => {
      const given = policyWarnings(
        [policy('p', source)],
        { ...DEFAULT_SETTINGS, ...settings },
        { arrivalsPerSecond },
      );
      const messages = given.filter(({ code }) => code === 'over-quota').map(({ message }) => message);
      expect(messages.map((message) => message.includes('DescribeContact would be asked'))).toEqual(
        isWarned ? [true] : [],
      );
    },
  );

  test('more calls than the quota grants, at the arrival rate given', () => {
    const ramp = { steps: [{ from: '0s', every: '10s', ramp: { priority: { from: 4, to: 1 } } }] };
    expect(codes({ all: ramp }, 4)).toEqual([]);
    expect(warnings({ all: ramp }, 5)).toEqual([
      {
        code: 'over-quota',
        name: 'all',
        path: '',
        message:
          'If every contact matched and waited through all steps, the policy would make 20.0 calls per second, more than the 18.0 available. The least urgent changes would be late.',
      },
    ]);
    expect(codes({ all: { ...ramp, rollout: 50 } }, 5)).not.toContainEqual(['over-quota', 'all', '']);
  });

  test('callsPerContact counts the steps that change the routing', () => {
    const steps = [
      { after: '0s', set: { priority: 5 } },
      { after: '1m', set: { priority: 3 } },
      { after: '2m', set: { age: '1m' } },
    ];
    expect(callsPerContact(policy('a', { steps }))).toBe(2);
    expect(callsPerContact(policy('a', { mode: 'observe', steps }))).toBe(0);
  });
});

test('contacts of another instance do not stay behind', () => {
  const steps = (priority: number) => [{ after: '0s', set: { priority } }];
  const [first, ...others] = warnings({
    a: { match: { instanceId: ['i'] }, steps: steps(1) },
    b: { match: { instanceId: ['j'] }, steps: steps(2) },
    c: { match: { instanceId: ['i'], channel: ['VOICE'] }, precedence: 1, steps: steps(3) },
  });
  expect(others).toEqual([]);
  expect(first).toMatchObject({ code: 'may-starve', name: 'a' });
  expect(first?.message).toMatch(
    /^Contacts that no policy governs \(priority 5\), contacts of c \(priority 3\) could wait indefinitely/,
  );
});

describe('accepted warnings', () => {
  const VIP = { match: { channel: ['VOICE'] }, steps: RAISE };

  test('are not given', () => {
    expect(codes({ vip: { ...VIP, accept: { 'may-starve': 'Chats are answered by others.' } } })).toEqual([]);
  });

  test('are accepted for their policy alone', () => {
    const tiny = { rollout: 0.5, steps: LAST.steps };
    expect(codes({ a: { ...tiny, accept: { 'tiny-rollout': 'A first trial.' } }, b: tiny, z: LAST })).toEqual(
      [['tiny-rollout', 'b', 'rollout']],
    );
  });

  test('that are not given are named, unless they cannot be known', () => {
    const accept = { 'may-starve': 'No.', 'over-quota': 'No.', 'time-zone': 'No.' };
    const all = { ...LAST, accept };
    expect(warnings({ all })[0]?.message).toBe(
      'There is no warning may-starve about this policy, so there is nothing to accept. Remove the line.',
    );
    const named = [
      ['nothing-to-accept', 'all', 'accept.may-starve'],
      ['nothing-to-accept', 'all', 'accept.time-zone'],
    ];
    expect(codes({ all })).toEqual(named);
    expect(codes({ all }, 0.01)).toEqual([
      named[0],
      ['nothing-to-accept', 'all', 'accept.over-quota'],
      named[1],
    ]);
    const part = policy('all', { ...LAST, accept: { ...accept, 'never-governs': 'No.' } });
    const asPart = policyWarnings([part], DEFAULT_SETTINGS, { isPart: true });
    expect(asPart.map(({ path }) => path)).toEqual([['accept', 'time-zone']]);
    expect(codes({ all: { ...all, mode: 'off' } })).toEqual([]);
  });

  test('include those about the texts of policies', () => {
    const all = policy('all', { ...LAST, accept: { 'advanced-parameter': 'It may cost that.' } });
    const ofText = (name: string) => ({
      code: 'advanced-parameter' as const,
      policy: name,
      path: [],
      message: 'It is long.',
    });
    const others = [ofText('all'), ofText('other')];
    expect(policyWarnings([all], DEFAULT_SETTINGS, { others })).toEqual([ofText('other')]);
  });
});
