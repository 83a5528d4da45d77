import { Heap, type HeapEntry } from './heap.ts';

// Taken once: where tests run in a realm of their own, looking a global up costs more than calling it.
const { ceil, floor, max } = Math;

/** Something that is to happen; it can be taken out of the calendar until it does. */
export type ScheduledEvent = HeapEntry<TimedAction>;

interface TimedAction {
  readonly at: number;
  readonly order: number;
  readonly action: () => void;
}

/**
 * What is to happen and when, in virtual time. Moments are whole milliseconds, as Connect's timestamps are. What
 * is due at one moment happens in the order of booking.
 */
export class EventQueue {
  readonly #heap = new Heap<TimedAction>((a, b) => a.at - b.at || a.order - b.order);
  #scheduled = 0;
  #now = Number.NEGATIVE_INFINITY;

  /** The moment that has come, in milliseconds since the epoch. It never goes back. */
  get now(): number {
    return this.#now;
  }

  /** Lets a moment come; one that is past is taken for the present one. */
  advanceTo(at: number): void {
    this.#now = max(this.#now, floor(at));
  }

  /** @param at - milliseconds since the epoch; a fraction is rounded up. */
  schedule(at: number, action: () => void): ScheduledEvent {
    this.#scheduled += 1;
    return this.#heap.push({ at: ceil(at), order: this.#scheduled, action });
  }

  /** Takes an appointment out; does nothing when it has happened or was cancelled before. */
  cancel(appointment: ScheduledEvent | undefined): void {
    if (appointment) this.#heap.remove(appointment);
  }

  /** When the next thing is to happen; undefined when nothing is. */
  nextAt(): number | undefined {
    return this.#heap.peek()?.at;
  }

  /** Does what is due at exactly that moment, what is booked for it meanwhile included. */
  runAt(at: number): void {
    this.advanceTo(at);
    while (this.#heap.peek()?.at === at) this.#heap.pop()?.action();
  }
}
