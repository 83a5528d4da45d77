import { defined } from '../../lambda/domain/json.ts';
import { isoTime } from '../centre/iso-time.ts';
import { percentile } from '../statistics/index.ts';
import type { ReplayedCalls } from './result.ts';

/** Counts updates per second, and measures their lateness. */
export class CallStatistics {
  describeCalls = 0;
  readonly #made = new Map<number, number>();
  readonly #due = new Map<number, number>();
  readonly #latenessMs: number[] = [];
  readonly #effects = { took: 0, tooLate: 0 };

  /** Both times are milliseconds since the epoch. */
  add(madeAt: number, dueAt: number): void {
    count(this.#made, madeAt);
    count(this.#due, dueAt);
    this.#latenessMs.push(Math.max(0, madeAt - dueAt));
  }

  /** The routing lag of an update has passed. @param tookEffect - whether its contact still waited. */
  addEffect(tookEffect: boolean): void {
    this.#effects[tookEffect ? 'took' : 'tooLate'] += 1;
  }

  /** The number of updates. */
  get made(): number {
    return this.#latenessMs.length;
  }

  result(grantedPerSecond: number, durationMs: number): ReplayedCalls {
    const { made } = this;
    const { took, tooLate } = this.#effects;
    const meanPerSecond = made === 0 ? 0 : made / Math.max(1, durationMs / 1_000);
    const [peak] = [...this.#made].sort(([a, x], [b, y]) => y - x || a - b);
    const [median, p99] = [percentile(this.#latenessMs, 0.5), percentile(this.#latenessMs, 0.99)];
    return {
      made,
      effects: { took, tooLate, unknown: made - took - tooLate },
      grantedPerSecond,
      meanPerSecond: rounded(meanPerSecond),
      peakPerSecond: peak?.[1] ?? 0,
      ...defined({ peakAt: peak && isoTime(peak[0] * 1_000) }),
      quotaShare: rounded(meanPerSecond / grantedPerSecond),
      secondsOverQuota: [...this.#due.values()].filter((calls) => calls > grantedPerSecond).length,
      ...defined({
        latenessSeconds:
          median === undefined || p99 === undefined
            ? undefined
            : { median: median / 1_000, p99: p99 / 1_000 },
      }),
      describeCalls: this.describeCalls,
    };
  }
}

function count(seconds: Map<number, number>, at: number): void {
  const second = Math.floor(at / 1_000);
  seconds.set(second, (seconds.get(second) ?? 0) + 1);
}

/** Rounds to six decimals, so that the output is the same on all platforms. */
function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
