import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import {
  type AttributeCondition,
  type Expression,
  plainCriteria,
  type RoutingCriteria,
  sameCriteria,
} from '../../../lambda/domain/routing/criteria.ts';
import { routingCriteriaProblems } from '../../../lambda/domain/routing/criteria-problems.ts';
import { formatPath } from '../../../lambda/domain/validation/problem.ts';

const english = (level: number): AttributeCondition => ({
  Name: 'Language',
  Value: 'English',
  ComparisonOperator: 'NumberGreaterOrEqualTo',
  ProficiencyLevel: level,
});
const attribute = (name: string) => ({ AttributeCondition: { ...english(1), Name: name } });
const agents = (...ids: string[]): AttributeCondition => ({
  ComparisonOperator: 'Match',
  MatchCriteria: { AgentsCriteria: { AgentIds: ids } },
});
const range = (min: number, max: number): AttributeCondition => ({
  Name: 'Language',
  Value: 'English',
  ComparisonOperator: 'Range',
  Range: { MinProficiencyLevel: min, MaxProficiencyLevel: max },
});
const names = (count: number) => Array.from({ length: count }, (_, index) => attribute(`A${index}`));
const one = (Expression: unknown) => ({ Steps: [{ Expression }] });
const single = { AttributeCondition: english(3) };

describe('criteria that Connect accepts', () => {
  test.each<{ name: string; criteria: unknown }>([
    { name: 'a single step that never expires', criteria: one(single) },
    {
      name: 'five steps, the last of which expires too',
      criteria: {
        Steps: [1, 2, 3, 4, 5].map((s) => ({ Expression: single, Expiry: { DurationInSeconds: s } })),
      },
    },
    { name: 'an AND of eight', criteria: one({ AndExpression: names(8) }) },
    {
      name: 'an OR of three, with ANDs of eight in it',
      criteria: one({
        OrExpression: [{ AndExpression: names(8) }, attribute('B'), { NotAttributeCondition: agents('c') }],
      }),
    },
    {
      name: 'the same attribute in two steps',
      criteria: { Steps: [{ Expression: single, Expiry: { DurationInSeconds: 1 } }, { Expression: single }] },
    },
    {
      name: 'two values of one attribute name, as the OR example of the administrator guide has them',
      criteria: one({ OrExpression: [single, { AttributeCondition: { ...english(2), Value: 'French' } }] }),
    },
    { name: 'a range of one level', criteria: one({ NotAttributeCondition: range(4, 4) }) },
    {
      name: 'ten agents',
      criteria: one({ AttributeCondition: agents(...Array.from({ length: 10 }, (_, i) => `agent-${i}`)) }),
    },
    {
      name: 'the longest name and value',
      criteria: one({ AttributeCondition: { ...english(5), Name: 'n'.repeat(100), Value: 'v'.repeat(128) } }),
    },
  ])('$name', ({ criteria }) => {
    expect(routingCriteriaProblems(criteria)).toEqual([]);
    expect(plainCriteria(criteria)).toEqual(criteria);
  });
});

const at = 'Steps[0].Expression';
const kindsAtTop = 'exactly one of AttributeCondition, NotAttributeCondition, AndExpression, OrExpression';
const kindsInBranch = 'exactly one of AttributeCondition, NotAttributeCondition, AndExpression';
const kindsInAnd = 'exactly one of AttributeCondition, NotAttributeCondition';
const conditionWith = (change: object) => one({ AttributeCondition: { ...english(3), ...change } });

describe('the operator of a condition', () => {
  test.each([
    ['>=', 'NumberGreaterOrEqualTo'],
    ['≥', 'NumberGreaterOrEqualTo'],
    ['..', 'Range'],
    ['Rnge', 'Range'],
    ['match', 'Match'],
    ['toString', undefined],
    [7, undefined],
  ])('%j: %s is suggested', (ComparisonOperator, suggested) => {
    const [problem] = routingCriteriaProblems(conditionWith({ ComparisonOperator }));
    expect(problem).toMatchObject({ code: 'not-allowed', found: ComparisonOperator });
    expect(/Did you mean "(\w+)"/.exec(problem?.message ?? '')?.[1]).toBe(suggested);
  });
});

