/** The name in a goals file that means all tiers together. */
export const EVERYBODY = 'everybody';

/** What a goal asks of the contacts of a tier. */
export interface Goal {
  /** A tier of the scenario, or {@link EVERYBODY}. */
  readonly tier: string;
  /** As it was written: `90 % within 60s`. */
  readonly text: string;
  /**
   * `answered`: the share answered within a time, of all contacts that did not abandon within it. `abandoned`: the
   * share that abandoned. `longest`: the longest wait of a run. `mean`: the mean wait.
   */
  readonly figure: 'answered' | 'abandoned' | 'longest' | 'mean';
  /** Of `answered`: the time, in seconds. */
  readonly withinSeconds?: number;
  /** True: the figure is the difference to the baseline. */
  readonly isChange: boolean;
  /** A share from 0 to 1 (or a difference of shares), or seconds. `answered` is at least that, all others at most. */
  readonly limit: number;
}

/** The target times of goals, in seconds, each once. */
export function thresholdsOf(goals: readonly Goal[]): number[] {
  return [...new Set(goals.flatMap(({ withinSeconds }) => withinSeconds ?? []))].sort((a, b) => a - b);
}
