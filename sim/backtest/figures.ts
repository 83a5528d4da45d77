import {
  countWait,
  NO_WAITS,
  serviceLevelOf,
  type WaitCounts,
  type WaitEnd,
} from '../simulation/wait-counts.ts';

/** The figures by which a scenario is judged. Waits are seconds, the others shares. */
export const FIGURES = ['meanWait', 'p90Wait', 'abandoned', 'serviceLevel'] as const;

export type FigureName = (typeof FIGURES)[number];

/** NaN where there is nothing to measure. */
export type Figures = Readonly<Record<FigureName, number>>;

/** Whether a figure is a wait; the others are shares. */
export function isWait(name: FigureName): boolean {
  return name === 'meanWait' || name === 'p90Wait';
}

/** The waits of some contacts. */
export class WaitSample {
  readonly #serviceLevelSeconds: number;
  readonly #counts: WaitCounts = { ...NO_WAITS };
  readonly #seconds: number[] = [];

  constructor(serviceLevelSeconds: number) {
    this.#serviceLevelSeconds = serviceLevelSeconds;
  }

  add(waitEnd: WaitEnd, seconds: number): void {
    countWait(this.#counts, waitEnd, seconds <= this.#serviceLevelSeconds);
    this.#seconds.push(seconds);
  }

  get contacts(): number {
    return this.#seconds.length;
  }

  figures(): Figures {
    const sorted = Float64Array.from(this.#seconds).sort();
    const count = sorted.length;
    return {
      meanWait: sorted.reduce((sum, seconds) => sum + seconds, 0) / count,
      p90Wait: sorted[Math.max(0, Math.ceil(0.9 * count) - 1)] ?? Number.NaN,
      abandoned: this.#counts.abandoned / count,
      serviceLevel: serviceLevelOf(this.#counts),
    };
  }
}
