/** A message in a queue. */
export interface Message<T> {
  readonly id: string;
  readonly body: T;
  /** When it was sent, in milliseconds since the epoch. */
  readonly sentAt: number;
  /** Its message attributes. */
  readonly attributes: Readonly<Record<string, string>>;
  /** How often it was received. */
  readonly receiveCount: number;
}

/** Who works off a queue, and how: an event source mapping and its function. */
export interface Consumer<T> {
  /** Messages handed over at a time, at most. */
  readonly batchSize: number;
  /** How long a received message stays hidden; if it is not deleted by then, it comes again. */
  readonly visibilityMs: number;
  /** A message received so often is dead. */
  readonly maxReceives: number;
  /** How long it takes until messages that can be received are handed over. */
  readonly pollMs: () => number;
  /**
   * Handles a batch.
   *
   * @returns the ids of the messages that failed. When it rejects, all of them did.
   */
  readonly handle: (batch: readonly Message<T>[]) => Promise<ReadonlySet<string>>;
  readonly onDeadLetter: (message: Message<T>) => void;
}
