import { describe, expect, test } from '@jest/globals';
import { draftProblems, freePlaces } from '../../../lambda/domain/policy/free-places.ts';
import { parsePolicy } from '../../../lambda/domain/policy/parse.ts';

const placesOf = (value: unknown) => freePlaces(value).map(({ path }) => path.join('.'));

describe('the free places of a draft', () => {
  test('are those of times, routing, ramps, targets and the order of policies', () => {
    const free = { try: [1] };
    expect(
      placesOf({
        precedence: free,
        rollout: free,
        target: free,
        steps: [
          { after: free, set: { priority: free, age: free } },
          { from: free, every: free, ramp: { age: { add: free, upTo: free } } },
        ],
      }),
    ).toStrictEqual([
      'precedence',
      'rollout',
      'target',
      'steps.0.after',
      'steps.0.set.priority',
      'steps.0.set.age',
      'steps.1.from',
      'steps.1.every',
      'steps.1.ramp.age.add',
      'steps.1.ramp.age.upTo',
    ]);
  });

  test('have what stands after try as their values', () => {
    expect(freePlaces({ target: { try: ['1m', '2m'] }, rollout: { try: 'half' } })).toStrictEqual([
      { path: ['rollout'], values: 'half' },
      { path: ['target'], values: ['1m', '2m'] },
    ]);
  });

  test('are none in patterns, where try is the name of an attribute', () => {
    const pattern = { attributes: { try: ['yes'] } };
    expect(
      placesOf({ match: pattern, steps: [{ after: '0s', when: pattern, set: { priority: 1 } }] }),
    ).toStrictEqual([]);
  });

  test.each([undefined, null, 'try', [], { steps: 'try' }])('are none in %j', (value) => {
    expect(freePlaces(value)).toStrictEqual([]);
    expect(draftProblems(value)).toStrictEqual([]);
  });
});

test('a draft is no policy, and says what to do instead', () => {
  const { policy, problems } = parsePolicy(
    'p',
    'steps:\n  - after: { try: [0s, 30s] }\n    set: { priority: 1 }\n',
  );
  expect(policy).toBeUndefined();
  expect(problems.map(({ code, line, column, message }) => [code, line, column, message])).toStrictEqual([
    [
      'draft',
      2,
      12,
      'This is a draft: "try" marks what escalator recommend chooses. Let it choose and write the policy (escalator recommend SCENARIO --policies DRAFT --goals GOALS -o DIRECTORY), or write one value here.',
    ],
  ]);
});
