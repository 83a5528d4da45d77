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
  tiers: [],
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
