/** A clock cannot run at this factor. */
export class ClockFactorError extends Error {
  override readonly name = 'ClockFactorError';
}

/** At this factor a timer of one simulated second takes one real millisecond. */
const MAX_FACTOR = 1_000;

/** Epochs that are kept. A reader can only read a torn epoch if it pauses during this many changes. */
const MAX_EPOCHS = 16;
const FIELDS_PER_EPOCH = 3;
const COUNT_BYTES = 8;
const EPOCH_BYTES = FIELDS_PER_EPOCH * Float64Array.BYTES_PER_ELEMENT;

interface Epoch {
  readonly monotonicAt: number;
  readonly simulatedAt: number;
  readonly factor: number;
}

/**
 * A clock that runs `factor` times as fast as real time, for every thread that has its buffer.
 *
 * Each change begins an epoch, which continues from the last one. An epoch is written before its number is
 * published, and its memory is reused only after many further changes, so readers need no lock. Only one
 * thread may change the clock.
 */
export class SharedClock {
  /** For `new SharedClock(buffer)` in another thread. */
  readonly buffer: SharedArrayBuffer;
  readonly #epochCount: Int32Array;
  readonly #epochs: Float64Array;

  constructor(buffer?: SharedArrayBuffer) {
    this.buffer = buffer ?? new SharedArrayBuffer(COUNT_BYTES + MAX_EPOCHS * EPOCH_BYTES);
    this.#epochCount = new Int32Array(this.buffer, 0, 1);
    this.#epochs = new Float64Array(this.buffer, COUNT_BYTES, MAX_EPOCHS * FIELDS_PER_EPOCH);
    if (!buffer) this.#startEpoch({ monotonicAt: monotonicMs(), simulatedAt: realNow(), factor: 1 });
  }

  /** Simulated milliseconds per real millisecond; 1 initially. */
  get factor(): number {
    return this.#currentEpoch().factor;
  }

  /** Simulated time in whole milliseconds since the epoch: `Date.now()` when the clock is installed. */
  now(): number {
    return Math.floor(simulatedAt(this.#currentEpoch(), monotonicMs()));
  }

  /**
   * Runs the clock `factor` times as fast as real time. Time does not jump.
   *
   * @throws ClockFactorError unless 0 < factor <= 1000.
   */
  setFactor(factor: number): void {
    if (!(factor > 0 && factor <= MAX_FACTOR)) {
      throw new ClockFactorError(
        `The clock cannot run at a factor of ${factor}: it must be above 0 and at most ${MAX_FACTOR}.`,
      );
    }
    const monotonicAt = monotonicMs();
    this.#startEpoch({ monotonicAt, simulatedAt: simulatedAt(this.#currentEpoch(), monotonicAt), factor });
  }

  /**
   * Moves the clock forward at once.
   *
   * @throws RangeError when `durationMs` is negative.
   */
  advance(durationMs: number): void {
    if (!(durationMs >= 0)) throw new RangeError(`The clock cannot advance by ${durationMs} ms.`);
    const monotonicAt = monotonicMs();
    const epoch = this.#currentEpoch();
    this.#startEpoch({
      monotonicAt,
      simulatedAt: simulatedAt(epoch, monotonicAt) + durationMs,
      factor: epoch.factor,
    });
  }

  /** Moves the clock to a time at once, forward or back, in milliseconds since the epoch. */
  jumpTo(at: number): void {
    const { factor } = this.#currentEpoch();
    this.#startEpoch({ monotonicAt: monotonicMs(), simulatedAt: at, factor });
  }

  #startEpoch(epoch: Epoch): void {
    const count = Atomics.load(this.#epochCount, 0);
    const offset = (count % MAX_EPOCHS) * FIELDS_PER_EPOCH;
    this.#epochs.set([epoch.monotonicAt, epoch.simulatedAt, epoch.factor], offset);
    Atomics.store(this.#epochCount, 0, count + 1);
  }

  #currentEpoch(): Epoch {
    const offset = ((Atomics.load(this.#epochCount, 0) - 1) % MAX_EPOCHS) * FIELDS_PER_EPOCH;
    const [monotonicAt = 0, simulatedAt = 0, factor = 1] = this.#epochs.subarray(
      offset,
      offset + FIELDS_PER_EPOCH,
    );
    return { monotonicAt, simulatedAt, factor };
  }
}

/** Real time in milliseconds since the epoch, with fractions. It ignores an installed clock. */
export function realNow(): number {
  return performance.timeOrigin + performance.now();
}

function simulatedAt(epoch: Epoch, monotonicAt: number): number {
  return epoch.simulatedAt + (monotonicAt - epoch.monotonicAt) * epoch.factor;
}

/** Has the same origin in every thread, unlike `performance.now()`. */
function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
