import { describe, expect, test } from '@jest/globals';
import type { Scenario } from '../../../sim/scenario/index.ts';
import { CONFIDENCE } from '../../../sim/simulation/estimate.ts';
import { type NamedPolicySet, type SimulationResult, simulate } from '../../../sim/simulation/index.ts';
import type { Estimate } from '../../../sim/simulation/result.ts';
import { policy } from '../../support/contacts.ts';
import { scenarioFrom, tierOf } from './fixture.ts';

function scenarioOf(hours: number, perHour: number): Scenario {
  return scenarioFrom(
    `
name: busy
start: 2026-11-23T08:00:00Z
hours: ${hours}
serviceLevel: 60s
queues: [q]
agents: [{ name: a, count: 3, queues: [{ queue: q }] }]
streams:
  - { tier: gold, queue: q, tags: { tier: gold }, arrivals: { perHour: 12 }, handling: { mean: 4m }, patience: { mean: 8m } }
  - { tier: other, queue: q, arrivals: { perHour: ${perHour} }, handling: { mean: 4m }, patience: { mean: 8m } }
`,
  );
}

const GOLD = policy('gold', {
  match: { tags: { tier: ['gold'] } },
  steps: [{ after: '0s', set: { priority: 1 } }],
});

function simulated(
  scenario: Scenario,
  sets: readonly (Partial<NamedPolicySet> & { readonly name: string })[],
  runs: number,
  seed = 1,
): SimulationResult {
  const { settings } = scenario;
  return simulate({ scenario, sets: sets.map((set) => ({ policies: [], settings, ...set })), seed, runs });
}

describe('what a simulation claims', () => {
  test('intervals of 95 % confidence contain the true value in 95 % of simulations', () => {
    const scenario = scenarioOf(2, 26);
    const sets = [{ name: 'none' }, { name: 'mine', policies: [GOLD] }];
    const figures: Readonly<Record<string, (result: SimulationResult) => Estimate | undefined>> = {
      'mean wait': (result) => tierOf(result, 1, 'gold').meanWaitSeconds,
      'service level': (result) => tierOf(result, 0, 'other').serviceLevel,
      abandoned: (result) => tierOf(result, 0, 'other').abandoned,
      'change of the mean wait': (result) => tierOf(result, 1, 'gold').change?.meanWaitSeconds,
      'change of the p90 wait': (result) => tierOf(result, 1, 'gold').change?.p90WaitSeconds,
    };
    const repetitions = 60;
    const results = Array.from({ length: repetitions }, (_, seed) => simulated(scenario, sets, 8, seed + 10));
    for (const [name, pick] of Object.entries(figures)) {
      const estimates = results.flatMap((result) => pick(result) ?? []);
      expect(estimates).toHaveLength(repetitions);
      // The mean of 480 runs stands for the true value: its error is an eighth of that of an estimate.
      const truth = estimates.reduce((sum, { value }) => sum + value, 0) / repetitions;
      const hits = estimates.filter(({ low, high }) => low <= truth && truth <= high).length;
      // Of 60 intervals that hold with 95 %, 51 or more contain the truth with a probability of 99.8 %.
      expect({ name, hits, isEnough: hits >= 51 }).toEqual({ name, hits, isEnough: true });
    }
    expect(CONFIDENCE).toBe(0.95);
  });

  test('the longest wait does not grow with the number of runs', () => {
    const scenario = scenarioOf(2, 30);
    const longest = (runs: number) => tierOf(simulated(scenario, [{ name: 'none' }], runs), 0, 'other');
    const [few, many] = [longest(20), longest(80)];
    expect(many.maxWaitSeconds / few.maxWaitSeconds).toBeGreaterThan(0.9);
    expect(many.maxWaitSeconds / few.maxWaitSeconds).toBeLessThan(1.1);
    expect(many.maxWaitSeconds).toBeGreaterThan(few.p90WaitSeconds);
  });

  test('a baseline that starves a tier hides nothing: none is simulated, too', () => {
    const scenario = scenarioOf(3, 40);
    const crowded = {
      ...scenario,
      streams: scenario.streams.map((stream) => ({
        ...stream,
        ...(stream.tier === 'gold' && {
          arrivals: { shape: 'step' as const, points: [{ atMs: 0, perHour: 40 }] },
        }),
      })),
    };
    const result = simulated(
      crowded,
      [
        { name: 'mine', policies: [GOLD] },
        { name: 'again', policies: [GOLD] },
      ],
      4,
    );
    expect(result.sets.map(({ name }) => name)).toEqual(['mine', 'again']);
    for (const { starvation } of result.sets) {
      expect(starvation).toMatchObject([{ tier: 'other', policy: 'gold', against: 'none' }]);
    }
  });

  test('the quota of a set is that of its own settings, and sets are compared with each other', () => {
    const scenario = scenarioOf(1, 26);
    const slow = { ...scenario.settings, updateRate: 5 };
    const result = simulated(
      scenario,
      [
        { name: 'none' },
        { name: 'mine', policies: [GOLD] },
        { name: 'slow', policies: [GOLD], settings: slow },
        { name: 'idle' },
      ],
      3,
    );
    expect(result.sets.map(({ grantedPerSecond }) => grantedPerSecond)).toEqual([18, 18, 4.5, 18]);
    expect(result.pairs.map(({ set, against }) => [set, against])).toEqual([
      ['slow', 'mine'],
      ['idle', 'mine'],
      ['idle', 'slow'],
    ]);
    // The pair of a set with one that does nothing is the reverse of its change against none.
    const gold = result.pairs[1]?.tiers.find(({ tier }) => tier === 'gold');
    expect(gold?.change.meanWaitSeconds.value).toBeCloseTo(
      -(tierOf(result, 1, 'gold').change?.meanWaitSeconds.value ?? Number.NaN),
      9,
    );
  });

  test('the story says who went first, and by which policy', () => {
    const { sets } = simulated(
      scenarioOf(3, 40),
      [{ name: 'none' }, { name: 'mine', policies: [GOLD] }],
      2,
      3,
    );
    const [none, mine] = sets;
    // First come, first served: nobody who came later goes first.
    expect(none?.timeline).toMatchObject({ overtakenBy: [], overtook: [] });
    expect(mine?.timeline?.waitedSeconds).toBeLessThan(none?.timeline?.waitedSeconds ?? 0);
    expect(mine?.timeline?.overtook).toStrictEqual([{ tier: 'other', policy: 'gold', contacts: 4 }]);
  });
});
