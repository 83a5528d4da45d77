import { VERSION } from '../../lambda/domain/version.ts';
import type { BackTestOutcome } from '../../sim/backtest/back-test.ts';
import type { BackTestPlan } from '../../sim/backtest/back-test-plan.ts';
import { localIso } from '../../sim/backtest/day-clock.ts';
import type { HeldOut } from '../../sim/backtest/held-out.ts';
import { notesOf } from '../../sim/backtest/notes.ts';
import { reasonsOf } from '../../sim/backtest/reasons.ts';
import type { BackTestResult } from '../../sim/backtest/result.ts';
import type { Scenario } from '../../sim/scenario/index.ts';
import { arrivalsEndAt } from '../../sim/scenario/index.ts';
import { scenarioDigest } from './result-file.ts';

export interface ResultParts extends Pick<BackTestResult, 'recordings' | 'policies' | 'runs' | 'seed'> {
  readonly outcome: BackTestOutcome;
  readonly plan: BackTestPlan;
  readonly heldOut: HeldOut;
  /** As it is written. */
  readonly scenario: Scenario;
  /** The rule messages of the recording. */
  readonly messages: number;
}

/** The result of a back-test, as it is written and printed. */
export function createResult(parts: ResultParts): BackTestResult {
  const { outcome, plan, heldOut, scenario, messages, recordings, policies, runs, seed } = parts;
  const { cells } = outcome.judgement;
  const ends = cells.map(({ to }) => to).toSorted();
  return {
    version: 1,
    escalator: VERSION,
    verdict: outcome.verdict,
    reasons: reasonsOf(outcome, plan, heldOut),
    notes: notesOf(scenario, outcome, plan, heldOut, messages),
    agents: outcome.agents,
    scenario: { name: scenario.name, digest: scenarioDigest(scenario) },
    recordings,
    from: cells.map(({ from }) => from).toSorted()[0] ?? plan.scenario.startsAtLocal,
    to: ends.at(-1) ?? localIso(plan.clock, arrivalsEndAt(plan.scenario)),
    policies,
    runs,
    seed,
    ...outcome.judgement,
  };
}
