import { describe, expect, test } from '@jest/globals';
import { routingFromSet, validateRoutingSet } from '../../../lambda/domain/policy/routing-set.ts';

const AT = ['steps', 0, 'set'];
const CRITERIA = {
  Steps: [
    {
      Expression: {
        AttributeCondition: {
          Name: 'Language',
          Value: 'English',
          ComparisonOperator: 'NumberGreaterOrEqualTo',
          ProficiencyLevel: 1,
        },
      },
      Expiry: { DurationInSeconds: 60 },
    },
  ],
};
const ROUTE = ['Language:English >= 1 for 1m'];

/** The problems, as `code path | message`. */
const problems = (set: unknown) =>
  validateRoutingSet(set, AT).map(({ code, path, message }) => `${code} ${path.join('.')} | ${message}`);

describe('the routing that is set', () => {
  test.each<unknown>([
    { priority: 1 },
    { age: '1m', route: ROUTE },
    { routingCriteria: CRITERIA },
    'no object',
  ])('may be %j', (set) => {
    expect(problems(set)).toEqual([]);
  });

  test.each<[set: object, code: string, path: string, found: string]>([
    [{}, 'sets-nothing', 'steps.0.set', 'Found an empty set'],
    [{ priority: 1, age: '1m' }, 'priority-with-age', 'steps.0.set.age', 'Found both priority and age'],
    [
      { routingCriteria: CRITERIA, route: ROUTE },
      'criteria-twice',
      'steps.0.set.route',
      'Found both routingCriteria and route',
    ],
    [{ route: ['Language:English >='] }, 'route-level', 'steps.0.set.route.0', 'Column 20: found nothing'],
    [{ routingCriteria: {} }, 'missing', 'steps.0.set.routingCriteria.Steps', 'Steps is missing'],
  ])('%j', (set, code, path, found) => {
    expect(problems(set)).toEqual([expect.stringContaining(`${code} ${path} | ${found}`)]);
  });
});

test('an override is given as routing', () => {
  expect(routingFromSet({ priority: 2 })).toEqual({ priority: 2 });
  expect(routingFromSet({ age: '-2m', route: ROUTE })).toEqual({ ageSeconds: -120, criteria: CRITERIA });
  expect(routingFromSet({ priority: 1, routingCriteria: CRITERIA })).toEqual({
    priority: 1,
    criteria: CRITERIA,
  });
});
