import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parsePolicy } from '../../../lambda/domain/policy/parse.ts';
import { createPolicySet } from '../../../lambda/domain/policy/policy-set.ts';
import { DEFAULT_SETTINGS } from '../../../lambda/domain/settings.ts';
import { parseGoals } from '../../../sim/goals/index.ts';
import { keyedRandoms } from '../../../sim/random.ts';
import type { NamedCandidate } from '../../../sim/recommend/beside.ts';
import { type Candidate, NONE } from '../../../sim/recommend/candidate.ts';
import { recommend } from '../../../sim/recommend/recommend.ts';
import type { Point } from '../../../sim/recommend/search/space.ts';
import type { SimulateRuns, TrialRun } from '../../../sim/recommend/trials.ts';
import { SetTally } from '../../../sim/simulation/set-tally.ts';
import { scenarioFrom } from '../simulation/fixture.ts';

const text = readFileSync(join(import.meta.dirname, '../../../scenarios/monday-morning.yaml'), 'utf8');
const scenario = scenarioFrom(text);
const AGENTS = 56;

const setOf = (steps: number) => {
  const written = Array.from(
    { length: steps },
    (_, index) => `  - { after: ${index}s, set: { priority: ${4 - index} } }\n`,
  );
  const { policy } = parsePolicy('p', `steps:\n${written.join('')}`);
  return {
    policies: createPolicySet(steps > 0 && policy ? [policy] : []),
    settings: DEFAULT_SETTINGS,
    conditions: [],
  };
};
const none: Candidate = { id: NONE, set: setOf(0) };

/** What a set does in a made-up centre: how many of 100 gold calls are answered in time, and how long others wait. */
interface Effect {
  readonly gold: number;
  readonly othersWait: number;
  /** How many of 100 others abandon. Default: 0. */
  readonly othersAbandon?: number;
}

interface Centre {
  readonly space: readonly number[];
  /** Undefined for the set without policies. */
  readonly effect: (point: Point | undefined, agents: number, run?: number) => Effect;
  readonly stepsAt?: (point: Point) => number;
  readonly isValid?: (point: Point) => boolean;
  readonly goals?: string;
  readonly beside?: readonly NamedCandidate[];
}

/** Runs of the made-up centre, in which each day is a little better or worse for all sets. */
function simulateIn({ effect }: Centre, log: TrialRun[]): SimulateRuns {
  return async (runs, onOutcome) => {
    for (const [index, run] of runs.entries()) {
      log.push(run);
      const { candidate, key, thresholds } = run;
      const agents = run.scenario.agents.reduce((sum, { count }) => sum + count, 0);
      const { gold, othersWait, othersAbandon = 0 } = effect(candidate.point, agents, key.run);
      const luck = Math.round(keyedRandoms('day')(key.run, key.seed)() * 2 - 1);
      const tally = new SetTally(run.scenario, candidate.set, thresholds);
      tally.beginRun();
      for (let contact = 0; contact < 100; contact += 1) {
        tally.tiers.get('gold')?.add('answered', contact < gold + luck ? 10 : 500, false);
        tally.tiers
          .get('standard')
          ?.add(contact < othersAbandon ? 'abandoned' : 'answered', othersWait + luck, false);
        if (candidate.point) tally.tiers.get('standard')?.addOvertaken('p', 1);
      }
      onOutcome(index, { tally: tally.snapshot() });
    }
  };
}

async function recommendIn(centre: Centre, seed = 1) {
  const log: TrialRun[] = [];
  const candidates = new Map<string, Candidate>();
  const { goals = [] } = parseGoals(centre.goals ?? 'gold: 90 % within 90s', scenario.tiers);
  const result = await recommend({
    scenario,
    goals,
    space: centre.space,
    none,
    candidateAt: (point) => {
      if (centre.isValid?.(point) === false) return undefined;
      const id = point.join('-');
      const known = candidates.get(id) ?? { id, point, set: setOf(centre.stepsAt?.(point) ?? 1) };
      candidates.set(id, known);
      return known;
    },
    ...(centre.beside && { beside: centre.beside }),
    seed,
    budgetSeconds: 60,
    simulateRuns: simulateIn(centre, log),
  });
  return { result, log };
}

