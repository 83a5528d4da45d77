import { describe, expect, test } from '@jest/globals';
import { parsePolicy } from '../../../../lambda/domain/policy/parse.ts';
import { DEFAULT_SETTINGS } from '../../../../lambda/domain/settings.ts';
import { formatProblem } from '../../../../lambda/domain/validation/problem.ts';
import { policy } from '../../../support/contacts.ts';

const problems = (source: object) => parsePolicy('a', JSON.stringify(source)).problems.map(formatProblem);
const FORM =
  'expected from, every and ramp, such as "from: 60s, every: 30s, ramp: { priority: { from: 4, to: 1 } }". (ramp-form)';

describe('ramps', () => {
  test.each([
    [
      'falling priority numbers',
      { from: '60s', every: '30s', ramp: { priority: { from: 3, to: 1 } } },
      [
        [60, { priority: 3 }],
        [90, { priority: 2 }],
        [120, { priority: 1 }],
      ],
    ],
    [
      'a single priority',
      { from: '0s', every: '1s', ramp: { priority: { from: 2, to: 2 } } },
      [[0, { priority: 2 }]],
    ],
    [
      'ages up to a cap',
      { from: '30s', every: '1m', ramp: { age: { add: '1m', upTo: '150s' } } },
      [
        [30, { ageSeconds: 60 }],
        [90, { ageSeconds: 120 }],
        [150, { ageSeconds: 150 }],
      ],
    ],
  ])('%s', (_name, step, expected) => {
    expect(policy('a', { steps: [step] }).steps.map(({ seconds, set }) => [seconds, set])).toEqual(expected);
  });

  test.each([
    [
      { ramp: { priority: { from: 3, to: 1 } } },
      [`steps[0]: Found a ramp with no from and no every; ${FORM}`],
    ],
    [
      { from: '0s', every: '1s', after: '0s', ramp: { priority: { from: 3, to: 1 } } },
      [`steps[0]: Found a ramp with after; ${FORM}`],
    ],
    [
      { from: '0s', every: '1s', ramp: {} },
      ['steps[0].ramp: Found neither priority nor age in a ramp; expected one of them. (ramp-form)'],
    ],
    [
      { from: '0s', every: '1s', ramp: { priority: { from: 1, to: 3 } } },
      [
        'steps[0].ramp.priority: Found 2, which is less urgent than an earlier step; expected 1 or a smaller number. If lowering is intended, set "allowLower: true" in the policy. (lowers-urgency)',
      ],
    ],
    [
      { from: '0s', every: '0s', ramp: { priority: { from: 3, to: 1 } } },
      [
        'steps[0].every: Found "0s"; expected a duration such as 45s, 3m, 1h30m or PT3M, at most a year, at least 1s. (not-allowed)',
      ],
    ],
    [
      { from: '0s', every: '1s', ramp: { age: { add: '1s', upTo: '1h' } } },
      [
        'steps: After the expansion of its ramps the policy has more than 50 steps; expected at most 50. Shorten a ramp, or lengthen its interval. (too-many-steps)',
      ],
    ],
    [
      { from: '0s', every: '1s', ramp: { priority: { from: 9_000_000, to: 1 } } },
      [
        'steps: After the expansion of its ramps the policy has more than 50 steps; expected at most 50. Shorten a ramp, or lengthen its interval. (too-many-steps)',
      ],
    ],
  ])('%j is invalid', (step, expected) => {
    expect(problems({ steps: [step] })).toEqual(expected);
  });
});

describe('steps', () => {
  test('a condition is a pattern, and its problems have their paths', () => {
    const [problem] = parsePolicy(
      'a',
      JSON.stringify({ steps: [{ after: '0s', when: { channel: 'VOICE' }, set: { priority: 1 } }] }),
    ).problems;
    expect(problem?.path).toEqual(['steps', 0, 'when', 'channel']);
  });

  test('a step with a condition may be more urgent than later steps', () => {
    const steps = [
      { after: '0s', when: { signals: ['vip'] }, set: { priority: 1 } },
      { after: '1m', set: { priority: 3 } },
    ];
    expect(problems({ steps })).toEqual([]);
  });

  test('the short and the long form of criteria exclude each other', () => {
    const set = {
      route: ['A:x >= 1'],
      routingCriteria: {
        Steps: [
          {
            Expression: {
              AttributeCondition: {
                Name: 'A',
                Value: 'x',
                ComparisonOperator: 'NumberGreaterOrEqualTo',
                ProficiencyLevel: 1,
              },
            },
          },
        ],
      },
    };
    expect(problems({ steps: [{ after: '0s', set }] })).toEqual([
      'steps[0].set.route: Found both routingCriteria and route; expected one of them: route is the short form of routingCriteria. (criteria-twice)',
    ]);
  });

  test('a step that sets nothing', () => {
    expect(problems({ steps: [{ after: '0s' }] })).toEqual([
      'steps[0]: This step sets nothing; expected set, such as "set: { priority: 2 }". (sets-nothing)',
    ]);
  });
});

