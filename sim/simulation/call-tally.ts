import { Histogram } from '../statistics/index.ts';
import { estimate } from './estimate.ts';
import type { CallsResult } from './result.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

interface Minute {
  calls: number;
  second: number;
  inSecond: number;
  peak: number;
}

/** Calls under one set, over all runs; minute by minute those of the first run. */
export class CallTally {
  readonly #startsAt: number;
  readonly #lateness = new Histogram();
  readonly #made: number[] = [];
  readonly #overtaken: number[] = [];
  readonly #minutes: Minute[] = [];

  constructor(startsAt: number) {
    this.#startsAt = startsAt;
  }

  beginRun(): void {
    this.#made.push(0);
    this.#overtaken.push(0);
  }

  /** @param dueAt - when the change fell due; both in milliseconds since the epoch. */
  made(at: number, dueAt: number): void {
    const run = this.#made.length - 1;
    this.#made[run] = (this.#made[run] ?? 0) + 1;
    this.#lateness.add(Math.max(0, at - dueAt) / SECOND_MS);
    if (run === 0) this.#count(at - this.#startsAt);
  }

  overtaken(): void {
    const run = this.#overtaken.length - 1;
    this.#overtaken[run] = (this.#overtaken[run] ?? 0) + 1;
  }

  result(): CallsResult {
    return {
      made: estimate(this.#made),
      byMinute: this.#minutes.map(({ calls, peak }, minute) => ({ minute, mean: calls / 60, peak })),
      latenessSeconds: { median: this.#lateness.quantile(0.5), p99: this.#lateness.quantile(0.99) },
      overtaken: estimate(this.#overtaken),
    };
  }

  #count(sinceStartMs: number): void {
    const index = Math.floor(sinceStartMs / MINUTE_MS);
    while (this.#minutes.length <= index) this.#minutes.push({ calls: 0, second: -1, inSecond: 0, peak: 0 });
    const minute = this.#minutes[index];
    if (!minute) return;
    const second = Math.floor(sinceStartMs / SECOND_MS);
    minute.calls += 1;
    minute.inSecond = minute.second === second ? minute.inSecond + 1 : 1;
    minute.second = second;
    minute.peak = Math.max(minute.peak, minute.inSecond);
  }
}
