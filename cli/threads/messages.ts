import type { Settings } from '../../lambda/domain/settings.ts';
import type { Scopes } from '../../sim/backtest/back-test-plan.ts';
import type { RunFigures } from '../../sim/backtest/simulate-held-out.ts';
import type { Scenario } from '../../sim/scenario/index.ts';
import type { RunOutcome } from '../../sim/simulation/index.ts';
import type { RunKey } from '../../sim/workload/index.ts';
import type { Source } from '../sources/source.ts';

/** A policy set as texts: what is compiled has functions, which threads cannot exchange. */
export interface SetTexts {
  /** Valid policies, what they share, and settings. */
  readonly sources: readonly Source[];
  /** The settings where the sources have none. */
  readonly settings: Settings;
}

/** One run for a thread. */
interface CommonTask {
  readonly scenario: Scenario;
  readonly set: SetTexts;
  readonly key: RunKey;
}

/** A run of which all statistics are collected. */
export interface SimulationTask extends CommonTask {
  /** As in `RunTask`. */
  readonly thresholds: readonly number[];
}

/** A run of a back-test. */
export interface HeldOutTask extends CommonTask {
  readonly scopes: Scopes;
}

export type ThreadTask = SimulationTask | HeldOutTask;

/** What comes of a task. */
export type OutcomeOf<Task extends ThreadTask> = Task extends HeldOutTask ? RunFigures : RunOutcome;

/** What a thread answers to a task. */
export type ThreadMessage =
  | { readonly kind: 'progress'; readonly share: number }
  | { readonly kind: 'outcome'; readonly outcome: OutcomeOf<ThreadTask> };