test('a rollout is a percentage', () => {
  const steps = [{ after: '0s', set: { priority: 1 } }];
  expect(problems({ rollout: 101, steps })).toEqual([
    'rollout: Found 101; expected at most 100. (out-of-range)',
  ]);
  expect(policy('a', { rollout: 12.5, steps }).rollout).toBe(12.5);
});

describe('which steps lower urgency', () => {
  const when = { channel: ['VOICE'] };
  const priorities = (...list: number[]) =>
    list.map((priority, index) => ({ after: `${index}m`, set: { priority } }));
  const ages = (...list: string[]) => list.map((age, index) => ({ after: `${index}m`, set: { age } }));
  const placesIn = (source: object) =>
    parsePolicy('a', JSON.stringify(source)).problems.map(({ code, path }) => `${code} ${path.join('.')}`);

  test.each<[name: string, steps: readonly object[], lowering: readonly string[]]>([
    ['falling numbers', priorities(3, 2, 2, 1), []],
    ['each that is above the least before it', priorities(1, 2, 2), ['1.set.priority', '2.set.priority']],
    ['rising ages', ages('1m', '2m', '2m'), []],
    ['each age below the greatest before it', ages('3m', '2m', '2m'), ['1.set.age', '2.set.age']],
    ['steps of which one sets no priority', [...priorities(2), { after: '1m', set: { age: '1m' } }], []],
    [
      'a step after one that may be skipped',
      [
        { after: '0s', when, set: { priority: 1 } },
        { after: '1m', set: { priority: 2 } },
      ],
      [],
    ],
    [
      'an age after one that may be skipped',
      [
        { after: '0s', when, set: { age: '3m' } },
        { after: '1m', set: { age: '2m' } },
      ],
      [],
    ],
    [
      'a ramp, once',
      [
        { after: '0s', set: { priority: 1 } },
        { from: '1m', every: '1m', ramp: { priority: { from: 4, to: 2 } } },
      ],
      ['1.ramp.priority'],
    ],
  ])('%s', (_name, steps, lowering) => {
    expect(placesIn({ steps })).toEqual(lowering.map((place) => `lowers-urgency steps.${place}`));
    expect(placesIn({ steps, allowLower: true })).toEqual([]);
  });

  test('a step with "by" is reached at once where the routing lag is longer', () => {
    const steps = [
      { by: '10s', set: { priority: 2 } },
      { after: '0s', set: { priority: 1 } },
    ];
    expect(placesIn({ steps })).toEqual([]);
  });

  test.each<[name: string, steps: readonly object[], places: readonly string[]]>([
    ['steps', ages('1m', '2m'), ['0.set.age', '1.set.age']],
    [
      'a ramp, once',
      [...priorities(1), { from: '1m', every: '1m', ramp: { age: { add: '1m', upTo: '5m' } } }],
      ['1.ramp.age'],
    ],
    ['steps without an age', priorities(2, 1), []],
  ])('ages beside a target: %s', (_name, steps, places) => {
    expect(placesIn({ target: '5m', steps })).toEqual(
      places.map((place) => `age-with-target steps.${place}`),
    );
  });
});

describe('the form of a step', () => {
  const SET = { priority: 2 };
  const RAMP = { priority: { from: 2, to: 1 } };

  test.each<[step: object, path: string, found: string]>([
    [{ set: SET }, 'steps[0]', 'Found neither after nor by;'],
    [{ after: '0s', by: '5m', set: SET }, 'steps[0]', 'Found after and by;'],
    [{ from: '0s', set: SET }, 'steps[0]', 'Found from;'],
    [{ every: '1s', set: SET }, 'steps[0]', 'Found every;'],
    [{ after: '0s', every: '1s', set: SET }, 'steps[0]', 'Found after and every;'],
    [{ after: '0s' }, 'steps[0]', 'This step sets nothing;'],
    [{ from: '0s', every: '1s', by: '5m', ramp: RAMP }, 'steps[0]', 'Found a ramp with by;'],
    [{ from: '0s', every: '1s', set: SET, ramp: RAMP }, 'steps[0]', 'Found a ramp with set;'],
    [
      { from: '0s', every: '1s', ramp: { ...RAMP, age: { add: '1s', upTo: '2s' } } },
      'steps[0].ramp',
      'Found both priority and age in a ramp;',
    ],
  ])('%j has one problem', (step, path, found) => {
    expect(problems({ steps: [step] })).toEqual([expect.stringContaining(`${path}: ${found}`)]);
  });

  test('no more is said of a step or a ramp that is no object', () => {
    expect(problems({ steps: [7] })).toEqual([
      'steps[0]: Found 7; expected an object such as { after: 90s, set: { priority: 1 } }. (wrong-type)',
    ]);
    expect(problems({ steps: [{ from: '0s', every: '1s', ramp: 7 }] })).toEqual([
      'steps[0].ramp: Found 7; expected an object such as { priority: { from: 4, to: 1 } }. (wrong-type)',
    ]);
  });

  test('a policy has 50 steps, with those of its ramps', () => {
    const withRamp = (upTo: string) => ({
      steps: [
        { from: '0s', every: '1s', ramp: { age: { add: '1s', upTo } } },
        { after: '1h', set: { age: '1h' } },
      ],
    });
    expect(problems(withRamp('49s'))).toEqual([]);
    expect(parsePolicy('a', JSON.stringify(withRamp('50s'))).problems).toMatchObject([
      { code: 'too-many-steps', path: ['steps'], found: 51, allowed: 'at most 50' },
    ]);
    const steps = Array.from({ length: 51 }, (_, index) => ({
      after: `${index}s`,
      set: { age: `${index}s` },
    }));
    expect(problems({ steps: steps.slice(1) })).toEqual([]);
    expect(problems({ steps })).toEqual([expect.stringContaining('expected at most 50 entries')]);
  });

  test('beside a target no step sets an age: one problem for each of them', () => {
    const source = {
      target: '5m',
      steps: [
        { from: '0s', every: '1s', ramp: { age: { add: '1s', upTo: '3s' } } },
        { after: '1m', set: { priority: 2 } },
        { after: '2m', set: { age: '1m' } },
        { after: '3m', set: { age: '2m' } },
      ],
    };
    const AGE =
      'Found an age beside target; expected a priority, criteria or a route, since the target sets the age. Remove the ' +
      'age, or the target. (age-with-target)';
    expect(problems(source)).toEqual([
      `steps[0].ramp.age: ${AGE}`,
      `steps[2].set.age: ${AGE}`,
      `steps[3].set.age: ${AGE}`,
    ]);
  });
});

