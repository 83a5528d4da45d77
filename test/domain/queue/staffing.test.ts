import { expect, test } from '@jest/globals';
import {
  MAX_EXPRESSIONS,
  staffedFor,
  unreadExpressions,
  withFigures,
} from '../../../lambda/domain/queue/staffing.ts';
import { expressionOf } from '../../../lambda/domain/routing/step-expression.ts';

test('figures count for a minute, are read again after half of it, and then are dropped', () => {
  const staffing = withFigures({}, new Map([['a', 2]]), 0);
  expect([staffedFor(staffing, 'a', 59_999), staffedFor(staffing, 'a', 60_000)]).toEqual([2, undefined]);
  expect(staffedFor(staffing, 'constructor', 0)).toBeUndefined();
  expect(unreadExpressions(staffing, ['constructor'], 0)).toEqual(['constructor']);
  expect(unreadExpressions(staffing, ['a', 'b'], 29_999)).toEqual(['b']);
  expect(unreadExpressions(staffing, ['a', 'b'], 30_000)).toEqual(['a', 'b']);
  expect(Object.keys(withFigures(staffing, new Map([['b', 0]]), 59_999))).toEqual(['b', 'a']);
  expect(Object.keys(withFigures(staffing, new Map([['b', 0]]), 60_000))).toEqual(['b']);
  expect(withFigures(staffing, new Map([['a', 0]]), 1)).toEqual({ a: { staffed: 0, at: 1 } });
});

test('the latest fifty figures of a queue are kept', () => {
  const names = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) => [`e-${from + index}`, 1] as const);
  const older = withFigures(withFigures({}, new Map(names(0, 30)), 0), new Map(names(30, 15)), 1);
  const kept = Object.keys(withFigures(older, new Map(names(45, 30)), 2));
  expect(kept).toHaveLength(MAX_EXPRESSIONS);
  expect(kept).toEqual([...names(45, 30), ...names(30, 15), ...names(0, 5)].map(([name]) => name));
  // The table keeps the members of an item in no order.
  const unordered = Object.fromEntries(Object.entries(older).reverse());
  expect(Object.keys(withFigures(unordered, new Map(names(45, 30)), 2))).toEqual(
    expect.arrayContaining([...names(45, 30), ...names(30, 15)].map(([name]) => name)),
  );
});

test('an expression is the same text in whatever order its members stand, and none if it is long', () => {
  const step = (Value: string) => ({
    Expression: {
      AttributeCondition: {
        Value,
        Name: 'Language',
        ProficiencyLevel: 1,
        ComparisonOperator: 'NumberGreaterOrEqualTo' as const,
      },
    },
  });
  expect(expressionOf(step('French'))).toBe(
    '{"AttributeCondition":{"ComparisonOperator":"NumberGreaterOrEqualTo","Name":"Language","ProficiencyLevel":1,' +
      '"Value":"French"}}',
  );
  const room = 500 - (expressionOf(step(''))?.length ?? 0);
  expect(expressionOf(step('x'.repeat(room)))).toHaveLength(500);
  expect(expressionOf(step('x'.repeat(room + 1)))).toBeUndefined();
});
