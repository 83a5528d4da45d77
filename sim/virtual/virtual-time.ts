import { EventQueue, type ScheduledEvent } from '../centre/event-queue.ts';

/**
 * The clock of a simulation with asynchronous code in it: time stands still while code runs, and then jumps to
 * what is due next. The same code with the same appointments takes the same course, whatever the machine does.
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

  /** Has something happen after so many milliseconds; what is due at one moment happens in the order of booking. */
  after(delayMs: number, action: () => void): ScheduledEvent {
    return this.#eventQueue.schedule(this.now + Math.max(0, delayMs), action);
  }

  /** Takes an appointment out; does nothing when it has happened. */
  cancel(appointment: ScheduledEvent | undefined): void {
    this.#eventQueue.cancel(appointment);
  }

  sleep(durationMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.after(durationMs, resolve);
    });
  }

  /**
   * Lets happen what is due until nothing is left, or up to a moment, which has then come. Must not be called while
   * it runs.
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

/** Resolves when everything that promises have set going has come to wait for time again. */
function settlePromises(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
