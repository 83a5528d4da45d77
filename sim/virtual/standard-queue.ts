import type { Consumer, Message } from './message.ts';
import type { VirtualTime } from './virtual-time.ts';

/** A standard queue of SQS with its consumer: at least once, in any order, up to so many batches at a time. */
export class StandardQueue<T> {
  readonly #time: VirtualTime;
  readonly #consumer: Consumer<T> & { readonly concurrency: number };
  readonly #ready: Message<T>[] = [];
  #running = 0;
  #sent = 0;

  /** @param consumer - `concurrency`: batches handled at a time, at most. */
  constructor(time: VirtualTime, consumer: Consumer<T> & { readonly concurrency: number }) {
    this.#time = time;
    this.#consumer = consumer;
  }

  /** Messages that can be received now. */
  get length(): number {
    return this.#ready.length;
  }

  send(body: T, delayMs = 0, attributes: Message<T>['attributes'] = {}): void {
    this.#sent += 1;
    const message = { id: `m-${this.#sent}`, sentAt: this.#time.now, body, attributes, receiveCount: 0 };
    this.#enqueueAfter(message, delayMs);
  }

  /** Delivers a message once more, as SQS may. */
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
    const { handle, visibilityMs, maxReceives, onDeadLetter: onDead } = this.#consumer;
    const batch = messages.map((message) => ({ ...message, receiveCount: message.receiveCount + 1 }));
    const undone = new Set(batch);
    this.#running += 1;
    const visible = this.#time.after(visibilityMs, () => {
      for (const message of undone) {
        if (message.receiveCount >= maxReceives) onDead(message);
        else this.#ready.push(message);
      }
      this.#pump();
    });
    const ended = (isDone: (message: Message<T>) => boolean) => {
      for (const message of batch) if (isDone(message)) undone.delete(message);
      if (undone.size === 0) this.#time.cancel(visible);
      this.#running -= 1;
      this.#pump();
    };
    handle(batch).then(
      (failed) => ended(({ id }) => !failed.has(id)),
      () => ended(() => false),
    );
  }
}
