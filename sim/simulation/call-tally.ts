import { Histogram, type HistogramSnapshot } from '../statistics/index.ts';
import { estimate } from './estimate.ts';
import type { SimulatedCalls } from './result.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

interface Minute {
  calls: number;
  peak: number;
}

/** The state of a tally, which threads can exchange. */
export interface CallSnapshot {
  readonly lateness: HistogramSnapshot;
  readonly madeByRun: readonly number[];
  readonly supersededByRun: readonly number[];
  readonly minutes: readonly Readonly<Minute>[];
  readonly peakPerSecond: number;
}

/** The updates under one policy set: totals over all runs, and figures per minute of the first run. */
export class CallTally {
  readonly #startsAt: number;
  readonly #lateness = new Histogram();
  readonly #madeByRun: number[] = [];
  readonly #supersededByRun: number[] = [];
  readonly #minutes: Minute[] = [];
  /** The second of the latest call, counted from the start of the run. */
  #second = -1;
  #callsInSecond = 0;
  #peakPerSecond = 0;

  constructor(startsAt: number) {
    this.#startsAt = startsAt;
  }

  beginRun(): void {
    this.#madeByRun.push(0);
    this.#supersededByRun.push(0);
    this.#second = -1;
  }

  /** @param dueAt - when the change was due; both times are milliseconds since the epoch. */
  addCall(at: number, dueAt: number): void {
    const run = this.#madeByRun.length - 1;
    this.#madeByRun[run] = (this.#madeByRun[run] ?? 0) + 1;
    this.#lateness.add(Math.max(0, at - dueAt) / SECOND_MS);
    const sinceStartMs = at - this.#startsAt;
    const second = Math.floor(sinceStartMs / SECOND_MS);
    this.#callsInSecond = this.#second === second ? this.#callsInSecond + 1 : 1;
    this.#second = second;
    this.#peakPerSecond = Math.max(this.#peakPerSecond, this.#callsInSecond);
    if (run === 0) this.#countInMinute(sinceStartMs);
  }

  addSuperseded(): void {
    const run = this.#supersededByRun.length - 1;
    this.#supersededByRun[run] = (this.#supersededByRun[run] ?? 0) + 1;
  }

  /** The number of calls, by run. */
  get madeByRun(): readonly number[] {
    return this.#madeByRun;
  }

  snapshot(): CallSnapshot {
    return {
      lateness: this.#lateness.snapshot(),
      madeByRun: this.#madeByRun,
      supersededByRun: this.#supersededByRun,
      minutes: this.#minutes,
      peakPerSecond: this.#peakPerSecond,
    };
  }

  /** Adds the runs of another tally. */
  absorb({ lateness, madeByRun, supersededByRun, minutes, peakPerSecond }: CallSnapshot): void {
    if (this.#madeByRun.length === 0) this.#minutes.push(...minutes.map((minute) => ({ ...minute })));
    this.#lateness.absorb(lateness);
    this.#madeByRun.push(...madeByRun);
    this.#supersededByRun.push(...supersededByRun);
    this.#peakPerSecond = Math.max(this.#peakPerSecond, peakPerSecond);
  }

  result(): SimulatedCalls {
    return {
      made: estimate(this.#madeByRun),
      peakPerSecond: this.#peakPerSecond,
      byMinute: this.#minutes.map(({ calls, peak }, minute) => ({ minute, mean: calls / 60, peak })),
      latenessSeconds: { median: this.#lateness.quantile(0.5), p99: this.#lateness.quantile(0.99) },
      superseded: estimate(this.#supersededByRun),
    };
  }

  #countInMinute(sinceStartMs: number): void {
    const index = Math.floor(sinceStartMs / MINUTE_MS);
    while (this.#minutes.length <= index) this.#minutes.push({ calls: 0, peak: 0 });
    const minute = this.#minutes[index];
    if (!minute) return;
    minute.calls += 1;
    minute.peak = Math.max(minute.peak, this.#callsInSecond);
  }
}