describe('advice on a text of the wrong type', () => {
  test.each<[value: unknown, advice: string | undefined]>([
    [7, '"7"'],
    [['x'], '"x"'],
    [['v'.repeat(128)], `"${'v'.repeat(128)}"`],
    [['v'.repeat(129)], undefined],
    [[5], undefined],
    [[null], undefined],
  ])('%j', (Value, advice) => {
    const [problem] = routingCriteriaProblems(conditionWith({ Value }));
    expect(problem?.code).toBe('wrong-type');
    expect(/ Write (.*)\.$/.exec(problem?.message ?? '')?.[1]).toBe(advice);
  });

  test('a null has one advice', () => {
    const [problem] = routingCriteriaProblems(conditionWith({ Name: null }));
    expect(problem?.message.match(/Write/g)).toHaveLength(1);
  });
});

describe('a range', () => {
  test.each([
    [range(6, 0), ['MinProficiencyLevel', 'MaxProficiencyLevel']],
    [range(6, 4), ['MinProficiencyLevel']],
    [range(4, 2), ['Range']],
  ])('%j: its order is reported only where its bounds are right', (AttributeCondition, paths) => {
    expect(routingCriteriaProblems(one({ AttributeCondition })).map(({ path }) => path.at(-1))).toEqual(
      paths,
    );
  });
});

test('what is no attribute cannot be repeated', () => {
  const twice = (change: object) => {
    const condition = { AttributeCondition: { ...english(3), ...change } };
    return routingCriteriaProblems(one({ AndExpression: [condition, condition] })).map(({ code }) => code);
  };
  expect(twice({})).toEqual(['repeated-attribute']);
  expect(twice({ Value: 7 })).toEqual(['wrong-type', 'wrong-type']);
  expect(twice({ Name: 7 })).toEqual(['wrong-type', 'wrong-type']);
});