/** Later is cheaper for others, and worse for gold: of ten values, 7 is the last that is good enough. */
const TRADE: Centre = {
  space: [10, 10],
  effect: (point) => {
    if (!point) return { gold: 70, othersWait: 50 };
    const [a = 0, b = 0] = point;
    return { gold: 98 - Math.max(0, a - 6) * 4 - b / 10, othersWait: 80 - 2 * a + b };
  },
};

describe('a recommendation', () => {
  test('is what reaches the goal at the least cost to the others', async () => {
    const { result } = await recommendIn(TRADE);
    expect(result.outcome).toBe('recommended');
    expect(result.best.candidate.id).toBe('7-0');
    expect(result.best.goals.map(({ verdict }) => verdict)).toStrictEqual(['met']);
    expect(result.best.tierCosts.find(({ tier }) => tier === 'standard')?.extraWaitSeconds.value).toBeCloseTo(
      16,
      9,
    );
    expect(result.stress?.map(({ holds }) => holds)).toStrictEqual([true, true, true, true, true, true]);
  });

  test('is the same for the same seed, and spends about the work of the budget', async () => {
    const { result, log } = await recommendIn(TRADE);
    const again = await recommendIn(TRADE);
    expect(again.log.map(({ candidate, key }) => [candidate.id, key.run])).toStrictEqual(
      log.map(({ candidate, key }) => [candidate.id, key.run]),
    );
    expect(result.runs).toBe(log.length);
    // 60 s of 16,000 contacts, some 2,460 a run.
    expect(log.length).toBeGreaterThan(200);
    expect(log.length).toBeLessThan(480);
  });

  test('judges by customers that the search never had', async () => {
    const { log } = await recommendIn(TRADE);
    const ofSearch = log.filter(({ key }) => key.run < 1_000_000);
    const ofFinals = log.filter(({ key }) => key.run >= 1_000_000 && key.run < 2_000_000);
    expect(new Set(ofFinals.map(({ candidate }) => candidate.id)).size).toBeLessThanOrEqual(6);
    expect(ofFinals.length).toBeGreaterThan(0);
    expect(Math.max(...ofSearch.map(({ key }) => key.run))).toBe(15);
  });

  test('keeps none and the draft to the last round, for comparison', async () => {
    const { result } = await recommendIn(TRADE);
    const ids = result.searched.map(({ candidate }) => candidate.id);
    expect(ids).toEqual(expect.arrayContaining([NONE, '0-0']));
    expect(result.searched.every(({ runs }) => runs === 16)).toBe(true);
  });

  test('has a front from which no point is better in both', async () => {
    const { front, alternatives, exchange } = (await recommendIn(TRADE)).result;
    for (const [index, point] of front.entries()) {
      const next = front[index + 1];
      if (!next) break;
      expect(next.goal.found.value).toBeGreaterThan(point.goal.found.value);
      expect(next.worst.seconds).toBeGreaterThan(point.worst.seconds);
    }
    expect(alternatives.less?.worst.seconds).toBeLessThan(16);
    expect(exchange).toMatchObject({ tier: 'gold', payer: 'standard' });
  });

  test('leaves out points whose values do not fit together', async () => {
    const { result, log } = await recommendIn({ ...TRADE, isValid: ([a = 0]) => a !== 7 });
    expect(result.best.candidate.id).toBe('6-0');
    expect(log.some(({ candidate }) => candidate.point?.[0] === 7)).toBe(false);
  });

  test('is the simplest of those that cost the same', async () => {
    const same: Centre = {
      space: [3],
      effect: (point) => (point ? { gold: 98, othersWait: 60 } : { gold: 70, othersWait: 50 }),
      stepsAt: ([value = 0]) => 3 - value,
    };
    expect((await recommendIn(same)).result.best.candidate.id).toBe('2');
  });

  test('stands beside another set, which gets the same customers', async () => {
    const mine: Candidate = { id: 'beside: mine', point: [3, 2], set: setOf(1) };
    const { result, log } = await recommendIn({ ...TRADE, beside: [{ name: 'mine', candidate: mine }] });
    expect(result.best.candidate.id).toBe('7-0');
    const [beside, ...more] = result.beside ?? [];
    expect([beside?.name, more]).toStrictEqual(['mine', []]);
    expect(beside?.assessment).toMatchObject({ meetsGoals: true, runs: result.finalRuns });
    // Others are the tiers without a goal, of which only standard waits longer: 26 s, and 16 s with the best.
    const standard = beside?.assessment.tierCosts.find(({ tier }) => tier === 'standard');
    expect(standard?.extraWaitSeconds.value).toBeCloseTo(26, 9);
    const { othersCost } = beside?.assessment ?? {};
    expect(othersCost?.extraWaitSeconds.value).toBeCloseTo(26, 9);
    expect(beside?.withBest.extraWaitSeconds.value).toBeCloseTo(-10, 9);
    expect(beside?.withBest.extraAbandoned.value).toBe(0);
    const runsOf = (id: string) =>
      log.filter(({ candidate }) => candidate.id === id).map(({ key }) => key.run);
    const finals = runsOf('7-0').filter((run) => run >= 1_000_000 && run < 2_000_000);
    expect(runsOf('beside: mine')).toStrictEqual(finals);
  });

  test('says that no policy is needed', async () => {
    const { result } = await recommendIn({ ...TRADE, goals: 'gold: 60 % within 90s' });
    expect([result.outcome, result.best.candidate.id]).toStrictEqual(['none-needed', NONE]);
  });
});

