import { expect, test } from '@jest/globals';
import type { Judged } from '../../../scripts/mutation/campaign.ts';
import { formatReport, percent } from '../../../scripts/mutation/report.ts';

const judged = (file: string, line: number, outcome: Judged['outcome']): Judged => ({
  mutant: { file, line, functionName: 'f', change: `change ${line}` },
  outcome,
});

test('the report has the survivors by file and line, and the scores of all folders', () => {
  expect(
    formatReport(
      [
        judged('lambda/flow/b.ts', 20, 'survived'),
        judged('lambda/flow/b.ts', 3, 'unreached'),
        judged('lambda/flow/dispatch/a.ts', 1, 'killed'),
        judged('lambda/aws/c.ts', 7, 'killed'),
        { ...judged('lambda/aws/c.ts', 8, 'undecided'), reason: 'the process that judges ended' },
      ],
      () => false,
    ).split('\n'),
  ).toEqual([
    'lambda/aws/c.ts',
    '     8  f  change 8  (no verdict: the process that judges ended)',
    '',
    'lambda/flow/b.ts',
    '     3  f  change 3  (no test reaches it)',
    '    20  f  change 20',
    '',
    'lambda/aws                          50.0 %      1 of     2 killed',
    'lambda/flow                         33.3 %      1 of     3 killed',
    'lambda/flow/dispatch               100.0 %      1 of     1 killed',
    'all                                 40.0 %      2 of     5 killed',
  ]);
});

test('the report counts the survivors that are listed, and names the listed mutants that were killed', () => {
  expect(
    formatReport(
      [
        judged('lambda/aws/c.ts', 7, 'killed'),
        judged('lambda/aws/c.ts', 8, 'survived'),
        judged('lambda/aws/c.ts', 9, 'survived'),
      ],
      ({ mutant }) => mutant.line < 9,
    ).split('\n'),
  ).toEqual([
    'lambda/aws/c.ts',
    '     9  f  change 9',
    '',
    'Killed, so remove it from scripts/mutation/known-survivors: lambda/aws/c.ts  f  change 7',
    '1 of the survivors are listed with reasons in scripts/mutation/known-survivors.',
    '',
    'lambda/aws                          33.3 %      1 of     3 killed',
    'all                                 33.3 %      1 of     3 killed',
  ]);
});

test('a score is rounded down, so that only 90 % are 90 %', () => {
  expect(percent(8_999, 10_000)).toBe(89.9);
  expect(percent(9, 10)).toBe(90);
  expect(percent(0, 0)).toBe(100);
});
