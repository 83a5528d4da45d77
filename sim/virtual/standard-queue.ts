import type { Consumer, Message } from './message.ts';
import type { VirtualTime } from './virtual-time.ts';

/**
 * An SQS standard queue with its consumer: at-least-once delivery, in any order, with several batches in
 * parallel.
 */
export class StandardQueue<T> {
  readonly #time: VirtualTime;
  readonly #consumer: Consumer<T> & { readonly concurrency: number };
  readonly #ready: Message<T>[] = [];
  #running = 0;
  #sent = 0;

  /** @param consumer - `concurrency` is the maximum number of batches that are handled at the same time. */
  constructor(time: VirtualTime, consumer: Consumer<T> & { readonly concurrency: number }) {
    this.#time = time;
    this.#consumer = consumer;
  }

  /** The number of messages that can be received now. */
  get length(): number {
    return this.#ready.length;
  }

  send(body: T, delayMs = 0, attributes: Message<T>['attributes'] = {}): void {
    this.#sent += 1;
    const message = { id: `m-${this.#sent}`, sentAt: this.#time.now, body, attributes, receiveCount: 0 };
    this.#enqueueAfter(message, delayMs);
  }

  /** Delivers a message again, as SQS may do. */
  duplicate(message: Message<T>, delayMs: number): void {
    this.#enqueueAfter({ ...message, receiveCount: 0 }, delayMs);
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
    const { handle, visibilityMs, maxReceives, onDeadLetter } = this.#consumer;
    const batch = messages.map((message) => ({ ...message, receiveCount: message.receiveCount + 1 }));
    const notDeleted = new Set(batch);
    this.#running += 1;
    const visible = this.#time.after(visibilityMs, () => {
      for (const message of notDeleted) {
        if (message.receiveCount >= maxReceives) onDeadLetter(message);
        else this.#ready.push(message);
      }
      this.#pump();
    });
    const finish = (isDone: (message: Message<T>) => boolean) => {
      for (const message of batch) if (isDone(message)) notDeleted.delete(message);
      if (notDeleted.size === 0) this.#time.cancel(visible);
      this.#running -= 1;
      this.#pump();
    };
    handle(batch).then(
      (failed) => finish(({ id }) => !failed.has(id)),
      () => finish(() => false),
    );
  }
}
