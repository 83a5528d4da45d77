import type { Scenario } from '../scenario/index.ts';
import type { RunKey } from '../workload/index.ts';
import { withAvailability } from './availability.ts';
import type { BackTestPlan } from './back-test-plan.ts';
import { FIGURES } from './figures.ts';
import { hasEnough, judge, verdictOn } from './judge.ts';
import type { BackTestVerdict, Judgement } from './result.ts';
import type { RunFigures } from './simulate-held-out.ts';

/** Simulates runs of a scenario, one for each key. @returns their figures, in the same order. */
export type SimulateHeldOutRuns = (
  scenario: Scenario,
  keys: readonly RunKey[],
) => Promise<readonly RunFigures[]>;

export interface BackTestOptions {
  readonly plan: BackTestPlan;
  readonly runs: number;
  readonly seed: number;
  /** Whether the availability of agents may be adjusted where the scenario is not trusted as it is. */
  readonly adjustsAgents: boolean;
  readonly simulateRuns: SimulateHeldOutRuns;
}

/** The agents for which waits are as recorded. */
export interface AgentFit {
  /** The factor of the agents of the scenario. */
  readonly factor: number;
  /** Where no factor that is tried is enough: whether there are still too many agents, or too few. */
  readonly beyond?: 'fewer' | 'more';
}

export interface BackTestOutcome {
  readonly verdict: BackTestVerdict;
  readonly judgement: Judgement;
  /** The factor of the agents with which the judgement was made. */
  readonly agents: number;
  /** What was found where other agents were looked for. */
  readonly fit?: AgentFit;
}

/** The range in which the factor of the agents may be, in hundredths. */
export const LEAST_PERCENT = 80;
export const MOST_PERCENT = 120;

/** The runs by which a factor is judged in the search. */
const SEARCH_RUNS = 20;

/** Judges a scenario by the held-out contacts. The same options give the same outcome. */
export async function backTest(options: BackTestOptions): Promise<BackTestOutcome> {
  const { plan, adjustsAgents } = options;
  const asItIs = await judgeWith(options, 1);
  if (!hasEnough(plan)) return { ...asItIs, verdict: 'too little to judge' };
  if (asItIs.verdict === 'trusted' || !adjustsAgents) return asItIs;
  const fit = await fitAgents(options);
  if (fit.beyond || fit.factor === 1) return { ...asItIs, fit };
  const adjusted = await judgeWith(options, fit.factor);
  return adjusted.verdict === 'trusted' ? { ...adjusted, fit } : { ...asItIs, fit };
}

async function judgeWith(options: BackTestOptions, factor: number): Promise<BackTestOutcome> {
  const judgement = judge(options.plan, await simulate(options, factor, options.runs));
  return { verdict: verdictOn(judgement), judgement, agents: factor };
}

/** Looks for the factor by bisection: more agents make waits shorter, for the same customers (common random numbers). */
async function fitAgents(options: BackTestOptions): Promise<AgentFit> {
  const observed = options.plan.observed[0]?.figures.meanWait ?? 0;
  const runs = Math.min(options.runs, SEARCH_RUNS);
  const excess = async (percent: number) =>
    meanWaitOf(await simulate(options, percent / 100, runs)) - observed;
  let [low, high] = [LEAST_PERCENT, MOST_PERCENT];
  let atLow = await excess(low);
  if (atLow < 0) return { factor: low / 100, beyond: 'fewer' };
  let atHigh = await excess(high);
  if (atHigh > 0) return { factor: high / 100, beyond: 'more' };
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    const found = await excess(middle);
    if (found > 0) [low, atLow] = [middle, found];
    else [high, atHigh] = [middle, found];
  }
  return { factor: (atLow < -atHigh ? low : high) / 100 };
}

/** The mean over the runs of the mean wait of all contacts. */
function meanWaitOf(runs: readonly RunFigures[]): number {
  const index = FIGURES.indexOf('meanWait');
  return runs.reduce((sum, figures) => sum + (figures[index] ?? 0), 0) / runs.length;
}

function simulate(
  { plan, seed, simulateRuns }: BackTestOptions,
  factor: number,
  runs: number,
): Promise<readonly RunFigures[]> {
  const keys = Array.from({ length: runs }, (_, run) => ({ seed, run }));
  return simulateRuns(withAvailability(plan.scenario, factor), keys);
}
