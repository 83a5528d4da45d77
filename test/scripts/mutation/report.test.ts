import { expect, test } from '@jest/globals';
import type { Judged } from '../../../scripts/mutation/campaign.ts';
import { formatReport, percent } from '../../../scripts/mutation/report.ts';

const judged = (file: string, line: number, outcome: Judged['outcome']): Judged => ({
  mutant: { file, line, functionName: 'f', change: `change ${line}` },
  outcome,
});

test('the report has the survivors by file and line, and the scores of all folders', () => {
  expect(
    formatReport([
      judged('lambda/flow/b.ts', 20, 'survived'),
      judged('lambda/flow/b.ts', 3, 'unreached'),
      judged('lambda/flow/dispatch/a.ts', 1, 'killed'),
      judged('lambda/aws/c.ts', 7, 'killed'),
    ]).split('\n'),
  ).toEqual([
    'lambda/flow/b.ts',
    '     3  f  change 3  (no test reaches it)',
    '    20  f  change 20',
    '',
    'lambda/aws                         100.0 %      1 of     1 killed',
    'lambda/flow                         33.3 %      1 of     3 killed',
    'lambda/flow/dispatch               100.0 %      1 of     1 killed',
    'all                                 50.0 %      2 of     4 killed',
  ]);
});

test('a score is rounded down, so that only 90 % are 90 %', () => {
  expect(percent(8_999, 10_000)).toBe(89.9);
  expect(percent(9, 10)).toBe(90);
  expect(percent(0, 0)).toBe(100);
});
