import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { formatRoute } from '../../../../lambda/domain/policy/route/format.ts';
import { parseRoute } from '../../../../lambda/domain/policy/route/parse.ts';
import type {
  AttributeCondition,
  BranchExpression,
  ConditionExpression,
  Expression,
  RoutingCriteria,
} from '../../../../lambda/domain/routing/criteria.ts';
import { routingCriteriaProblems } from '../../../../lambda/domain/routing/criteria-problems.ts';

const ANN = '11111111-2222-3333-4444-555555555555';
const BEN = '66666666-7777-8888-9999-000000000000';

/** The longest duration of the policy language, a year. */
const LONGEST_SECONDS = 366 * 86_400;

const level = (Name: string, Value: string, ProficiencyLevel: number): AttributeCondition => ({
  Name,
  Value,
  ComparisonOperator: 'NumberGreaterOrEqualTo',
  ProficiencyLevel,
});
const range = (Name: string, Value: string, min: number, max: number): AttributeCondition => ({
  Name,
  Value,
  ComparisonOperator: 'Range',
  Range: { MinProficiencyLevel: min, MaxProficiencyLevel: max },
});
const agents = (...AgentIds: string[]): AttributeCondition => ({
  ComparisonOperator: 'Match',
  MatchCriteria: { AgentsCriteria: { AgentIds } },
});
const is = (AttributeCondition: AttributeCondition): ConditionExpression => ({ AttributeCondition });
const not = (NotAttributeCondition: AttributeCondition): ConditionExpression => ({ NotAttributeCondition });
const all = (...AndExpression: ConditionExpression[]): BranchExpression => ({ AndExpression });
const any = (...OrExpression: BranchExpression[]): Expression => ({ OrExpression });
const step = (Expression: Expression, DurationInSeconds?: number) => ({
  Expression,
  ...(DurationInSeconds && { Expiry: { DurationInSeconds } }),
});

describe('the short form parses as the criteria of the API', () => {
  test.each<{ name: string; route: string[]; steps: RoutingCriteria['Steps']; formatted?: string[] }>([
    {
      name: 'two attributes, then a range without a time limit',
      route: ['Language:English >= 4 and Technology:Kinesis >= 2 for 30s', 'Language:English 2..4'],
      steps: [
        step(all(is(level('Language', 'English', 4)), is(level('Technology', 'Kinesis', 2))), 30),
        step(is(range('Language', 'English', 2, 4))),
      ],
    },
    {
      name: 'a negated condition',
      route: ['not Language:French >= 3'],
      steps: [step(not(level('Language', 'French', 3)))],
    },
    {
      name: 'agents by their ids, and a last step that expires',
      route: [`agents ${ANN}, ${BEN} for 1m`],
      steps: [step(is(agents(ANN, BEN)), 60)],
    },
    {
      name: 'every agent except one',
      route: [`not agents ${ANN} and A:x >= 1`],
      steps: [step(all(not(agents(ANN)), is(level('A', 'x', 1))))],
    },
    {
      name: 'one of two attributes',
      route: ['A:x >= 1 or B:y >= 2'],
      steps: [step(any(is(level('A', 'x', 1)), is(level('B', 'y', 2))))],
    },
    {
      name: 'and binds tighter than or',
      route: ['A:x >= 1 and B:y >= 2 or not C:z >= 3'],
      steps: [step(any(all(is(level('A', 'x', 1)), is(level('B', 'y', 2))), not(level('C', 'z', 3))))],
    },
    {
      name: 'keywords in any case, no spaces around signs, and spaces after the colon',
      route: ['A:x>=1 AND B: y 2 .. 3 FOR PT1M', 'NOT a:X>=5'],
      steps: [
        step(all(is(level('A', 'x', 1)), is(range('B', 'y', 2, 3))), 60),
        step(not(level('a', 'X', 5))),
      ],
      formatted: ['A:x >= 1 and B:y 2..3 for 1m', 'not a:X >= 5'],
    },
    {
      name: 'names and values of several words with single spaces',
      route: ['Spoken  language:Swiss German >= 2 and Product: AWS 2 2..3'],
      steps: [
        step(all(is(level('Spoken language', 'Swiss German', 2)), is(range('Product', 'AWS 2', 2, 3)))),
      ],
      formatted: ['Spoken language:Swiss German >= 2 and Product:"AWS 2" 2..3'],
    },
    {
      name: 'quotes around reserved words and signs',
      route: ['"Read and write":"a:b  >= 3 \\"c\\" \\\\" >= 1 or "agents":"(for)" 1..1'],
      steps: [
        step(any(is(level('Read and write', 'a:b  >= 3 "c" \\', 1)), is(range('agents', '(for)', 1, 1)))),
      ],
    },
    {
      name: 'unnecessary quotes',
      route: ['"Language":"English" >= 4'],
      steps: [step(is(level('Language', 'English', 4)))],
      formatted: ['Language:English >= 4'],
    },
    {
      name: 'names that begin with what looks like a negation',
      route: ['"No fee":x >= 1 and "without":y >= 2'],
      steps: [step(all(is(level('No fee', 'x', 1)), is(level('without', 'y', 2))))],
    },
    {
      name: 'letters of other scripts, and signs without a meaning',
      route: ['Sprache:Türkçe >= 1 and Code:C++ >= 2 and 言語:日本語 >= 3'],
      steps: [
        step(
          all(is(level('Sprache', 'Türkçe', 1)), is(level('Code', 'C++', 2)), is(level('言語', '日本語', 3))),
        ),
      ],
    },
    {
      name: 'five steps',
      route: ['A:x >= 5 for 1s', 'A:x >= 4 for 1m30s', 'A:x >= 3 for 1h', 'A:x >= 2 for 2s', 'A:x >= 1'],
      steps: [5, 4, 3, 2, 1].map((l, i) => step(is(level('A', 'x', l)), [1, 90, 3_600, 2, undefined][i])),
    },
  ])('$name', ({ route, steps, formatted = route }) => {
    const { criteria, problems } = parseRoute(route, []);
    expect(problems).toEqual([]);
    expect(criteria).toEqual({ Steps: steps });
    expect(formatRoute({ Steps: steps })).toEqual(formatted);
  });
});

