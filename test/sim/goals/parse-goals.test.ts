import { describe, expect, test } from '@jest/globals';
import { parseGoals } from '../../../sim/goals/index.ts';
import { GOAL_FORM } from '../../../sim/goals/parse-goal.ts';

const TIERS = ['gold', 'basic'];
const goalsIn = (text: string) => parseGoals(text, TIERS).goals;
const messages = (text: string) =>
  parseGoals(text, TIERS).problems.map(({ line, column, code, message }) => [line, column, code, message]);

describe('a goal', () => {
  test.each([
    ['90 % within 60s', { figure: 'answered', withinSeconds: 60, isChange: false, limit: 0.9 }],
    ['answered 92.5% within 1m30s', { figure: 'answered', withinSeconds: 90, isChange: false, limit: 0.925 }],
    ['abandoned 5 % at most', { figure: 'abandoned', isChange: false, limit: 0.05 }],
    ['abandoned at most 0%', { figure: 'abandoned', isChange: false, limit: 0 }],
    ['abandoned +2 points at most', { figure: 'abandoned', isChange: true, limit: 0.02 }],
    ['abandoned +1 point at most', { figure: 'abandoned', isChange: true, limit: 0.01 }],
    ['mean wait 45s at most', { figure: 'mean', isChange: false, limit: 45 }],
    ['mean +0s at most', { figure: 'mean', isChange: true, limit: 0 }],
    ['10m at most', { figure: 'longest', isChange: false, limit: 600 }],
    ['at most 10m', { figure: 'longest', isChange: false, limit: 600 }],
    ['longest wait 10m  at most', { figure: 'longest', isChange: false, limit: 600 }],
  ])('is read from %j', (text, expected) => {
    expect(goalsIn(JSON.stringify({ gold: text }))).toStrictEqual([{ tier: 'gold', text, ...expected }]);
  });

  test.each([
    'soon',
    '',
    '90 % within',
    '90 % within 0s',
    '0 % within 60s',
    '101 % within 60s',
    '90 within 60s',
    '90 % within 60',
    'abandoned 5 %',
    'abandoned 101 % at most',
    'abandoned +2 % at most',
    'abandoned 2 points at most',
    'mean wait at most',
    '10m',
    '0s at most',
    '-10m at most',
    '+10m at most',
  ])('is not %j', (text) => {
    expect(messages(JSON.stringify({ gold: text }))).toStrictEqual([
      [1, 9, 'goal', `Found ${JSON.stringify(text)}; expected ${GOAL_FORM}.`],
    ]);
  });
});

describe('a goals file', () => {
  test('has one goal or several for each tier, and for everybody', () => {
    const goals = goalsIn('gold: [90 % within 60s, 5m at most]\neverybody: 10m at most\n');
    expect(goals?.map(({ tier, text }) => [tier, text])).toStrictEqual([
      ['gold', '90 % within 60s'],
      ['gold', '5m at most'],
      ['everybody', '10m at most'],
    ]);
  });

  test.each<[text: string, line: number, column: number, code: string, message: string]>([
    ['', 1, 1, 'wrong-type', 'This is empty; expected goals by tier, such as gold: 90 % within 60s.'],
    ['{}', 1, 1, 'wrong-type', 'This is empty; expected goals by tier, such as gold: 90 % within 60s.'],
    ['[a]', 1, 1, 'wrong-type', 'Found ["a"]; expected goals by tier, such as gold: 90 % within 60s.'],
    [
      'gold: 10m at most\nbasik: 10m at most',
      2,
      1,
      'unknown-tier',
      'Found "basik"; expected a tier of the scenario: one of gold, basic, everybody. Did you mean "basic"?',
    ],
    ['gold: 90', 1, 7, 'goal', `Found 90; expected ${GOAL_FORM}.`],
  ])('%j has one problem', (text, line, column, code, message) => {
    expect(messages(text)).toStrictEqual([[line, column, code, message]]);
  });

  test('reports all problems at once', () => {
    expect(
      messages('basic: soon\ngold: [10m at most, later]\nsilver: 1m').map(([line]) => line),
    ).toStrictEqual([1, 2, 3]);
  });
});
