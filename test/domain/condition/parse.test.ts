import { describe, expect, test } from '@jest/globals';
import { type Condition, needsMetrics } from '../../../lambda/domain/condition/condition.ts';
import { parseConditionText } from '../../../lambda/domain/condition/parse-text.ts';
import { conditionsInUse, mayNameSignal } from '../../../lambda/domain/condition/use.ts';
import { conditionWarnings } from '../../../lambda/domain/condition/warnings.ts';
import { compilePattern, matches } from '../../../lambda/domain/pattern/index.ts';
import { QUEUE_ARN } from '../../support/contacts.ts';

const WHEN = 'when: { waiting: [{ numeric: [">", 50] }] }';

const valid = (text: string): Condition => {
  const { condition, problems } = parseConditionText('busy', text);
  if (!condition) throw new Error(JSON.stringify(problems));
  return condition;
};

test('a condition has its queues, its channel, and when it begins and ends', () => {
  const condition = valid(`
description: More than fifty wait.
queues: [Billing, q-1]
channel: VOICE
${WHEN}
until: { waiting: [{ numeric: ["<", 30] }] }`);
  expect(condition).toMatchObject({
    name: 'busy',
    description: 'More than fifty wait.',
    queues: ['Billing', 'q-1'],
    channel: 'VOICE',
  });
  const load = (waiting: number) => ({ waiting, oldestSeconds: 0 });
  expect([50, 51].map((waiting) => matches(condition.when, load(waiting)))).toEqual([false, true]);
  expect([29, 30].map((waiting) => condition.until && matches(condition.until, load(waiting)))).toEqual([
    true,
    false,
  ]);
});

test('a valid condition has no problems', () => {
  expect(parseConditionText('busy', WHEN).problems).toEqual([]);
});

test('queues are named as events name them', () => {
  const arn =
    'arn:aws:connect:eu-central-1:123456789012:instance/i-1/queue/AAAAAAAA-2222-3333-4444-555555555555';
  const { queues } = valid(`${WHEN}\nqueues: [" Billing ", "${arn}"]`);
  expect(queues).toEqual(['Billing', arn.toLowerCase()]);
});

test('a condition names at least one queue, or none', () => {
  const codes = (rest: string) =>
    parseConditionText('busy', `${WHEN}${rest}`).problems.map(({ code }) => code);
  expect(codes('\nqueues: [Billing]')).toEqual([]);
  expect(codes('\nqueues: []')).toEqual(['out-of-range']);
  expect(codes('')).toEqual([]);
});

