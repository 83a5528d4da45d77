/** A factor that a clock cannot run at. */
export class ClockFactorError extends Error {
  override readonly name = 'ClockFactorError';
}

/** Largest factor: a timer of one simulated second then still takes a real millisecond. */
const MAX_FACTOR = 1_000;

/** Epochs kept. A reader would have to sleep through this many changes of factor to read a torn one. */
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
 * A clock that runs `factor` times as fast as real time, the same for every thread that is given its buffer.
 *
 * Each change of factor begins an epoch where the last one stands, so time never jumps. An epoch is written
 * once, before its number is published, and is not written again until many others have been: readers need
 * no lock. Only one thread may change the factor.
 */
export class SharedClock {
  /** Hand this to `new SharedClock(buffer)` in another thread. */
  readonly buffer: SharedArrayBuffer;
  readonly #epochCount: Int32Array;
  readonly #epochs: Float64Array;

  constructor(buffer?: SharedArrayBuffer) {
    this.buffer = buffer ?? new SharedArrayBuffer(COUNT_BYTES + MAX_EPOCHS * EPOCH_BYTES);
    this.#epochCount = new Int32Array(this.buffer, 0, 1);
    this.#epochs = new Float64Array(this.buffer, COUNT_BYTES, MAX_EPOCHS * FIELDS_PER_EPOCH);
    if (!buffer) this.#startEpoch({ monotonicAt: monotonicMs(), simulatedAt: realNow(), factor: 1 });
  }

  /** Simulated milliseconds that pass in a real one; 1 at first. */
  get factor(): number {
    return this.#currentEpoch().factor;
  }

  /** Simulated time in whole milliseconds since the epoch: what `Date.now()` is once the clock is installed. */
  now(): number {
    return Math.floor(simulatedAt(this.#currentEpoch(), monotonicMs()));
  }

  /**
   * Runs the clock `factor` times as fast as real time from now on.
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

/** Real time in milliseconds since the epoch, with fractions, whether or not a clock is installed. */
export function realNow(): number {
  return performance.timeOrigin + performance.now();
}

function simulatedAt(epoch: Epoch, monotonicAt: number): number {
  return epoch.simulatedAt + (monotonicAt - epoch.monotonicAt) * epoch.factor;
}

/** Unlike `performance.now()`, this has the same origin in every thread. */
function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
