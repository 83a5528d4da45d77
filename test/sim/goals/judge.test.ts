import { describe, expect, test } from '@jest/globals';
import type { TierCounts } from '../../../sim/goals/figures.ts';
import { parseGoals, thresholdsOf } from '../../../sim/goals/index.ts';
import { judgeGoals } from '../../../sim/goals/judge.ts';
import { TierTally } from '../../../sim/simulation/tier-tally.ts';
import type { WaitEnd } from '../../../sim/simulation/wait-counts.ts';

type Wait = readonly [end: WaitEnd, seconds: number];

/** The counts of waits, by tier and run. */
function countsOf(
  tiers: Readonly<Record<string, readonly (readonly Wait[])[]>>,
  thresholds: readonly number[],
): TierCounts {
  return new Map(
    Object.entries(tiers).map(([tier, runs]) => {
      const tally = new TierTally(20, thresholds);
      for (const waits of runs) {
        tally.beginRun();
        for (const [end, seconds] of waits) tally.add(end, seconds, false);
      }
      return [tier, tally];
    }),
  );
}

function judged(
  text: string,
  tiers: Parameters<typeof countsOf>[0],
  baseline: Parameters<typeof countsOf>[0] = tiers,
  confidence?: number,
) {
  const { goals = [], problems } = parseGoals(text, Object.keys(tiers));
  expect(problems).toStrictEqual([]);
  const thresholds = thresholdsOf(goals);
  return judgeGoals(goals, {
    counts: countsOf(tiers, thresholds),
    baseline: countsOf(baseline, thresholds),
    thresholds,
    ...(confidence !== undefined && { confidence }),
  });
}

const answered = (...seconds: number[]): Wait[] => seconds.map((one) => ['answered', one]);
const abandoned = (...seconds: number[]): Wait[] => seconds.map((one) => ['abandoned', one]);

describe('the figure of a goal', () => {
  test.each<[goal: string, runs: Wait[][], value: number]>([
    // Who abandons within the time does not count.
    ['50 % within 60s', [[...answered(60, 61), ...abandoned(59)], answered(1)], 0.75],
    [
      '50 % within 60s',
      [
        [...answered(10), ...abandoned(61)],
        [['waiting', 30], ...answered(10)],
      ],
      0.5,
    ],
    ['abandoned 5 % at most', [[...answered(1), ...abandoned(2)], answered(1)], 0.25],
    ['mean wait 5s at most', [answered(10, 20), answered(25)], 20],
    ['10m at most', [answered(10, 20), abandoned(40)], 30],
  ])('of %s is the mean over the runs', (goal, runs, value) => {
    expect(judged(`gold: ${goal}`, { gold: runs })[0]?.found.value).toBeCloseTo(value, 12);
  });

  test('of everybody is that of all contacts together', () => {
    const tiers = { gold: [answered(10), answered(10)], basic: [answered(70, 80, 90), answered(70, 80, 90)] };
    const results = judged('everybody: [20 % within 60s, 2m at most, mean wait 1m at most]', tiers);
    expect(results.map(({ found }) => found.value)).toStrictEqual([0.25, 90, 62.5]);
    expect(results.map(({ contacts }) => contacts)).toStrictEqual([8, 8, 8]);
  });

  test('is the difference to the baseline in the same runs', () => {
    const [wait, share] = judged(
      'gold: [mean wait +5s at most, abandoned +2 points at most]',
      { gold: [answered(10, 30), [...abandoned(100), ...answered(100)]] },
      { gold: [answered(16), answered(96)] },
    );
    expect(wait?.found).toEqual({ value: 4, low: 4, high: 4 });
    expect(share?.found.value).toBe(0.25);
  });

  test('leaves out runs without contacts of the tier', () => {
    expect(judged('gold: 50 % within 60s', { gold: [answered(70), [], answered(10)] })[0]?.found.value).toBe(
      0.5,
    );
  });
});

describe('a goal is', () => {
  const HALF = [answered(10, 70), answered(10, 70)];
  const VARIED = [answered(10, 10), answered(10, 70), answered(70, 70)];
  test.each<[verdict: string, goal: string, runs: Wait[][]]>([
    ['met', '50 % within 60s', HALF],
    ['missed', '51 % within 60s', HALF],
    ['unclear', '50 % within 60s', VARIED],
    ['met', 'mean wait 40s at most', HALF],
    ['missed', 'mean wait 39s at most', HALF],
    ['unclear', 'mean wait 41s at most', VARIED],
    ['met', '70s at most', HALF],
    ['missed', '69s at most', HALF],
    // Nothing is known of contacts that never came.
    ['unclear', '50 % within 60s', [[], []]],
  ])('%s: %s', (verdict, goal, runs) => {
    expect(judged(`gold: ${goal}`, { gold: runs })[0]?.verdict).toBe(verdict);
  });

  test('harder to meet with more confidence', () => {
    const runs = [answered(10, 10, 10, 70), answered(10, 10, 10, 10), answered(10, 10, 10, 10)];
    const at = (confidence: number) =>
      judged('gold: 70 % within 60s', { gold: runs }, undefined, confidence)[0]?.verdict;
    expect([at(0.5), at(0.99)]).toStrictEqual(['met', 'unclear']);
  });
});