describe('problems', () => {
  test.each([
    ['queues: [a]', 'missing', 'when'],
    ['when: {}', 'empty-object', 'when'],
    ['when: { wating: [1] }', 'unknown-key', 'when.wating'],
    ['when: { $or: [{ waiting: [1] }, { tags: { tier: [gold] } }] }', 'unknown-key', 'when.$or.1.tags.tier'],
    [`${WHEN}\nuntil: { waiting: 3 }`, 'not-a-list', 'until.waiting'],
    [`${WHEN}\nchannel: EMAIL`, 'not-allowed', 'channel'],
    [`${WHEN}\nqueues: [a, ""]`, 'out-of-range', 'queues.1'],
    [`${WHEN}\nqueue: [a]`, 'unknown-key', 'queue'],
  ])('%j: %s', (text, code, path) => {
    const { problems } = parseConditionText('busy', text);
    expect(problems.map((problem) => [problem.code, problem.path.join('.')])).toContainEqual([code, path]);
  });

  test.each([
    [
      'queues: [a]',
      'when is missing; expected a pattern over waiting, oldestSeconds, agentsStaffed, agentsAvailable, such as ' +
        '{"waiting": [{"numeric": [">", 50]}]}.',
    ],
    ['when: { waiting: }', 'Found null. A field takes a list of numbers: such as [{"numeric": [">", 50]}].'],
    [
      'when: { waiting: true }',
      'Found true. A field takes a list of numbers: such as [{"numeric": [">", 50]}].',
    ],
    ['when: { waiting: "50" }', 'Found "50". A field takes a list of numbers: write [50].'],
    ['when: { waiting: 50 }', 'Found 50. A field takes a list of values: write [50].'],
    ['when: {}', 'Found {}. Write an object with at least one field: {"waiting": [{"numeric": [">", 50]}]}.'],
    [
      `${WHEN}\nqueues: [Billing, "arn:aws:connect:eu-central-1:123456789012:instance/i-1"]`,
      'Found "arn:aws:connect:eu-central-1:123456789012:instance/i-1"; expected the name or the id of a queue, or its ARN: arn:aws:connect:<region>:<account>:instance/<instance id>/queue/<queue id>.',
    ],
  ])('%j has one, which says what to write', (text, expected) => {
    expect(parseConditionText('busy', text).problems.map(({ message }) => message)).toEqual([expected]);
  });

  test.each(['', '[]', '7'])('of %j, which is no object, are one', (text) => {
    expect(parseConditionText('busy', text).problems).toMatchObject([{ code: 'wrong-type', path: [] }]);
  });

  test.each([
    [`${WHEN}\nuntil: {}`, 'A condition without until ends as soon as when does not hold.'],
    [`${WHEN}\nuntil: 5`, 'A condition without until ends as soon as when does not hold.'],
    [
      'when: { tags: { prefix: [a] } }',
      'expected one of waiting, oldestSeconds, agentsStaffed, agentsAvailable.',
    ],
    ['when: { waiting: { gt: [50] } }', 'Write "waiting": [{"numeric": [">", 50]}].'],
    [
      'when: { wating: { gt: [50] } }',
      'expected one of waiting, oldestSeconds, agentsStaffed, agentsAvailable.',
    ],
    [
      'when: { waiting: { colour: [50] } }',
      'expected one of waiting, oldestSeconds, agentsStaffed, agentsAvailable.',
    ],
  ])('of %j end with what to do about it', (text, end) => {
    const [problem, ...others] = parseConditionText('busy', text).problems;
    expect(others).toEqual([]);
    expect(problem?.message.slice(-end.length)).toBe(end);
  });

  test('name the nearest field, and the file whose name is wrong', () => {
    const [problem] = parseConditionText('busy', 'when: { wating: [1] }').problems;
    expect(problem?.message).toContain('waiting');
    expect(parseConditionText('Busy', WHEN).problems).toEqual([
      expect.objectContaining({
        code: 'condition-name',
        message: expect.stringContaining(`The condition's name is "Busy"`),
      }),
    ]);
  });

  test('say once that when is missing, and what it is', () => {
    expect(parseConditionText('busy', 'queues: [a]').problems.map(({ message }) => message)).toEqual([
      'when is missing; expected a pattern over waiting, oldestSeconds, agentsStaffed, agentsAvailable, such as ' +
        '{"waiting": [{"numeric": [">", 50]}]}.',
    ]);
  });

  test('are those of the syntax alone where the text cannot be read', () => {
    expect(parseConditionText('Busy', 'when: [').problems.map(({ code }) => code)).toEqual(['syntax']);
  });
});

test.each([
  [WHEN, false],
  [`${WHEN}\nchannel: VOICE`, true],
  [`${WHEN}\nchannel: CHAT`, true],
  [`${WHEN}\nchannel: TASK`, true],
  ['when: { agentsAvailable: [0] }', true],
  [`${WHEN}\nuntil: { agentsStaffed: [{ numeric: [">", 2] }] }`, true],
  ['when: { agentsAvailable: [0] }\nuntil: { waiting: [0] }', true],
])('whether the metrics of Connect are needed for %j: %s', (text, isNeeded) => {
  expect(needsMetrics(valid(text))).toBe(isNeeded);
});

