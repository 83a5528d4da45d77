import { describe, expect, test } from '@jest/globals';
import { formatSummary } from '../../../local/demo/format.ts';
import type { DemoSummary } from '../../../local/demo/summary.ts';

const SUMMARY: DemoSummary = {
  contacts: 2,
  answered: 1,
  abandoned: 0,
  waiting: 1,
  changesApplied: 1,
  byPolicy: new Map([['gold', 1]]),
  calls: 1,
  throttled: 0,
  callsToDeparted: 0,
  describeCalls: 1,
  describeThrottled: 0,
  maxCallsPerSecond: 1,
  latenessMedianMs: 1_000,
  latenessP95Ms: 1_000,
  departedFirst: 0,
  superseded: 0,
  conditions: new Map([['busy', { times: 2, heldMs: 90_000 }]]),
  serviceLevelSeconds: 120,
  tiers: [],
  notJudged: { heldBack: 0, touched: 0, edited: 0, unseen: 0 },
  sloChecks: [
    {
      objective: 'every change was on time',
      violations: 3,
      dependsOnSpeed: true,
      examples: ['c-1 was late'],
    },
    { objective: 'no change was applied twice', violations: 0, dependsOnSpeed: false, examples: [] },
  ],
};

describe('the conditions of the demo', () => {
  test.each([
    [SUMMARY.conditions, 'busy held 2 times, for 1m30s'],
    [new Map(), 'none held'],
  ])('%#', (conditions, text) => {
    expect(formatSummary({ ...SUMMARY, conditions }, [30], 1_000)).toContain(text);
  });
});

describe('the objectives of the demo', () => {
  test('a missed one is named with examples', () => {
    const text = formatSummary(SUMMARY, [30], 1_000);
    expect(text).toContain('  MISSED  every change was on time (3 times)\n            c-1 was late\n');
    expect(text).toContain('  met     no change was applied twice\n');
  });

  test('a machine that is too slow breaks no promise', () => {
    const text = formatSummary(SUMMARY, [30], 1_000, true);
    expect(text).toContain(
      '  unclear every change was on time (3 times not, on a machine that is too slow)\n',
    );
    expect(text).toContain('  met     no change was applied twice\n');
    expect(text).not.toContain('MISSED');
  });
});

describe('the tiers of the demo', () => {
  const figures = (answered: number, serviceLevel: number | undefined) => ({
    contacts: 9,
    answered,
    abandoned: 2,
    waiting: 1,
    serviceLevel,
    waitMedianSeconds: 30,
    waitP95Seconds: undefined,
  });

  test('stand beside what becomes of the same customers without policies', () => {
    const tiers = [{ tier: 'gold', escalated: 4, ...figures(6, 0.75), baseline: figures(5, undefined) }];
    const rows = formatSummary({ ...SUMMARY, tiers }, [30], 1_000)
      .split('\n')
      .filter((line) => /│ (gold| {2}without) /.test(line))
      .map((line) => line.split('│').map((cell) => cell.trim()));
    expect(rows).toEqual([
      ['', 'gold', '9', '4', '6', '2', '75 %', '30 s', '-', ''],
      ['', 'without', '9', '0', '5', '2', '-', '30 s', '-', ''],
    ]);
  });
});

describe('what the objectives leave out', () => {
  test('is said in words', () => {
    const notJudged = { heldBack: 3, touched: 1, edited: 2, unseen: 4 };
    expect(formatSummary({ ...SUMMARY, notJudged }, [30], 1_000)).toMatch(
      /\nNot judged: 3 changes due while calls were paused; 1 contact that somebody changed \(signal, override, release or event\); 2 contacts that waited while the configuration was edited, to which the edit matters; 4 contacts whose policies ask for loads or agents that only the system counts\.\n$/,
    );
  });

  test('is not mentioned where they leave out nothing', () => {
    expect(formatSummary(SUMMARY, [30], 1_000)).not.toContain('Not judged');
  });
});
