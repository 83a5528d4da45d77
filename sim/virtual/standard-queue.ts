import type { Consumer, Message } from './message.ts';
import type { VirtualTime } from './virtual-time.ts';

interface StandardConsumer<T> extends Consumer<T> {
  readonly concurrency: number;
  /** The beginning of the ids of messages, which SQS gives no two messages of all its queues. Default: `m`. */
  readonly name?: string;
}

/**
 * An SQS standard queue with its consumer: at-least-once delivery, in any order, with several batches in
 * parallel.
 */
export class StandardQueue<T> {
  readonly #time: VirtualTime;
  readonly #consumer: StandardConsumer<T>;
  readonly #ready: Message<T>[] = [];
  /** The messages in flight, with when they become visible again. */
  readonly #inFlight = new Map<Message<T>, ReturnType<VirtualTime['after']>>();
  #running = 0;
  #sent = 0;

  /** @param consumer - `concurrency` is the maximum number of batches that are handled at the same time. */
  constructor(time: VirtualTime, consumer: StandardConsumer<T>) {
    this.#time = time;
    this.#consumer = consumer;
  }

  /** The number of messages that can be received now. */
  get length(): number {
    return this.#ready.length;
  }

  send(body: T, delayMs = 0, attributes: Message<T>['attributes'] = {}): void {
    this.#sent += 1;
    const message = {
      id: `${this.#consumer.name ?? 'm'}-${this.#sent}`,
      sentAt: this.#time.now,
      body,
      attributes,
      receiveCount: 0,
    };
    this.#enqueueAfter(message, delayMs);
  }

  /** Delivers a message again, as SQS may do. */
  duplicate(message: Message<T>, delayMs: number): void {
    this.#enqueueAfter({ ...message, receiveCount: 0 }, delayMs);
  }

  /** Has a message of a batch delivered again after a delay, instead of after the visibility timeout. */
  retryAfter(message: Message<T>, delayMs: number): void {
    const timer = this.#inFlight.get(message);
    if (timer === undefined) return;
    this.#time.cancel(timer);
    this.#hide(message, delayMs);
  }

  /** A received message becomes visible again, or is dead, unless it is deleted before. */
  #hide(message: Message<T>, durationMs: number): void {
    const { maxReceives, onDeadLetter } = this.#consumer;
    const timer = this.#time.after(durationMs, () => {
      this.#inFlight.delete(message);
      if (message.receiveCount >= maxReceives) onDeadLetter(message);
      else this.#ready.push(message);
      this.#pump();
    });
    this.#inFlight.set(message, timer);
  }

  #enqueueAfter(message: Message<T>, delayMs: number): void {
    this.#time.after(delayMs + this.#consumer.pollMs(), () => {
      this.#ready.push(message);
      this.#pump();
    });
  }

  #pump(): void {
    const { concurrency, batchSize } = this.#consumer;
    while (this.#running < concurrency && this.#ready.length > 0) {
      this.#receive(this.#ready.splice(0, batchSize));
    }
  }

  #receive(messages: readonly Message<T>[]): void {
    const { handle, visibilityMs } = this.#consumer;
    const batch = messages.map((message) => ({ ...message, receiveCount: message.receiveCount + 1 }));
    for (const message of batch) this.#hide(message, visibilityMs);
    this.#running += 1;
    const finish = (isDone: (message: Message<T>) => boolean) => {
      for (const message of batch) if (isDone(message)) this.#delete(message);
      this.#running -= 1;
      this.#pump();
    };
    handle(batch).then(
      (failed) => finish(({ id }) => !failed.has(id)),
      () => finish(() => false),
    );
  }

  /** One that is visible again already is delivered again. */
  #delete(message: Message<T>): void {
    const timer = this.#inFlight.get(message);
    if (timer === undefined) return;
    this.#time.cancel(timer);
    this.#inFlight.delete(message);
  }
}
