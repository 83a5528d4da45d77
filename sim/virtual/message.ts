import type { DeliveredMessage } from '../../lambda/flow/ports.ts';

/** A message in a queue. */
export interface Message<T> {
  readonly id: string;
  readonly body: T;
  /** When it was sent, in milliseconds since the epoch. */
  readonly sentAt: number;
  /** Its message attributes. */
  readonly attributes: Readonly<Record<string, string>>;
  /** The number of times that it was received. */
  readonly receiveCount: number;
}

/**
 * A message as the flow reads it.
 *
 * @param index - in its batch: the receipt handle.
 */
export function deliveredMessage(message: Message<string>, index: number): DeliveredMessage {
  const { id: messageId, sentAt, body, attributes, receiveCount } = message;
  const receiptHandle = String(index);
  return { messageId, sentAt, body, receiveCount, receiptHandle, attribute: (name) => attributes[name] };
}

/** An event source mapping and its function. */
export interface Consumer<T> {
  /** The maximum size of a batch. */
  readonly batchSize: number;
  /**
   * The visibility timeout in milliseconds: a received message that is not deleted within it is delivered
   * again.
   */
  readonly visibilityMs: number;
  /** A message that was received this often without success goes to the dead-letter queue. */
  readonly maxReceives: number;
  /** The delay until available messages are delivered, in milliseconds. */
  readonly pollMs: () => number;
  /**
   * Handles a batch.
   *
   * @returns the ids of the messages that failed. A rejection means that all failed.
   */
  readonly handle: (batch: readonly Message<T>[]) => Promise<ReadonlySet<string>>;
  readonly onDeadLetter: (message: Message<T>) => void;
}