test.each([
  ['{ waiting: [{ numeric: ["<", 0] }] }', undefined, ['condition-never']],
  ['{ waiting: ["50"] }', undefined, ['condition-never']],
  ['{ oldestSeconds: [{ numeric: [">", 1, "<", 2] }] }', undefined, ['condition-never']],
  ['{ waiting: [{ exists: false }] }', undefined, ['condition-never']],
  ['{ agentsStaffed: [{ exists: false }] }', undefined, []],
  ['{ waiting: [{ numeric: ["<", 0] }], oldestSeconds: [5] }', undefined, ['condition-never']],
  ['{ waiting: [0], oldestSeconds: [{ numeric: [">", 60] }] }', undefined, ['condition-never']],
  ['{ waiting: [0, 1], oldestSeconds: [{ numeric: [">", 60] }] }', undefined, []],
  ['{ waiting: [0], oldestSeconds: [{ numeric: ["<", 60] }] }', undefined, []],
  ['{ waiting: [{ numeric: [">", 5] }], oldestSeconds: [0] }', undefined, []],
  [
    '{ agentsAvailable: [{ numeric: [">", 10] }], agentsStaffed: [{ numeric: ["<", 5] }] }',
    undefined,
    ['condition-never'],
  ],
  ['{ agentsAvailable: [{ numeric: [">", 3] }], agentsStaffed: [{ numeric: ["<", 5] }] }', undefined, []],
  ['{ agentsAvailable: [0], agentsStaffed: [{ numeric: [">", 5] }] }', undefined, []],
  [
    '{ agentsAvailable: [{ numeric: [">", 10] }], agentsStaffed: [{ exists: false }] }',
    undefined,
    ['condition-never'],
  ],
  ['{ waiting: [1.5] }', undefined, ['condition-never']],
  ['{ waiting: [5], oldestSeconds: [{ numeric: ["<", 0] }] }', undefined, ['condition-never']],
  ['{ agentsAvailable: [{ exists: false }, 10], agentsStaffed: [5] }', undefined, ['condition-never']],
  ['{ agentsAvailable: [{ numeric: [">", 10] }], agentsStaffed: [{ exists: true }] }', undefined, []],
  ['{ agentsAvailable: [{ numeric: [">", 2.5] }], agentsStaffed: [{ numeric: ["<", 3.5] }] }', undefined, []],
  ['{ waiting: [0] }', undefined, []],
  ['{ waiting: [{ numeric: [">", 1.5, "<", 3] }] }', undefined, []],
  ['{ waiting: [{ numeric: [">", 5000000000] }] }', undefined, []],
  ['{ waiting: [{ "anything-but": [0, 1, 2] }] }', undefined, []],
  ['{ oldestSeconds: [{ numeric: [">", 1, "<=", 2] }] }', undefined, []],
  ['{ $or: [{ waiting: [-1] }, { waiting: [7] }] }', undefined, []],
  ['{ waiting: [{ numeric: [">", 50] }] }', '{ waiting: [{ numeric: ["<", 30] }] }', []],
  ['{ waiting: [{ numeric: [">", 50] }] }', '{ waiting: [{ numeric: ["<", 51] }] }', []],
  ['{ waiting: [{ numeric: [">", 50] }] }', '{ waiting: [{ numeric: ["<", 52] }] }', ['condition-overlap']],
  ['{ waiting: [5, 7] }', '{ waiting: [7] }', ['condition-overlap']],
  ['{ $or: [{ waiting: [5] }, { waiting: [7] }] }', '{ waiting: [7] }', ['condition-overlap']],
  ['{ waiting: [7] }', '{ $or: [{ waiting: [5] }, { waiting: [7] }] }', ['condition-overlap']],
  ['{ agentsStaffed: [{ exists: false }] }', '{ agentsStaffed: [{ exists: true }] }', []],
  ['{ waiting: ["5", 7] }', '{ waiting: [7] }', ['value-type', 'condition-overlap']],
  [
    '{ waiting: [{ numeric: [">", 50] }] }',
    '{ oldestSeconds: [{ numeric: ["<", 60] }] }',
    ['condition-overlap'],
  ],
])('warnings on when %s until %s: %j', (when, until, codes) => {
  const condition = valid(`when: ${when}${until ? `\nuntil: ${until}` : ''}`);
  expect(conditionWarnings(condition).map(({ code }) => code)).toEqual(codes);
});

test('a warning stands at the pattern that it is about, and names the condition', () => {
  expect(conditionWarnings(valid('when: { waiting: [-1] }'))).toEqual([
    {
      code: 'condition-never',
      path: ['when'],
      message:
        'No load of a queue matches `when`, so the condition busy never begins. Numbers of contacts, seconds and ' +
        'agents are whole and 0 or more. Where nobody waits, oldestSeconds is 0, and agentsAvailable is not more ' +
        'than agentsStaffed.',
    },
  ]);
  expect(conditionWarnings(valid('when: { waiting: [5] }\nuntil: { waiting: [5] }'))).toEqual([
    {
      code: 'condition-overlap',
      path: ['until'],
      message:
        'One load can match both `when` and `until`, and with it the condition busy does not begin. Leave a gap ' +
        'between them, such as waiting above 50 for `when` and below 30 for `until`.',
    },
  ]);
});

