import { Heap, type HeapEntry } from './heap.ts';

// Read once: in the test environment a look-up of a global costs more than the call.
const { ceil, floor, max } = Math;

/** A scheduled event. It can be cancelled until it runs. */
export type ScheduledEvent = HeapEntry<TimedAction>;

interface TimedAction {
  readonly at: number;
  readonly order: number;
  readonly action: () => void;
}

/**
 * The scheduled events of a simulation, in order of time. Moments are whole milliseconds, as in Connect's
 * timestamps. Events at the same moment run in the order in which they were scheduled.
 */
export class EventQueue {
  readonly #heap = new Heap<TimedAction>((a, b) => a.at - b.at || a.order - b.order);
  #scheduled = 0;
  #now = Number.NEGATIVE_INFINITY;

  /** The current virtual time, in milliseconds since the epoch. It never goes back. */
  get now(): number {
    return this.#now;
  }

  /** Advances the clock to a moment; a moment in the past has no effect. */
  advanceTo(at: number): void {
    this.#now = max(this.#now, floor(at));
  }

  /** @param at - milliseconds since the epoch; a fraction is rounded up. */
  schedule(at: number, action: () => void): ScheduledEvent {
    this.#scheduled += 1;
    return this.#heap.push({ at: ceil(at), order: this.#scheduled, action });
  }

  /** Cancels an event; has no effect on one that has run or was cancelled. */
  cancel(event: ScheduledEvent | undefined): void {
    if (event) this.#heap.remove(event);
  }

  /** The time of the next event; undefined when there is none. */
  nextAt(): number | undefined {
    return this.#heap.peek()?.at;
  }

  /** Runs the events of exactly that moment, including those that are scheduled for it meanwhile. */
  runAt(at: number): void {
    this.advanceTo(at);
    while (this.#heap.peek()?.at === at) this.#heap.pop()?.action();
  }
}
