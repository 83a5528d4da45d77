import type { FigureName } from './figures.ts';

/** What a back-test says of a scenario. */
export type BackTestVerdict = 'trusted' | 'not calibrated' | 'too little to judge';

/** A figure of the recording beside those of the runs. Waits are seconds, the others shares. */
export interface JudgedFigure {
  readonly observed: number;
  /** The mean of the runs. */
  readonly simulated: number;
  /** The ends of the prediction band. */
  readonly low: number;
  readonly high: number;
  readonly isWithin: boolean;
}

/** By name; without those that the recording does not have, such as the service level of nobody. */
export type JudgedFigures = Readonly<Partial<Record<FigureName, JudgedFigure>>>;

/** How many figures of cells lie within their bands. */
export interface Coverage {
  readonly within: number;
  readonly of: number;
}

/** How far the simulated figures of all contacts of a kind are from the recorded ones. */
export interface Deviation {
  readonly contacts: number;
  readonly figures: JudgedFigures;
  /** By figure, relative to the recorded one: -0.3 where the simulated one is 30 % smaller. */
  readonly deviations: Readonly<Partial<Record<FigureName, number>>>;
  /** The mean size of these deviations. */
  readonly bias: number;
  readonly coverage: Coverage;
}

/** The contacts of one tier in one half hour, or in a few that are pooled. */
export interface JudgedCell {
  readonly tier: string;
  /** By the clock of the scenario: `2026-11-23T08:00:00+01:00`. */
  readonly from: string;
  /** Not included. */
  readonly to: string;
  readonly contacts: number;
  readonly figures: JudgedFigures;
}

/** The runs of a scenario beside the recording. */
export interface Judgement {
  readonly all: Deviation;
  readonly tiers: readonly (Deviation & { readonly tier: string })[];
  readonly cells: readonly JudgedCell[];
}

/** The result of a back-test, as it is written beside the scenario. */
export interface BackTestResult extends Judgement {
  readonly version: 1;
  /** The version of the command. */
  readonly escalator: string;
  readonly scenario: { readonly name: string; readonly digest: string };
  readonly recordings: readonly string[];
  /** The first and the last half hour that it is judged by, by the clock of the scenario; the end is not included. */
  readonly from: string;
  readonly to: string;
  /** The policies that were in force; none without any. */
  readonly policies: string;
  readonly runs: number;
  readonly seed: number;
  readonly verdict: BackTestVerdict;
  /** Why it is not trusted, one sentence each. */
  readonly reasons: readonly string[];
  /** What else a reader should know, one sentence each. */
  readonly notes: readonly string[];
  /** The factor of the agents with which the figures were simulated; 1 where the scenario was taken as it is. */
  readonly agents: number;
}