test.each([
  [{ signals: ['busy'] }, true],
  [{ signals: ['other'] }, false],
  [{ signals: [{ prefix: 'bu' }] }, true],
  [{ signals: [{ 'anything-but': 'vip' }] }, true],
  [{ signals: [{ exists: false }] }, true],
  [{ channel: ['CHAT'], signals: ['busy'] }, true],
  [{ $or: [{ channel: ['CHAT'] }, { signals: ['busy'] }] }, true],
  [{ tags: { signals: ['busy'] } }, false],
])('whether %j may depend on the signal busy: %s', (source, mayDepend) => {
  const { pattern } = compilePattern(source);
  expect(pattern && mayNameSignal(pattern, 'busy')).toBe(mayDepend);
});

describe('the conditions in use', () => {
  const patternOf = (source: object) => {
    const { pattern } = compilePattern(source);
    if (!pattern) throw new TypeError(JSON.stringify(source));
    return pattern;
  };

  test.each([[['busy', 'full', 'late']], [['late', 'full', 'busy']], [['full', 'late', 'busy']]])(
    'are in order of their names, given %j',
    (names) => {
      const inUse = conditionsInUse(
        names.map((name) => ({ name })),
        [patternOf({ signals: [{ exists: true }] })],
      );
      expect(inUse.map(({ name }) => name)).toEqual(['busy', 'full', 'late']);
    },
  );

  test('are those that some policy names', () => {
    const patterns = [patternOf({ signals: ['busy'] }), patternOf({ signals: [{ prefix: 'la' }] })];
    const inUse = conditionsInUse([{ name: 'busy' }, { name: 'full' }, { name: 'late' }], patterns);
    expect(inUse).toEqual([{ name: 'busy' }, { name: 'late' }]);
  });
});

describe('what no load can match says what to write', () => {
  const never = (effect: string, rest: string) => `so the condition busy never ${effect}. ${rest}`;
  const TEXT = 'waiting is always a whole number from 0, and';

  test.each<[text: string, found: string[]]>([
    [
      'when: { waiting: ["50"] }',
      [
        `when.waiting.0 condition-never ${never('begins', `${TEXT} "50" is a text, so this never matches. Write 50 without quotes.`)}`,
      ],
    ],
    [
      'when: { waiting: ["> 50"] }',
      [
        `when.waiting.0 condition-never ${never('begins', `${TEXT} "> 50" is a text, so this never matches. Write {"numeric":[">",50]} without quotes.`)}`,
      ],
    ],
    [
      'when: { oldestSeconds: ["2 min", { prefix: "1" }, 90] }',
      [
        'when.oldestSeconds.0 value-type oldestSeconds is always a whole number from 0, and "2 min" is a text, so this never matches. Write 120 without quotes.',
        'when.oldestSeconds.1 value-type oldestSeconds is always a whole number from 0, and prefix compares texts, so this never matches. Write { numeric: [">", 50] }.',
      ],
    ],
    [
      'when: { waiting: [many, 5] }',
      [
        `when.waiting.0 value-type ${TEXT} "many" is a text, so this never matches. Write { numeric: [">", 50] } without quotes.`,
      ],
    ],
    [
      'when: { $or: [{ waiting: [null] }, { waiting: [true] }, { waiting: [5] }] }',
      [
        `when.$or.0.waiting.0 value-type ${TEXT} null is none, so this never matches. Write a number, or { numeric: [">", 50] }.`,
        `when.$or.1.waiting.0 value-type ${TEXT} true is none, so this never matches. Write a number, or { numeric: [">", 50] }.`,
      ],
    ],
    [
      `${WHEN}\nuntil: { waiting: ["30"] }`,
      [
        `until.waiting.0 condition-never ${never('ends', `${TEXT} "30" is a text, so this never matches. Write 30 without quotes.`)}`,
      ],
    ],
    [
      `${WHEN}\nuntil: { waiting: [{ numeric: ["<", 0] }] }`,
      [
        `until condition-never ${never('ends', 'Numbers of contacts, seconds and agents are whole and 0 or more. Where nobody waits, oldestSeconds is 0, and agentsAvailable is not more than agentsStaffed.')}`,
      ],
    ],
  ])('%s', (text, found) => {
    const warnings = conditionWarnings(valid(text)).map(
      ({ code, path, message }) =>
        `${path.join('.')} ${code} ${message.replace(/^No load of a queue matches `\w+`, /, '')}`,
    );
    expect(warnings).toEqual(found);
  });

  test.each([
    ['when: { waiting: "50" }', 'write [50].'],
    ...[
      ['>= 50', '>='],
      ['>50', '>'],
      ['<= 50', '<='],
      ['< 50', '<'],
      ['≥ 50', '>='],
      ['≤50', '<='],
      ['= 50', '='],
      ['== 50', '='],
      [' > 50 ', '>'],
    ].map(([text, sign]) => [`when: { waiting: "${text}" }`, `write [{"numeric":["${sign}",50]}].`]),
    ['when: { waiting: " 50 " }', 'write [50].'],
    ['when: { oldestSeconds: 2m }', 'write [120].'],
    ['when: { oldestSeconds: PT2M }', 'write [120].'],
    ['when: { oldestSeconds: "> 2 min" }', 'write [{"numeric":[">",120]}].'],
    ['when: { waiting: 2m }', 'such as [{"numeric": [">", 50]}].'],
    ['when: { waiting: many }', 'such as [{"numeric": [">", 50]}].'],
    ['when: { waiting: "> many" }', 'such as [{"numeric": [">", 50]}].'],
    ['when: { waiting: 50 }', 'write [50].'],
    ['when: { $or: [{ waiting: "50" }, { waiting: [0] }] }', 'A field takes a list of numbers: write [50].'],
    ['when: { waiting: { numeric: [">", 50] } }', 'Write "waiting": [{"numeric": [">",50]}].'],
  ])('%s', (text, advice) => {
    expect(parseConditionText('busy', text).problems.map(({ message }) => message)).toEqual([
      expect.stringContaining(advice),
    ]);
  });
});