describe('nothing is recommended', () => {
  test('where no candidate reaches the goal, and the agents are said who would', async () => {
    const { result } = await recommendIn({
      ...TRADE,
      effect: (point, agents) => ({ gold: (point ? 80 : 70) + 4 * (agents - AGENTS), othersWait: 50 }),
    });
    expect(result.outcome).toBe('unreachable');
    expect(result.best.goals[0]?.verdict).toBe('missed');
    expect(result.staffing).toStrictEqual({
      agents: 3,
      group: 'morning',
      hours: { fromMs: 8 * 3_600_000, toMs: 10 * 3_600_000 },
      reaches: true,
    });
  });

  test('where not even half as many agents again would do', async () => {
    const { result } = await recommendIn({ ...TRADE, effect: () => ({ gold: 50, othersWait: 50 }) });
    expect(result.staffing).toStrictEqual({ agents: 28, group: 'morning', reaches: false });
  });

  test('where it is unclear, and other runs of the same centre reach it: then no agents are proposed', async () => {
    const unlucky: Centre = {
      ...TRADE,
      // The finals have days that differ, other runs do not.
      effect: (_point, _agents, run = 0) => ({
        gold: run >= 1_000_000 && run < 2_000_000 ? 91 + (run % 2 === 0 ? 8 : -8) : 92,
        othersWait: 50,
      }),
    };
    const { result } = await recommendIn(unlucky);
    expect([result.outcome, result.best.goals[0]?.verdict]).toStrictEqual(['unreachable', 'unclear']);
    expect(result.staffing).toBeUndefined();
  });

  test('where the goal is not reached with fewer agents', async () => {
    const { result } = await recommendIn({
      ...TRADE,
      effect: (point, agents) => ({ gold: point && agents >= AGENTS ? 98 : 70, othersWait: 50 }),
    });
    expect(result.outcome).toBe('fragile');
    expect(result.stress?.filter(({ holds }) => !holds).map(({ variant }) => variant)).toStrictEqual([
      '10 % fewer agents',
    ]);
  });

  test('where what reaches the goal starves a tier', async () => {
    const { result } = await recommendIn({
      ...TRADE,
      effect: (point) => ({ gold: point ? 98 : 70, othersWait: 50, othersAbandon: point ? 30 : 0 }),
    });
    expect(result.outcome).toBe('starving');
    expect(result.best.starvation.map(({ tier, policy }) => [tier, policy])).toStrictEqual([
      ['standard', 'p'],
    ]);
  });
});