describe('the pattern of a step', () => {
  const ofWhen = (when: unknown) => problems({ steps: [{ after: '1m', when, set: { priority: 1 } }] });

  test('has its problems in full', () => {
    expect(ofWhen({ channel: 'VOICE' })).toEqual([
      'steps[0].when.channel: Found "VOICE". A field takes a list of values: write ["VOICE"]. (not-a-list)',
    ]);
  });

  test('may be left out rather than empty', () => {
    const hint = 'A step without when concerns every contact that the policy governs.';
    expect(ofWhen({}).join()).toContain(hint);
    expect(ofWhen({ channel: [] }).join()).not.toContain(hint);
  });
});

describe('the order of steps', () => {
  const at = (after: string, priority: number) => ({ after, set: { priority } });
  const ramp = { from: '2m', every: '1m', ramp: { priority: { from: 3, to: 1 } } };
  const misplaced = (steps: readonly object[]) =>
    parsePolicy('a', JSON.stringify({ steps }))
      .problems.filter(({ code }) => code === 'step-order')
      .map(({ path }) => path.join('.'));

  test('has one problem for each step and ramp', () => {
    expect(misplaced([at('10m', 4), ramp])).toEqual(['steps.1.ramp']);
    expect(misplaced([at('10m', 4), at('1m', 4), ramp, at('5m', 1)])).toEqual([
      'steps.1',
      'steps.2.ramp',
      'steps.3',
    ]);
  });
});

test('ramps count as the steps that they become, also beside as many steps as may be', () => {
  const ramp = (add: string) => ({ from: '60m', every: '1s', ramp: { age: { add, upTo: '60m' } } });
  const steps = Array.from({ length: 49 }, (_, index) => ({ after: `${index}m`, set: { age: `${index}s` } }));
  const codes = (...given: object[]) =>
    parsePolicy('a', JSON.stringify({ steps: given })).problems.map(({ code }) => code);
  expect(codes(...steps, ramp('60m'))).toEqual([]);
  expect(codes(...steps, ramp('30m'))).toEqual(['too-many-steps']);
});

test('a step names the lists of agents in the settings', () => {
  const agents = { seniors: ['11111111-2222-4333-8444-555555555555'] };
  const source = { steps: [{ after: '0s', set: { route: ['agents @seniors for 1m'] } }] };
  const parsed = parsePolicy('a', JSON.stringify(source), { ...DEFAULT_SETTINGS, agents });
  expect(parsed.problems).toEqual([]);
  expect(JSON.stringify(parsed.policy?.steps)).toContain(agents.seniors[0]);
});

test('a step is compared with the last that set the same, whatever came between', () => {
  const lowering = (...sets: object[]) =>
    parsePolicy('a', JSON.stringify({ steps: sets.map((set, index) => ({ after: `${index}m`, set })) }))
      .problems.filter(({ code }) => code === 'lowers-urgency')
      .map(({ path }) => path.join('.'));
  expect(lowering({ priority: 2 }, { age: '2m' }, { priority: 3 })).toEqual(['steps.2.set.priority']);
  expect(lowering({ age: '2m' }, { priority: 2 }, { age: '1m' })).toEqual(['steps.2.set.age']);
  expect(lowering({ priority: 2 }, { age: '2m' }, { priority: 2 }, { age: '2m' })).toEqual([]);
});
