import { EventQueue, type ScheduledEvent } from '../centre/event-queue.ts';

/**
 * The clock of a simulation with asynchronous code: time stands still while code runs and then jumps to the
 * next scheduled event. The run is deterministic, whatever the speed of the machine.
 */
export class VirtualTime {
  readonly #eventQueue = new EventQueue();

  /** @param startAt - milliseconds since the epoch. */
  constructor(startAt: number) {
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
      await settlePromises();
      const at = this.#eventQueue.nextAt();
      if (at === undefined || at > until) break;
      this.#eventQueue.runAt(at);
    }
    if (Number.isFinite(until)) this.#eventQueue.advanceTo(until);
  }
}

/** Resolves when all pending promise reactions have run and the code waits for time. */
function settlePromises(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