describe('every problem is reported, with its code, path and what is allowed', () => {
  test.each<{ name: string; criteria: unknown; problems: [code: string, path: string, message: string][] }>([
    {
      name: 'no object',
      criteria: null,
      problems: [
        [
          'wrong-type',
          '',
          'Found null; expected an object with Steps. Write a value, or leave the key out if it is optional.',
        ],
      ],
    },
    {
      name: 'no steps',
      criteria: {},
      problems: [['missing', 'Steps', 'Steps is missing; expected a list of 1 to 5 steps.']],
    },
    {
      name: 'an empty list of steps',
      criteria: { Steps: [] },
      problems: [
        [
          'out-of-range',
          'Steps',
          'Found an empty list; expected a list of 1 to 5 steps. Write an entry, or leave the key out if it is optional.',
        ],
      ],
    },
    {
      name: 'six steps',
      criteria: {
        Steps: Array.from({ length: 6 }, () => ({ Expression: single, Expiry: { DurationInSeconds: 9 } })),
      },
      problems: [['out-of-range', 'Steps', 'Found 6 entries; expected a list of 1 to 5 steps.']],
    },
    {
      name: 'steps before the last that never expire',
      criteria: {
        Steps: [{ Expression: single }, { Expression: single, Expiry: {} }, { Expression: single }],
      },
      problems: [
        [
          'missing',
          'Steps[0].Expiry',
          'Expiry is missing; expected an Expiry with DurationInSeconds, which only the last step may do without.',
        ],
        [
          'missing',
          'Steps[1].Expiry.DurationInSeconds',
          'DurationInSeconds is missing; expected a whole number from 1 to 2147483647.',
        ],
      ],
    },
    {
      name: 'durations that are none',
      criteria: {
        Steps: [0, 1.5, '30', 2 ** 31].map((DurationInSeconds) => ({
          Expression: single,
          Expiry: { DurationInSeconds },
        })),
      },
      problems: [
        [
          'out-of-range',
          'Steps[0].Expiry.DurationInSeconds',
          'Found 0; expected a whole number from 1 to 2147483647.',
        ],
        [
          'out-of-range',
          'Steps[1].Expiry.DurationInSeconds',
          'Found 1.5; expected a whole number from 1 to 2147483647.',
        ],
        [
          'wrong-type',
          'Steps[2].Expiry.DurationInSeconds',
          'Found "30"; expected a whole number from 1 to 2147483647. Write 30, without quotes.',
        ],
        [
          'out-of-range',
          'Steps[3].Expiry.DurationInSeconds',
          'Found 2147483648; expected a whole number from 1 to 2147483647.',
        ],
      ],
    },
    {
      name: 'a step without expression',
      criteria: { Steps: [{}] },
      problems: [['missing', at, `Expression is missing; expected an expression with ${kindsAtTop}.`]],
    },
    {
      name: 'an expression of no kind',
      criteria: one({}),
      problems: [['expression-kind', at, `Found []; expected ${kindsAtTop}.`]],
    },
    {
      name: 'an expression of two kinds, of which one has a problem of its own',
      criteria: one({ ...single, AndExpression: [] }),
      problems: [
        ['expression-kind', at, `Found ["AttributeCondition","AndExpression"]; expected ${kindsAtTop}.`],
        [
          'out-of-range',
          `${at}.AndExpression`,
          'Found an empty list; expected a list of 1 to 8 conditions. Write an entry, or leave the key out if it is optional.',
        ],
      ],
    },
    {
      name: 'nine conditions in an AND, four branches in an OR',
      criteria: {
        Steps: [
          { Expression: { AndExpression: names(9) }, Expiry: { DurationInSeconds: 9 } },
          { Expression: { OrExpression: names(4) } },
        ],
      },
      problems: [
        ['out-of-range', `${at}.AndExpression`, 'Found 9 entries; expected a list of 1 to 8 conditions.'],
        [
          'out-of-range',
          'Steps[1].Expression.OrExpression',
          'Found 4 entries; expected a list of 1 to 3 branches.',
        ],
      ],
    },
    {
      name: 'an OR inside of an AND, an OR inside of an OR, an AND inside of an AND',
      criteria: {
        Steps: [
          { Expression: { AndExpression: [{ OrExpression: names(2) }] }, Expiry: { DurationInSeconds: 9 } },
          { Expression: { OrExpression: [{ OrExpression: names(2) }] }, Expiry: { DurationInSeconds: 9 } },
          { Expression: { AndExpression: [{ AndExpression: names(2) }] } },
        ],
      },
      problems: [
        [
          'misplaced-expression',
          'Steps[0].Expression.AndExpression[0].OrExpression',
          `Found "OrExpression"; expected ${kindsInAnd}.`,
        ],
        [
          'misplaced-expression',
          'Steps[1].Expression.OrExpression[0].OrExpression',
          `Found "OrExpression"; expected ${kindsInBranch}.`,
        ],
        [
          'misplaced-expression',
          'Steps[2].Expression.AndExpression[0].AndExpression',
          `Found "AndExpression"; expected ${kindsInAnd}.`,
        ],
      ],
    },
    {
      name: 'an attribute twice in an AND, and once more in another branch of the OR',
      criteria: one({
        OrExpression: [
          { AndExpression: [single, { NotAttributeCondition: range(5, 5) }] },
          { AttributeCondition: english(1) },
        ],
      }),
      problems: [
        [
          'repeated-attribute',
          `${at}.OrExpression[0].AndExpression[1].NotAttributeCondition`,
          'Found "Language:English"; expected each attribute once in an expression.',
        ],
        [
          'repeated-attribute',
          `${at}.OrExpression[1].AttributeCondition`,
          'Found "Language:English"; expected each attribute once in an expression.',
        ],
      ],
    },
    {
      name: 'an empty condition',
      criteria: one({ AttributeCondition: {} }),
      problems: [
        [
          'missing',
          `${at}.AttributeCondition.ComparisonOperator`,
          'ComparisonOperator is missing; expected one of NumberGreaterOrEqualTo, Range, Match.',
        ],
      ],
    },
    {
      name: 'an unknown operator does not hide what is wrong beside it',
      criteria: conditionWith({ ComparisonOperator: 'constructor', ProficiencyLevel: 6, Name: '' }),
      problems: [
        [
          'not-allowed',
          `${at}.AttributeCondition.ComparisonOperator`,
          'Found "constructor"; expected one of NumberGreaterOrEqualTo, Range, Match.',
        ],
        [
          'out-of-range',
          `${at}.AttributeCondition.Name`,
          'Found ""; expected a string of 1 to 100 characters.',
        ],
        [
          'out-of-range',
          `${at}.AttributeCondition.ProficiencyLevel`,
          'Found 6; expected a whole number from 1 to 5.',
        ],
      ],
    },
    {
      name: 'a name and a value of the wrong type, no level',
      criteria: conditionWith({ Name: 7, Value: ['English'], ProficiencyLevel: undefined }),
      problems: [
        [
          'wrong-type',
          `${at}.AttributeCondition.Name`,
          'Found 7; expected a string of 1 to 100 characters. Write "7".',
        ],
        [
          'wrong-type',
          `${at}.AttributeCondition.Value`,
          'Found ["English"]; expected a string of 1 to 128 characters. Write "English".',
        ],
        [
          'missing',
          `${at}.AttributeCondition.ProficiencyLevel`,
          'ProficiencyLevel is missing; expected a whole number from 1 to 5.',
        ],
      ],
    },
    {
      name: 'a name and a value that are too long',
      criteria: conditionWith({ Name: 'n'.repeat(101), Value: 'v'.repeat(129) }),
      problems: [
        [
          'out-of-range',
          `${at}.AttributeCondition.Name`,
          `Found "${'n'.repeat(56)}...; expected a string of 1 to 100 characters.`,
        ],
        [
          'out-of-range',
          `${at}.AttributeCondition.Value`,
          `Found "${'v'.repeat(56)}...; expected a string of 1 to 128 characters.`,
        ],
      ],
    },
    {
      name: 'levels outside of 1 to 5 in a range, and a range the wrong way round',
      criteria: {
        Steps: [
          { Expression: { AttributeCondition: range(0, 6) }, Expiry: { DurationInSeconds: 9 } },
          { Expression: { AttributeCondition: range(4, 2) } },
        ],
      },
      problems: [
        [
          'out-of-range',
          `${at}.AttributeCondition.Range.MinProficiencyLevel`,
          'Found 0; expected a whole number from 1 to 5.',
        ],
        [
          'out-of-range',
          `${at}.AttributeCondition.Range.MaxProficiencyLevel`,
          'Found 6; expected a whole number from 1 to 5.',
        ],
        [
          'out-of-range',
          'Steps[1].Expression.AttributeCondition.Range',
          'Found {"MinProficiencyLevel":4,"MaxProficiencyLevel":2}; expected a MinProficiencyLevel that is not above MaxProficiencyLevel.',
        ],
      ],
    },
    {
      name: 'no agents, eleven agents, an agent without id',
      criteria: {
        Steps: [
          { Expression: { AttributeCondition: agents() }, Expiry: { DurationInSeconds: 9 } },
          { Expression: { AttributeCondition: agents(...'abcdefghijk') }, Expiry: { DurationInSeconds: 9 } },
          { Expression: { AttributeCondition: agents('') } },
        ],
      },
      problems: [
        [
          'out-of-range',
          'Steps[0].Expression.AttributeCondition.MatchCriteria.AgentsCriteria.AgentIds',
          'Found an empty list; expected a list of 1 to 10 user ids. Write an entry, or leave the key out if it is optional.',
        ],
        [
          'out-of-range',
          'Steps[1].Expression.AttributeCondition.MatchCriteria.AgentsCriteria.AgentIds',
          'Found 11 entries; expected a list of 1 to 10 user ids.',
        ],
        [
          'out-of-range',
          'Steps[2].Expression.AttributeCondition.MatchCriteria.AgentsCriteria.AgentIds[0]',
          'Found ""; expected a string of 1 to 256 characters.',
        ],
      ],
    },
    {
      name: 'members of another operator',
      criteria: one({ AttributeCondition: { ...agents('a'), Name: 'Language', ProficiencyLevel: 3 } }),
      problems: [
        [
          'misplaced-key',
          `${at}.AttributeCondition.Name`,
          'Found "Name"; expected MatchCriteria with Match.',
        ],
        [
          'misplaced-key',
          `${at}.AttributeCondition.ProficiencyLevel`,
          'Found "ProficiencyLevel"; expected MatchCriteria with Match.',
        ],
      ],
    },
    {
      name: 'unknown keys, at every depth',
      criteria: {
        steps: [],
        Steps: [
          {
            Expression: { AttributeCondition: { ...english(3), Level: 3 }, Xor: [] },
            Expiry: { DurationInSeconds: 9, ExpiryTimestamp: 'x' },
            Status: 'ACTIVE',
          },
        ],
      },
      problems: [
        ['unknown-key', 'steps', '"steps" is not a known key; expected one of Steps. Did you mean "Steps"?'],
        [
          'unknown-key',
          'Steps[0].Status',
          '"Status" is not a known key; expected one of Expression, Expiry.',
        ],
        [
          'unknown-key',
          `${at}.Xor`,
          '"Xor" is not a known key; expected one of AttributeCondition, NotAttributeCondition, AndExpression, OrExpression.',
        ],
        [
          'unknown-key',
          `${at}.AttributeCondition.Level`,
          '"Level" is not a known key; expected one of ComparisonOperator, Name, Value, ProficiencyLevel, Range, MatchCriteria.',
        ],
        [
          'unknown-key',
          'Steps[0].Expiry.ExpiryTimestamp',
          '"ExpiryTimestamp" is not a known key; expected one of DurationInSeconds.',
        ],
      ],
    },
  ])('$name', ({ criteria, problems }) => {
    const found = routingCriteriaProblems(criteria);
    expect(found.map(({ code, path, message }) => [code, formatPath(path), message])).toEqual(problems);
  });
});

