import type { Consumer, Message } from './message.ts';
import type { VirtualTime } from './virtual-time.ts';

/** SQS drops messages with the same deduplication id within this interval. */
const DEDUPLICATION_MS = 300_000;

/** A batch that is in flight: its messages that are not deleted yet. */
interface InFlightBatch<T> {
  messages: readonly Message<T>[];
}

/**
 * An SQS FIFO queue with one message group and its consumer: one batch at a time, in order. The queue
 * delivers no other batch until all messages of the current one are deleted or visible again.
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

  /** The number of messages that wait for delivery. */
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

  /**
   * Makes the batch in flight visible although its handler still runs, as when a function exceeds the
   * visibility timeout.
   */
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
    const inFlight: InFlightBatch<T> = { messages: batch };
    this.#inFlight = inFlight;
    const visible = this.#time.after(visibilityMs, () => this.#returnToQueue(inFlight));
    handle(batch).then(
      (failed) => {
        inFlight.messages = batch.filter(({ id }) => failed.has(id));
        if (inFlight.messages.length > 0 || this.#inFlight !== inFlight) return;
        this.#time.cancel(visible);
        this.#inFlight = undefined;
        this.#poll();
      },
      // Messages that were not deleted become visible again after the timeout.
      () => {},
    );
  }

  #returnToQueue(inFlight: InFlightBatch<T> | undefined): void {
    if (!inFlight || this.#inFlight !== inFlight) return;
    const { maxReceives, onDeadLetter } = this.#consumer;
    this.#inFlight = undefined;
    const isDead = ({ receiveCount }: Message<T>) => receiveCount >= maxReceives;
    for (const message of inFlight.messages.filter(isDead)) onDeadLetter(message);
    this.#waiting.unshift(...inFlight.messages.filter((message) => !isDead(message)));
    this.#poll();
  }
}
