/** A clock cannot run at this factor. */
export class ClockFactorError extends Error {
  override readonly name = 'ClockFactorError';
}

/** At this factor a timer of one simulated second takes one real millisecond. */
const MAX_FACTOR = 1_000;

/** Epochs that are kept. A reader can only read a torn epoch if it pauses during this many changes. */
const MAX_EPOCHS = 16;
const FIELDS_PER_EPOCH = 5;

/** The number of epochs, and whether one is being written. */
const COUNT_BYTES = 8;
const [COUNT, CHANGING] = [0, 1];

/** A reader looks again after so many real milliseconds, at the latest. */
const LOOK_AGAIN_MS = 10;

const EPOCH_BYTES = FIELDS_PER_EPOCH * Float64Array.BYTES_PER_ELEMENT;

/** All in milliseconds, apart from the factor. */
interface Epoch {
  readonly monotonicAt: number;
  /** Simulated time that has passed since the clock was created, without jumps. */
  readonly elapsed: number;
  /** Real time that has passed since the clock was created, without pauses. */
  readonly ran: number;
  /** The time since the Unix epoch is `origin` plus what has passed. Only a jump changes it. */
  readonly origin: number;
  readonly factor: number;
}

/**
 * A clock that runs `factor` times as fast as real time, for every thread that has its buffer.
 *
 * Each change begins an epoch, which continues from the last one. Only one thread may change the clock. While it does, the
 * others wait, since the operating system may stop it between taking the time and publishing the epoch: they would read
 * times after that at which the epoch begins.
 */
export class SharedClock {
  /** For `new SharedClock(buffer)` in another thread. */
  readonly buffer: SharedArrayBuffer;
  readonly #epochCount: Int32Array<SharedArrayBuffer>;
  readonly #epochs: Float64Array;

  constructor(buffer?: SharedArrayBuffer) {
    this.buffer = buffer ?? new SharedArrayBuffer(COUNT_BYTES + MAX_EPOCHS * EPOCH_BYTES);
    this.#epochCount = new Int32Array(this.buffer, 0, 2);
    this.#epochs = new Float64Array(this.buffer, COUNT_BYTES, MAX_EPOCHS * FIELDS_PER_EPOCH);
    if (!buffer)
      this.#change(() => ({ monotonicAt: monotonicMs(), elapsed: 0, ran: 0, origin: realNow(), factor: 1 }));
  }

  /** Simulated milliseconds per real millisecond; 1 initially, 0 while the clock is paused. */
  get factor(): number {
    return this.#currentEpoch().factor;
  }

  /** Simulated time in whole milliseconds since the epoch: `Date.now()` when the clock is installed. */
  now(): number {
    const { origin, elapsed } = this.#reading();
    return Math.floor(origin + elapsed);
  }

  /** Simulated milliseconds since the clock was created, with fractions. They leave out what it was advanced by. */
  elapsed(): number {
    return this.#reading().elapsed;
  }

  /** Real milliseconds since the clock was created, with fractions. They leave out the time in which it was paused. */
  ran(): number {
    return this.#reading().ran;
  }

  /**
   * Runs the clock `factor` times as fast as real time; 0 pauses it. Time does not jump.
   *
   * @throws ClockFactorError unless 0 <= factor <= 1000.
   */
  setFactor(factor: number): void {
    if (!(factor >= 0 && factor <= MAX_FACTOR)) {
      throw new ClockFactorError(
        `The clock cannot run at a factor of ${factor}: it must be from 0 to ${MAX_FACTOR}.`,
      );
    }
    this.#change((reading) => ({ ...reading, factor }));
  }

  /**
   * Moves the clock forward at once.
   *
   * @throws RangeError when `durationMs` is negative.
   */
  advance(durationMs: number): void {
    if (!(durationMs >= 0)) throw new RangeError(`The clock cannot advance by ${durationMs} ms.`);
    this.#change((reading) => ({ ...reading, origin: reading.origin + durationMs }));
  }

  /** Moves the clock to a time at once, forward or back, in milliseconds since the epoch. */
  jumpTo(at: number): void {
    this.#change((reading) => ({ ...reading, origin: at - reading.elapsed }));
  }

  /** How often it has changed: another value after each change. */
  get version(): number {
    return Atomics.load(this.#epochCount, COUNT);
  }

  /** Resolves once the version is not this one. It does not keep the thread alive. */
  async changed(version: number): Promise<void> {
    await Atomics.waitAsync(this.#epochCount, COUNT, version).value;
  }

  /** @param next - the new epoch, from what the clock shows now. */
  #change(next: (reading: Epoch) => Epoch): void {
    const count = this.version;
    Atomics.store(this.#epochCount, CHANGING, 1);
    const { monotonicAt, elapsed, ran, origin, factor } = next(continued(this.#currentEpoch()));
    const offset = (count % MAX_EPOCHS) * FIELDS_PER_EPOCH;
    this.#epochs.set([monotonicAt, elapsed, ran, origin, factor], offset);
    Atomics.store(this.#epochCount, COUNT, count + 1);
    Atomics.store(this.#epochCount, CHANGING, 0);
    Atomics.notify(this.#epochCount, CHANGING);
    Atomics.notify(this.#epochCount, COUNT);
  }

  #currentEpoch(): Epoch {
    const offset = ((this.version - 1) % MAX_EPOCHS) * FIELDS_PER_EPOCH;
    const [monotonicAt = 0, elapsed = 0, ran = 0, origin = 0, factor = 1] = this.#epochs.subarray(
      offset,
      offset + FIELDS_PER_EPOCH,
    );
    return { monotonicAt, elapsed, ran, origin, factor };
  }

  /** The epoch that would begin now if nothing changed. */
  #reading(): Epoch {
    for (;;) {
      const version = this.version;
      const reading = continued(this.#currentEpoch());
      const isChanging = Atomics.load(this.#epochCount, CHANGING) !== 0;
      if (!isChanging && this.version === version) return reading;
      if (isChanging) Atomics.wait(this.#epochCount, CHANGING, 1, LOOK_AGAIN_MS);
    }
  }
}

/** What a clock shows now that began an epoch earlier. */
function continued(epoch: Epoch): Epoch {
  const monotonicAt = monotonicMs();
  const real = monotonicAt - epoch.monotonicAt;
  return {
    ...epoch,
    monotonicAt,
    elapsed: epoch.elapsed + real * epoch.factor,
    ran: epoch.ran + (epoch.factor > 0 ? real : 0),
  };
}

/** Real time in milliseconds since the epoch, with fractions. It ignores an installed clock. */
export function realNow(): number {
  return performance.timeOrigin + performance.now();
}

/** Has the same origin in every thread, unlike `performance.now()`. */
function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