const levels = fc.integer({ min: 1, max: 5 });
const condition: fc.Arbitrary<AttributeCondition> = fc.oneof(
  levels.map(english),
  fc.tuple(levels, levels).map(([a, b]) => range(Math.min(a, b), Math.max(a, b))),
  fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 10 }).map((ids) => agents(...ids)),
);
const leaf = fc.oneof(
  condition.map((AttributeCondition) => ({ AttributeCondition })),
  condition.map((NotAttributeCondition) => ({ NotAttributeCondition })),
);
const expression: fc.Arbitrary<Expression> = fc.oneof(
  leaf,
  fc.integer({ min: 1, max: 8 }).map((count) => ({ AndExpression: names(count) })),
  fc.integer({ min: 1, max: 3 }).map((count) => ({ OrExpression: names(count) })),
);
const criteria: fc.Arbitrary<RoutingCriteria> = fc
  .array(
    fc.record({
      Expression: expression,
      Expiry: fc.record({ DurationInSeconds: fc.integer({ min: 1, max: 999 }) }),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((Steps) => ({ Steps }));

describe('properties', () => {
  test('any value gives problems and no exception', () => {
    const somewhere = fc.tuple(
      fc.constantFrom('Steps', 'Expression', 'AndExpression', 'Range', 'Name'),
      fc.anything(),
    );
    const nearly = fc.oneof(
      fc.anything({ withBigInt: true, withNullPrototype: true }),
      somewhere.map(([key, inner]) => one({ [key]: inner })),
      fc.anything({ withBigInt: true }).map((Name) => conditionWith({ Name })),
    );
    fc.assert(
      fc.property(nearly, (value) => {
        expect(routingCriteriaProblems(value).length).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test('a list that contains itself, as YAML aliases allow, is a problem and no endless loop', () => {
    const loop: unknown[] = [];
    loop.push({ OrExpression: loop });
    expect(routingCriteriaProblems(one({ OrExpression: loop })).map(({ code }) => code)).toEqual([
      'misplaced-expression',
    ]);
    expect(routingCriteriaProblems({ Steps: { loop } }).map(({ message }) => message)).toEqual([
      'Found an object; expected a list of 1 to 5 steps.',
    ]);
  });

  test('well-formed criteria have no problems, are the same as themselves and are already plain', () => {
    fc.assert(
      fc.property(criteria, (value) => {
        expect(routingCriteriaProblems(value)).toEqual([]);
        expect(sameCriteria(value, structuredClone(value))).toBe(true);
        expect(plainCriteria(value)).toEqual(value);
      }),
    );
  });

  test('members that DescribeContact adds change nothing', () => {
    fc.assert(
      fc.property(criteria, (value) => {
        const answered = {
          Index: 0,
          ActivationTimestamp: new Date(0),
          Steps: value.Steps.map((step) => ({
            Status: 'ACTIVE',
            Expiry: { ...step.Expiry, ExpiryTimestamp: new Date(9) },
            Expression: { OrExpression: undefined, ...step.Expression },
          })),
        };
        expect(plainCriteria(answered)).toEqual(value);
        expect(sameCriteria(answered, value)).toBe(true);
      }),
    );
  });
});

describe('plain and same', () => {
  test('a last step whose Expiry holds nothing that a request carries has none', () => {
    expect(
      plainCriteria({ Steps: [{ Expression: single, Expiry: { ExpiryTimestamp: 1 }, Status: 'ACTIVE' }] }),
    ).toEqual({
      Steps: [{ Expression: single }],
    });
  });

  test.each([
    { Expression: single, Expiry: null },
    { Expression: single, Expiry: { DurationInSeconds: null } },
    { Expression: { ...single, OrExpression: [null, {}] } },
  ])('what holds nothing is left out: %j', (step) => {
    expect(plainCriteria({ Steps: [step, {}, null] })).toStrictEqual({ Steps: [{ Expression: single }] });
  });

  test.each([
    undefined,
    null,
    {},
    { Steps: [] },
    { Steps: null },
    { Steps: 'x' },
    { Expression: single },
    'Steps',
    [],
  ])('%j has no steps', (value) => {
    expect(plainCriteria(value)).toBeUndefined();
  });

  test('no criteria are the same as empty ones, and differ from any', () => {
    expect(sameCriteria(undefined, { Steps: [] })).toBe(true);
    expect(sameCriteria(undefined, one(single))).toBe(false);
  });

  test('a level, a duration or the order of steps makes a difference', () => {
    const a = { Expression: single, Expiry: { DurationInSeconds: 10 } };
    const b = { Expression: { AttributeCondition: english(1) }, Expiry: { DurationInSeconds: 10 } };
    expect(sameCriteria({ Steps: [a, b] }, { Steps: [b, a] })).toBe(false);
    expect(sameCriteria({ Steps: [a] }, { Steps: [b] })).toBe(false);
    expect(sameCriteria({ Steps: [a] }, { Steps: [{ ...a, Expiry: { DurationInSeconds: 11 } }] })).toBe(
      false,
    );
  });
});
