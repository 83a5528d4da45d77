import { expect, test } from '@jest/globals';
import { parsePolicy } from '../../../lambda/domain/policy/parse.ts';
import { policySchema } from '../../../lambda/domain/policy/schema.ts';
import { schemaProblems } from '../../../lambda/domain/validation/schema-problems.ts';

const ACCEPT = { 'may-starve': 'They may wait.' };
const problems = (value: object) =>
  schemaProblems(policySchema, { target: '1s', accept: ACCEPT, ...value }).map(
    ({ path, message }) => `${path.join('.')} | ${message}`,
  );

test('a policy may have each of its fields', () => {
  const set = { priority: 1, age: '-1m', routingCriteria: {}, route: [] };
  expect(
    problems({
      description: 'For people.',
      precedence: 1.5,
      mode: 'observe',
      rollout: 0,
      match: {},
      during: 'office',
      clock: 'enqueued',
      paused: 'counts',
      target: 'horizon',
      allowLower: true,
      skipUnstaffed: false,
      steps: [
        { after: '0s', when: {}, set },
        { by: '1m', set },
        { from: '0s', every: '1s', ramp: { priority: { from: 4, to: 1 } } },
        { from: '0s', every: '1s', ramp: { age: { add: '1s', upTo: '1m' } } },
      ],
    }),
  ).toEqual([]);
  expect(problems({ mode: 'enforce', paused: 'stops' })).toEqual([]);
  expect(problems({ mode: 'off' })).toEqual([]);
});

test.each<[value: object, place: string]>([
  [{ steps: [{ set: { priority: 0 } }] }, 'steps.0.set.priority'],
  [{ steps: [{ ramp: { priority: { from: 0, to: 1 } } }] }, 'steps.0.ramp.priority.from'],
  [{ steps: [{ ramp: { priority: { from: 1 } } }] }, 'steps.0.ramp.priority.to'],
  [{ steps: [{ ramp: { age: { upTo: '1m' } } }] }, 'steps.0.ramp.age.add'],
  [{ steps: [{ ramp: { age: { add: '1m' } } }] }, 'steps.0.ramp.age.upTo'],
  [{ steps: [{ every: '0s' }] }, 'steps.0.every'],
  [{ steps: [] }, 'steps'],
  [{ steps: Array(51).fill({}) }, 'steps'],
  [{ rollout: 101 }, 'rollout'],
  [{ rollout: -1 }, 'rollout'],
  [{ paused: 'runs' }, 'paused'],
  [{ accept: { 'may-starve': ' ' } }, 'accept.may-starve'],
  [{ accept: { 'may-stare': 'Yes.' } }, 'accept.may-stare'],
])('%j is a problem', (value, place) => {
  expect(problems(value)).toEqual([expect.stringContaining(`${place} | `)]);
});

test('a warning is accepted for a reason', () => {
  expect(problems({ accept: { 'may-starve': '' } })).toEqual([
    expect.stringContaining('expected the reason why the warning is accepted'),
  ]);
});

test.each(['0s', 'soon', 5, '5 parsecs'])('the target %j is none', (target) => {
  expect(problems({ target })).toEqual([
    expect.stringMatching(/^target \| .*at least 1s, or the word horizon/),
  ]);
});

test('a number in another form than usual is a problem, unless a pattern has it', () => {
  const codes = (text: string) => parsePolicy('a', text).problems.map(({ code }) => code);
  const steps = 'steps: [{ after: 0s, set: { priority: 1 } }]';
  expect(codes(`match: { transfers: [0x2] }\n${steps}`)).toEqual([]);
  expect(codes('steps: [{ after: 0s, when: { transfers: [0x2] }, set: { priority: 1 } }]')).toEqual([]);
  expect(codes(`precedence: 0x10\n${steps}`)).toEqual(['number-form']);
  expect(codes('steps: [{ after: 0s, set: { priority: 0x1 } }]')).toEqual(['number-form']);
});
