import { describe, expect, test } from '@jest/globals';
import { expandRamps } from '../../../../lambda/domain/policy/steps/expand-ramps.ts';

const ramp = (given: object, more: object = {}) => ({ from: '1m', every: '30s', ramp: given, ...more });
const expanded = (...steps: unknown[]) => expandRamps({ steps });
/** The seconds of each step, with what it sets. */
const course = (...steps: unknown[]) =>
  expanded(...steps).map(({ seconds, priority, ageSeconds }) => [seconds, priority ?? ageSeconds]);

test('a step without a time, or with a negative one, has no place among the others', () => {
  const set = { priority: 1 };
  const steps = [{ after: '-1s' }, { by: '-1s' }, {}, { after: '0s' }, { by: '0s' }, { by: '3m' }];
  expect(
    expanded(...steps.map((step) => ({ ...step, set }))).map(({ timing, seconds }) => [timing, seconds]),
  ).toStrictEqual([
    ['after', 0],
    ['by', 0],
    ['by', 180],
  ]);
});

describe('a ramp becomes a step', () => {
  test.each<[string, object, number[][]]>([
    [
      'for each priority on the way up',
      { priority: { from: 4, to: 2 } },
      [
        [60, 4],
        [90, 3],
        [120, 2],
      ],
    ],
    [
      'for each priority on the way down',
      { priority: { from: 2, to: 3 } },
      [
        [60, 2],
        [90, 3],
      ],
    ],
    ['for one priority', { priority: { from: 2, to: 2 } }, [[60, 2]]],
    [
      'for each age up to its end',
      { age: { add: '1m', upTo: '150s' } },
      [
        [60, 60],
        [90, 120],
        [120, 150],
      ],
    ],
    [
      'for each second of age',
      { age: { add: '1s', upTo: '2s' } },
      [
        [60, 1],
        [90, 2],
      ],
    ],
  ])('%s', (_name, given, steps) => {
    expect(course(ramp(given))).toEqual(steps);
  });

  test('with its place, and whether it may be skipped', () => {
    const [first] = expanded(ramp({ priority: { from: 2, to: 1 } }, { when: { signals: ['vip'] } }));
    expect(first).toEqual({
      path: ['steps', 0, 'ramp'],
      timing: 'after',
      seconds: 60,
      isConditional: true,
      priority: 2,
    });
    expect(expanded(ramp({ priority: { from: 2, to: 1 } }))[0]?.isConditional).toBe(false);
  });

  test('of one more than a policy may have, at most', () => {
    expect(expanded(ramp({ priority: { from: 1, to: 1_000_000 } }))).toHaveLength(51);
    expect(expanded(ramp({ age: { add: '1s', upTo: '300d' } }))).toHaveLength(51);
  });
});

test('other steps stay as they are', () => {
  expect(
    expanded(
      { after: '1m', set: { priority: 2 } },
      { by: '2m', set: { age: '3m' }, when: {} },
      { after: '3m', set: 7 },
    ),
  ).toEqual([
    { path: ['steps', 0], timing: 'after', seconds: 60, isConditional: false, priority: 2 },
    { path: ['steps', 1], timing: 'by', seconds: 120, isConditional: true, ageSeconds: 180 },
    { path: ['steps', 2], timing: 'after', seconds: 180, isConditional: false },
  ]);
});

test.each([
  7,
  null,
  {},
  { set: { priority: 2 } },
  { after: 60, set: { priority: 2 } },
  { by: 'soon', set: { priority: 2 } },
  ramp({ priority: { from: 2, to: 1 } }, { from: undefined }),
  ramp({ priority: { from: 2, to: 1 } }, { every: undefined }),
  ramp({ priority: { from: 2, to: 1 } }, { every: '0s' }),
  ramp({ priority: { from: '2', to: 1 } }),
  ramp({ priority: { from: 2 } }),
  ramp({ priority: { from: 2.5, to: 1 } }),
  ramp({ priority: { from: 2, to: 4.5 } }),
  ramp({ priority: { from: 2, to: 0 } }),
  { after: ['3m'], set: { priority: 2 } },
  ramp({ priority: 2 }),
  ramp({ age: 7 }),
  ramp({ age: { add: '0s', upTo: '2s' } }),
  ramp({ age: { add: '1s', upTo: '0s' } }),
  ramp({ age: { upTo: '2s' } }),
  ramp({ age: { add: '1s' } }),
  ramp({}),
])('what is no step is left out: %j', (step) => {
  expect(expanded(step)).toEqual([]);
});

test.each([[null], [7], [{}], [{ steps: 'none' }], [{ steps: {} }]])('%j has no steps', (given) => {
  expect(expandRamps(given)).toEqual([]);
});

test('the shortest ramp of ages is one second', () => {
  expect(course(ramp({ age: { add: '1s', upTo: '1s' } }))).toEqual([[60, 1]]);
});

test('a priority that is no number is none', () => {
  expect(course({ after: '0s', set: { priority: '2' } })).toEqual([[0, undefined]]);
  expect(course({ after: '0s', set: { priority: 0 } })).toEqual([[0, undefined]]);
  expect(course({ after: '0s', set: { priority: 1 } })).toEqual([[0, 1]]);
});
