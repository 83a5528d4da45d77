import type { Consumer, Message } from './message.ts';
import type { VirtualTime } from './virtual-time.ts';

/** SQS takes messages of the same deduplication id for one, for so long. */
const DEDUPLICATION_MS = 300_000;

/** A batch that was handed over, with those of its messages that are not deleted. */
interface InFlightBatch<T> {
  messages: readonly Message<T>[];
}

/**
 * A FIFO queue of SQS with one message group and its consumer: one batch at a time, in order. While a batch is
 * neither deleted nor visible again, no other is handed over.
 */
export class FifoQueue<T> {
  readonly #time: VirtualTime;
  readonly #consumer: Consumer<T>;
  readonly #waiting: Message<T>[] = [];
  readonly #deduplicationIds = new Map<string, number>();
  #inFlight: InFlightBatch<T> | undefined;
  #isPolling = false;
  #sent = 0;

  constructor(time: VirtualTime, consumer: Consumer<T>) {
    this.#time = time;
    this.#consumer = consumer;
  }

  /** Messages that wait to be handed over. */
  get length(): number {
    return this.#waiting.length;
  }

  send(body: T, deduplicationId: string): void {
    const { now } = this.#time;
    for (const [id, at] of this.#deduplicationIds) {
      if (now - at < DEDUPLICATION_MS) break;
      this.#deduplicationIds.delete(id);
    }
    if (this.#deduplicationIds.has(deduplicationId)) return;
    this.#deduplicationIds.set(deduplicationId, now);
    this.#sent += 1;
    this.#waiting.push({ id: `f-${this.#sent}`, sentAt: now, body, attributes: {}, receiveCount: 0 });
    this.#poll();
  }

  /** Lets the batch in hand come again although it is still being handled, as when a function outlives the timeout. */
  expireVisibility(): void {
    this.#returnToQueue(this.#inFlight);
  }

  #poll(): void {
    if (this.#isPolling || this.#inFlight || this.#waiting.length === 0) return;
    this.#isPolling = true;
    this.#time.after(this.#consumer.pollMs(), () => {
      this.#isPolling = false;
      if (!this.#inFlight && this.#waiting.length > 0) this.#receive();
    });
  }

  #receive(): void {
    const { handle, batchSize, visibilityMs } = this.#consumer;
    const batch = this.#waiting
      .splice(0, batchSize)
      .map((message) => ({ ...message, receiveCount: message.receiveCount + 1 }));
    const flight: InFlightBatch<T> = { messages: batch };
    this.#inFlight = flight;
    const visible = this.#time.after(visibilityMs, () => this.#returnToQueue(flight));
    handle(batch).then(
      (failed) => {
        flight.messages = batch.filter(({ id }) => failed.has(id));
        if (flight.messages.length > 0 || this.#inFlight !== flight) return;
        this.#time.cancel(visible);
        this.#inFlight = undefined;
        this.#poll();
      },
      // What was not deleted comes again when it is visible again.
      () => {},
    );
  }

  #returnToQueue(flight: InFlightBatch<T> | undefined): void {
    if (!flight || this.#inFlight !== flight) return;
    const { maxReceives, onDeadLetter: onDead } = this.#consumer;
    this.#inFlight = undefined;
    const isDead = ({ receiveCount: receives }: Message<T>) => receives >= maxReceives;
    for (const message of flight.messages.filter(isDead)) onDead(message);
    this.#waiting.unshift(...flight.messages.filter((message) => !isDead(message)));
    this.#poll();
  }
}