describe('the short form cannot express', () => {
  const a = is(level('A', 'x', 1));
  test.each<{ name: string; criteria: RoutingCriteria }>([
    { name: 'an AND of one condition', criteria: { Steps: [step(all(a))] } },
    { name: 'an OR of one branch', criteria: { Steps: [step(any(a))] } },
    { name: 'an agent whose id is not a UUID', criteria: { Steps: [step(is(agents('agent-1')))] } },
    { name: 'a step of more than a year', criteria: { Steps: [step(a, LONGEST_SECONDS + 1)] } },
    { name: 'criteria that Connect rejects', criteria: { Steps: [step(a), step(a)] } },
    { name: 'an object that is not criteria', criteria: {} as RoutingCriteria },
  ])('$name', ({ criteria }) => {
    expect(formatRoute(criteria)).toBeUndefined();
  });
});

describe('properties', () => {
  const word = fc.oneof(
    fc.constantFrom(
      'and',
      'OR',
      'not',
      'for',
      'agents',
      'no',
      'x',
      '2',
      '2..4',
      '>=',
      ':',
      '"',
      '\\',
      '(',
      'é',
      ' ',
      '',
    ),
    fc.string({ unit: 'binary', maxLength: 6 }),
  );
  const text = fc
    .array(word, { minLength: 1, maxLength: 4 })
    .map((words) => words.join(' ').slice(0, 100) || 'x');
  const aLevel = fc.integer({ min: 1, max: 5 });
  const condition = fc.oneof(
    fc.tuple(text, text, aLevel).map(([name, value, min]) => level(name, value, min)),
    fc
      .tuple(text, text, aLevel, aLevel)
      .map(([name, value, a, b]) => range(name, value, Math.min(a, b), Math.max(a, b))),
    fc.array(fc.uuid(), { minLength: 1, maxLength: 10 }).map((ids) => agents(...ids)),
  );
  const single = fc.tuple(condition, fc.boolean()).map(([c, negated]) => (negated ? not(c) : is(c)));
  const branch = fc
    .array(single, { minLength: 1, maxLength: 8 })
    .map((list) => (list.length === 1 && list[0] ? list[0] : all(...list)));
  const expression: fc.Arbitrary<Expression> = fc
    .array(branch, { minLength: 1, maxLength: 3 })
    .map((list) => (list.length === 1 && list[0] ? list[0] : any(...list)));
  const steps = fc
    .array(fc.tuple(expression, fc.integer({ min: 1, max: LONGEST_SECONDS })), { minLength: 1, maxLength: 5 })
    .chain((list) =>
      fc
        .boolean()
        .map((isEndless) =>
          list.map(([e, seconds], index) =>
            step(e, isEndless && index === list.length - 1 ? undefined : seconds),
          ),
        ),
    );
  test('formatted criteria parse as the same criteria, whatever the names', () => {
    fc.assert(
      fc.property(steps, (Steps) => {
        // The only possible problem is a repeated attribute.
        fc.pre(routingCriteriaProblems({ Steps }).length === 0);
        const texts = formatRoute({ Steps });
        expect(parseRoute(texts, [])).toEqual({ criteria: { Steps }, problems: [] });
      }),
      { numRuns: 500 },
    );
  });

  test('for any value there are criteria or problems', () => {
    const tokens = fc
      .array(
        fc.constantFrom(
          'A',
          ':',
          'x',
          '>=',
          '..',
          '3',
          'and',
          'or',
          'not',
          'for',
          '30s',
          'agents',
          ANN,
          ',',
          '"',
          '(',
        ),
        { maxLength: 20 },
      )
      .map((list) => list.join(' '));
    const source = fc.oneof(fc.anything(), fc.array(fc.oneof(tokens, fc.string()), { maxLength: 6 }));
    fc.assert(
      fc.property(source, (drawn) => {
        const { criteria, problems } = parseRoute(drawn, ['route']);
        expect(criteria === undefined).toBe(problems.length > 0);
        if (criteria) expect(parseRoute(formatRoute(criteria), []).criteria).toEqual(criteria);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("Connect's own attributes, whose names and values hold a colon", () => {
  const parsed = (text: string) => {
    const { criteria, problems } = parseRoute([text], []);
    const expression = criteria?.Steps[0]?.Expression;
    return expression === undefined ? problems.map(({ message }) => message) : expression;
  };
  const condition = (Name: string, Value: string) => ({
    AttributeCondition: { Name, Value, ComparisonOperator: 'NumberGreaterOrEqualTo', ProficiencyLevel: 3 },
  });

  test.each([
    ['connect:Language:connect:French >= 3', condition('connect:Language', 'connect:French')],
    [
      'connect:Language:connect:Canadian French >= 3',
      condition('connect:Language', 'connect:Canadian French'),
    ],
    ['Language:connect:French >= 3', condition('Language', 'connect:French')],
    ['connect:Language:"French" >= 3', condition('connect:Language', 'French')],
    ['"connect":French >= 3', condition('connect', 'French')],
    ['Tool connect:Basic >= 3', condition('Tool connect', 'Basic')],
    ['Connect tool:Basic >= 3', condition('Connect tool', 'Basic')],
    ['connect basic tool:Basic >= 3', condition('connect basic tool', 'Basic')],
    ['Language:French the >= 3', condition('Language', 'French the')],
    ['No:x >= 3', condition('No', 'x')],
    ['Sign:in >= 3', condition('Sign', 'in')],
    ['Grade:at least >= 3', condition('Grade', 'at least')],
  ])('%s is understood', (text, expected) => {
    expect(parsed(text)).toEqual(expected);
  });

  test.each([
    ['not connect:French 1..5', 'Column 5: found "connect:French 1..5"'],
    ['connect: French >= 3', 'Column 1: found "connect: French >= 3"'],
    ['connect:Language >= 3', 'Column 1: found "connect:Language >= 3"; expected the name of Connect'],
    ['Language:connect:"French" >= 3', 'Column 17: found ":"'],
    ['connect:Language connect:French >= 3', 'Did you mean "connect:Language:connect:French"?'],
    ['connect:Language:French >= 3', 'Column 18: found "French"'],
    ['connect:Language:French >= 3', 'Did you mean "connect:French"?'],
    ['Connect:French >= 3', 'Column 1: found "Connect:French >= 3"'],
    ['not CONNECT:French 1..5', 'Column 5: found "CONNECT:French 1..5"'],
    ['Connect:Language:connect:French >= 3', 'such as "connect:Language:connect:French >= 3"'],
  ])('%s is refused', (text, expected) => {
    expect(parsed(text)).toEqual([expect.stringContaining(expected)]);
    expect(parseRoute([text], []).problems.map(({ code }) => code)).toEqual(['route-attribute']);
  });
});
