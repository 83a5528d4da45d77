import type { ContactKey } from './contact-key.ts';

/** A value and the time of the event that carried it. */
export interface Timestamped<T> {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly value: T;
}

/** One visit of a contact to a queue. */
export interface QueueVisit {
  readonly arn: string;
  /** STANDARD or AGENT, where Connect says so. */
  readonly type?: string;
  /** Milliseconds since the epoch. */
  readonly enqueuedAt: number;
}

/**
 * What is known of a contact from its events. Times are milliseconds since the epoch; a time that is not
 * known is absent.
 */
export interface ContactFacts extends ContactKey {
  /** When the latest event happened, by its envelope. */
  readonly eventAt?: number;
  readonly initialContactId?: string;
  readonly previousContactId?: string;
  /** VOICE, CHAT, TASK or EMAIL. */
  readonly channel?: string;
  readonly initiationMethod?: string;
  readonly initiatedAt?: number;
  /** The latest queue that the contact was in. Its presence does not prove that the contact still waits. */
  readonly queue?: QueueVisit;
  /** When the contact entered the first queue that we know of. */
  readonly firstEnqueuedAt?: number;
  readonly connectedAt?: number;
  readonly disconnectedAt?: number;
  readonly pausedAt?: number;
  readonly resumedAt?: number;
  /** The latest time at which an event said that user-defined attributes changed. */
  readonly attributesChangedAt?: number;
  readonly tags?: Timestamped<Readonly<Record<string, string>>>;
  readonly segmentAttributes?: Timestamped<Readonly<Record<string, string>>>;
  /** The Region that may act on the contact, under Amazon Connect Global Resiliency. */
  readonly activeRegion?: Timestamped<string>;
}

/**
 * The queue that the contact waits in now, or undefined when it does not wait. A contact is queued when its enqueue
 * time is later than its connection time and it has no disconnect time. `queueInfo` alone proves nothing: events carry
 * it long after the contact has left.
 */
export function currentQueue(facts: ContactFacts | undefined): QueueVisit | undefined {
  if (!facts?.queue || facts.disconnectedAt !== undefined) return undefined;
  if (facts.connectedAt !== undefined && facts.connectedAt >= facts.queue.enqueuedAt) return undefined;
  return facts.queue;
}

/** Names the current visit to a queue: a contact that is moved, or queued again, begins a new one. */
export function queueVisitId(facts: ContactFacts | undefined): string | undefined {
  const queue = currentQueue(facts);
  return queue && `${queue.arn}@${queue.enqueuedAt}`;
}

/** True while a task is paused. It still waits, but nothing is done for it until it is resumed. */
export function isPaused(facts: ContactFacts): boolean {
  return facts.pausedAt !== undefined && facts.pausedAt > (facts.resumedAt ?? Number.NEGATIVE_INFINITY);
}
