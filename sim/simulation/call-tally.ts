import { Histogram } from '../statistics/index.ts';
import { estimate } from './estimate.ts';
import type { CallsResult } from './result.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

interface Minute {
  calls: number;
  peak: number;
}

/** Calls under one set, over all runs; minute by minute those of the first run. */
export class CallTally {
  readonly #startsAt: number;
  readonly #lateness = new Histogram();
  readonly #made: number[] = [];
  readonly #overtaken: number[] = [];
  readonly #minutes: Minute[] = [];
  /** The second of the latest call, counted from the beginning of its run. */
  #second = -1;
  #inSecond = 0;
  #busiestSecond = 0;

  constructor(startsAt: number) {
    this.#startsAt = startsAt;
  }

  beginRun(): void {
    this.#made.push(0);
    this.#overtaken.push(0);
    this.#second = -1;
  }

  /** @param dueAt - when the change fell due; both in milliseconds since the epoch. */
  made(at: number, dueAt: number): void {
    const run = this.#made.length - 1;
    this.#made[run] = (this.#made[run] ?? 0) + 1;
    this.#lateness.add(Math.max(0, at - dueAt) / SECOND_MS);
    const sinceStartMs = at - this.#startsAt;
    const second = Math.floor(sinceStartMs / SECOND_MS);
    this.#inSecond = this.#second === second ? this.#inSecond + 1 : 1;
    this.#second = second;
    this.#busiestSecond = Math.max(this.#busiestSecond, this.#inSecond);
    if (run === 0) this.#count(sinceStartMs);
  }

  overtaken(): void {
    const run = this.#overtaken.length - 1;
    this.#overtaken[run] = (this.#overtaken[run] ?? 0) + 1;
  }

  result(): CallsResult {
    return {
      made: estimate(this.#made),
      busiestSecond: this.#busiestSecond,
      byMinute: this.#minutes.map(({ calls, peak }, minute) => ({ minute, mean: calls / 60, peak })),
      latenessSeconds: { median: this.#lateness.quantile(0.5), p99: this.#lateness.quantile(0.99) },
      overtaken: estimate(this.#overtaken),
    };
  }

  #count(sinceStartMs: number): void {
    const index = Math.floor(sinceStartMs / MINUTE_MS);
    while (this.#minutes.length <= index) this.#minutes.push({ calls: 0, peak: 0 });
    const minute = this.#minutes[index];
    if (!minute) return;
    minute.calls += 1;
    minute.peak = Math.max(minute.peak, this.#inSecond);
  }
}
