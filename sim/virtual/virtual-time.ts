import { EventQueue, type ScheduledEvent } from '../centre/event-queue.ts';

/**
 * The clock of a simulation with asynchronous code: time stands still while code runs and then jumps to the
 * next scheduled event. The run is deterministic, whatever the speed of the machine.
 */
export class VirtualTime {
  readonly #eventQueue = new EventQueue();
  readonly #settle: () => Promise<void>;

  /**
   * @param startAt - milliseconds since the epoch.
   * @param settle - resolves when the code waits for time. Default: for code that waits for nothing but promises and
   *   immediates.
   */
  constructor(startAt: number, settle = settleImmediates) {
    this.#settle = settle;
    this.#eventQueue.advanceTo(startAt);
  }

  /** Milliseconds since the epoch. */
  get now(): number {
    return this.#eventQueue.now;
  }

  /** Schedules an action; actions at the same moment run in the order in which they were scheduled. */
  after(delayMs: number, action: () => void): ScheduledEvent {
    return this.#eventQueue.schedule(this.now + Math.max(0, delayMs), action);
  }

  /** Cancels an event; has no effect on one that has run. */
  cancel(event: ScheduledEvent | undefined): void {
    this.#eventQueue.cancel(event);
  }

  sleep(durationMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.after(durationMs, resolve);
    });
  }

  /**
   * Runs events until none is left, or up to a moment, which is then the current time. It must not be called
   * while it runs.
   */
  async run(until = Number.POSITIVE_INFINITY): Promise<void> {
    for (;;) {
      await this.#settle();
      const at = this.#eventQueue.nextAt();
      if (at === undefined || at > until) break;
      this.#eventQueue.runAt(at);
    }
    if (Number.isFinite(until)) this.#eventQueue.advanceTo(until);
  }
}

/** Resolves when all pending promise reactions and immediates have run. */
function settleImmediates(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/**
 * Resolves when all pending promise reactions have run: much sooner than a turn of the event loop, and enough for code that
 * waits for promises alone.
 */
export async function settlePromises(): Promise<void> {
  // Among promise reactions, a tick comes after all of them.
  await undefined;
  return new Promise((resolve) => {
    process.nextTick(resolve);
  });
}