test.each(['tags: gold', 'waiting: []', 'waiting: {}'])('no list of numbers is advised for %s', (field) => {
  const { problems } = parseConditionText('busy', `when: { ${field} }`);
  expect(problems).not.toEqual([]);
  expect(problems.map(({ message }) => message).join(' ')).not.toContain('takes a list of numbers');
});

describe('queues', () => {
  const ARN = 'arn:aws:connect:eu-central-1:123456789012:instance/i/queue/q';

  test.each([
    ['"Bill*"', 'literal-wildcard', 'its asterisk included'],
    ['"Billing|Support"', 'literal-operator', 'Write each queue as an entry of its own.'],
    ['Billing; Support', 'literal-operator', 'Write each queue as an entry of its own.'],
    ["'“Billing”'", 'unlikely-text', 'has quotes that are part of the text.'],
  ])('%s is warned of', (queue, code, message) => {
    const warnings = conditionWarnings(valid(`${WHEN}\nqueues: [Support, ${queue}]`));
    expect(warnings).toEqual([{ code, path: ['queues', 1], message: expect.stringContaining(message) }]);
  });

  test('one that stands twice is warned of, and ordinary ones are not', () => {
    const codes = (queues: string) =>
      conditionWarnings(valid(`${WHEN}\nqueues: ${queues}`)).map(({ code }) => code);
    expect(codes('[Support, Support]')).toEqual(['repeated-value']);
    expect(codes(`[Support, "Billing, EU", Büro, q-1, ${ARN}]`)).toEqual([]);
    expect(codes('["Billing;", "|Support"]')).toEqual([]);
  });
});

const TWICE =
  'The queue with the id q-1 stands in this list twice, by its id and by its ARN. Remove one, or correct it.';

test.each<[queues: string[], message: string[]]>([
  [['Billing', 'billing'], []],
  [['Billing', 'Billing'], ['"Billing" stands in this list twice. Remove one, or correct it.']],
  [[QUEUE_ARN, 'q-1'], [TWICE]],
  [['q-1', QUEUE_ARN], [TWICE]],
])('a queue that stands twice is warned of, under its id and its ARN, too: %j', (queues, messages) => {
  const warnings = conditionWarnings(valid(`${WHEN}\nqueues: ${JSON.stringify(queues)}`));
  expect(warnings.map(({ message }) => message)).toEqual(messages);
});
