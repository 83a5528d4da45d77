import type { Settings } from '../../lambda/domain/settings.ts';
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
export interface ThreadTask {
  readonly scenario: Scenario;
  readonly set: SetTexts;
  readonly key: RunKey;
  /** As in `RunTask`. */
  readonly thresholds: readonly number[];
}

/** What a thread answers to a task. */
export type ThreadMessage =
  | { readonly kind: 'progress'; readonly share: number }
  | { readonly kind: 'outcome'; readonly outcome: RunOutcome };
