import { describe, expect, test } from '@jest/globals';
import { type Condition, needsMetrics } from '../../../lambda/domain/condition/condition.ts';
import { parseConditionText } from '../../../lambda/domain/condition/parse-text.ts';
import { mayNameSignal } from '../../../lambda/domain/condition/use.ts';
import { conditionWarnings } from '../../../lambda/domain/condition/warnings.ts';
import { compilePattern, matches } from '../../../lambda/domain/pattern/index.ts';

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

test('queues are named as events name them', () => {
  const arn =
    'arn:aws:connect:eu-central-1:123456789012:instance/i-1/queue/AAAAAAAA-2222-3333-4444-555555555555';
  const { queues } = valid(`${WHEN}\nqueues: [" Billing ", "${arn}"]`);
  expect(queues).toEqual(['Billing', arn.toLowerCase()]);
});

describe('problems', () => {
  test.each([
    ['queues: [a]', 'missing', 'when'],
    ['when: {}', 'empty-object', 'when'],
    ['when: { wating: [1] }', 'unknown-key', 'when.wating'],
    ['when: { $or: [{ waiting: [1] }, { tags: { tier: [gold] } }] }', 'unknown-key', 'when.$or.1.tags.tier'],
    [`${WHEN}\nuntil: { waiting: 3 }`, 'not-a-list', 'until.waiting'],
    [`${WHEN}\nchannel: EMAIL`, 'not-allowed', 'channel'],
    [`${WHEN}\nqueues: []`, 'out-of-range', 'queues'],
    [`${WHEN}\nqueue: [a]`, 'unknown-key', 'queue'],
    ['[]', 'wrong-type', ''],
  ])('%j: %s', (text, code, path) => {
    const { problems } = parseConditionText('busy', text);
    expect(problems.map((problem) => [problem.code, problem.path.join('.')])).toContainEqual([code, path]);
  });

  test.each([
    [
      'queues: [a]',
      'when is missing; expected a pattern over waiting, oldestSeconds, agentsStaffed, agentsAvailable.',
    ],
    [
      'when: {}',
      'Found {}. Write a pattern over waiting, oldestSeconds, agentsStaffed, agentsAvailable: {"waiting": [{"numeric": [">", 50]}]}.',
    ],
    [
      `${WHEN}\nqueues: [Billing, "arn:aws:connect:eu-central-1:123456789012:instance/i-1"]`,
      'Found "arn:aws:connect:eu-central-1:123456789012:instance/i-1"; expected the name or the id of a queue, or its ARN: arn:aws:connect:<region>:<account>:instance/<instance id>/queue/<queue id>.',
    ],
  ])('%j has one, which says what to write', (text, expected) => {
    expect(parseConditionText('busy', text).problems.map(({ message }) => message)).toEqual([expected]);
  });

  test('name the nearest field, and the file whose name is wrong', () => {
    const [problem] = parseConditionText('busy', 'when: { wating: [1] }').problems;
    expect(problem?.message).toContain('waiting');
    expect(parseConditionText('Busy', WHEN).problems.map(({ code }) => code)).toEqual(['condition-name']);
  });
});

test.each([
  [WHEN, false],
  [`${WHEN}\nchannel: CHAT`, true],
  ['when: { agentsAvailable: [0] }', true],
  [`${WHEN}\nuntil: { agentsStaffed: [{ numeric: [">", 2] }] }`, true],
])('whether the metrics of Connect are needed for %j: %s', (text, isNeeded) => {
  expect(needsMetrics(valid(text))).toBe(isNeeded);
});

test.each([
  ['{ waiting: [{ numeric: ["<", 0] }] }', undefined, ['condition-never']],
  ['{ waiting: ["50"] }', undefined, ['condition-never']],
  ['{ oldestSeconds: [{ numeric: [">", 1, "<", 2] }] }', undefined, ['condition-never']],
  ['{ waiting: [{ exists: false }] }', undefined, ['condition-never']],
  ['{ agentsStaffed: [{ exists: false }] }', undefined, []],
  ['{ oldestSeconds: [{ numeric: [">", 1, "<=", 2] }] }', undefined, []],
  ['{ $or: [{ waiting: [-1] }, { waiting: [7] }] }', undefined, []],
  ['{ waiting: [{ numeric: [">", 50] }] }', '{ waiting: [{ numeric: ["<", 30] }] }', []],
  ['{ waiting: [{ numeric: [">", 50] }] }', '{ waiting: [{ numeric: ["<", 51] }] }', []],
  ['{ waiting: [{ numeric: [">", 50] }] }', '{ waiting: [{ numeric: ["<", 52] }] }', ['condition-overlap']],
  [
    '{ waiting: [{ numeric: [">", 50] }] }',
    '{ oldestSeconds: [{ numeric: ["<", 60] }] }',
    ['condition-overlap'],
  ],
])('warnings on when %s until %s: %j', (when, until, codes) => {
  const condition = valid(`when: ${when}${until ? `\nuntil: ${until}` : ''}`);
  expect(conditionWarnings(condition).map(({ code }) => code)).toEqual(codes);
});

test.each([
  [{ signals: ['busy'] }, true],
  [{ signals: ['other'] }, false],
  [{ signals: [{ prefix: 'bu' }] }, true],
  [{ signals: [{ 'anything-but': 'vip' }] }, true],
  [{ signals: [{ exists: false }] }, true],
  [{ $or: [{ channel: ['CHAT'] }, { signals: ['busy'] }] }, true],
  [{ tags: { signals: ['busy'] } }, false],
])('whether %j may depend on the signal busy: %s', (source, mayDepend) => {
  const { pattern } = compilePattern(source);
  expect(pattern && mayNameSignal(pattern, 'busy')).toBe(mayDepend);
});
