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

/** Whether the figure of a goal is a share of contacts; otherwise it is in seconds. */
export function isShare({ figure }: Pick<Goal, 'figure'>): boolean {
  return figure === 'answered' || figure === 'abandoned';
}

/** Whether a goal favours its tier over others. A goal of a change protects a tier, and does not favour it. */
export function favoursTier({ tier, isChange }: Pick<Goal, 'tier' | 'isChange'>): boolean {
  return !isChange && tier !== EVERYBODY;
}

/** Whether a value of the figure is on the right side of the limit. */
export function isReached({ figure, limit }: Pick<Goal, 'figure' | 'limit'>, value: number): boolean {
  return figure === 'answered' ? value >= limit : value <= limit;
}

/** The target times of goals, in seconds, each once. */
export function thresholdsOf(goals: readonly Goal[]): number[] {
  return [...new Set(goals.flatMap(({ withinSeconds }) => withinSeconds ?? []))].sort((a, b) => a - b);
}
