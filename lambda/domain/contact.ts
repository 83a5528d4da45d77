import { canonicalJson } from './json.ts';

/** What identifies a contact: contact ids are unique within their instance. */
export interface ContactKey {
  readonly instanceId: string;
  readonly contactId: string;
}

/** A value and the time of the event that told it; the later one wins. */
export interface Dated<T> {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly value: T;
}

/** A stay in a queue. */
export interface QueueStay {
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
  readonly initialContactId?: string;
  readonly previousContactId?: string;
  /** VOICE, CHAT, TASK or EMAIL. */
  readonly channel?: string;
  readonly initiationMethod?: string;
  readonly initiatedAt?: number;
  /** The latest queue that the contact was in. That it is here does not mean that the contact still waits. */
  readonly queue?: QueueStay;
  /** When the contact entered the first queue that we know of. */
  readonly firstEnqueuedAt?: number;
  readonly connectedAt?: number;
  readonly disconnectedAt?: number;
  readonly pausedAt?: number;
  readonly resumedAt?: number;
  /** The latest time at which an event said that user-defined attributes changed. */
  readonly attributesChangedAt?: number;
  readonly tags?: Dated<Readonly<Record<string, string>>>;
  readonly segmentAttributes?: Dated<Readonly<Record<string, string>>>;
  /** The Region that may act on the contact, under Amazon Connect Global Resiliency. */
  readonly activeRegion?: Dated<string>;
}

/**
 * Unites two sets of facts about one contact. Connect delivers events late, doubled and out of order, so the
 * result does not depend on the order of merging, and merging a thing twice changes nothing: the latest
 * time wins, except for the first enqueue, where the earliest does.
 */
export function mergeFacts(a: ContactFacts, b: ContactFacts): ContactFacts {
  return withoutAbsent({
    instanceId: a.instanceId,
    contactId: a.contactId,
    initialContactId: later(a.initialContactId, b.initialContactId),
    previousContactId: later(a.previousContactId, b.previousContactId),
    channel: later(a.channel, b.channel),
    initiationMethod: later(a.initiationMethod, b.initiationMethod),
    initiatedAt: later(a.initiatedAt, b.initiatedAt),
    queue: latest(a.queue, b.queue, (stay) => stay.enqueuedAt),
    firstEnqueuedAt: earlier(a.firstEnqueuedAt, b.firstEnqueuedAt),
    connectedAt: later(a.connectedAt, b.connectedAt),
    disconnectedAt: later(a.disconnectedAt, b.disconnectedAt),
    pausedAt: later(a.pausedAt, b.pausedAt),
    resumedAt: later(a.resumedAt, b.resumedAt),
    attributesChangedAt: later(a.attributesChangedAt, b.attributesChangedAt),
    tags: latest(a.tags, b.tags, (dated) => dated.at),
    segmentAttributes: latest(a.segmentAttributes, b.segmentAttributes, (dated) => dated.at),
    activeRegion: latest(a.activeRegion, b.activeRegion, (dated) => dated.at),
  });
}

/**
 * The queue that the contact waits in now, or undefined when it does not wait: it is queued when its enqueue
 * time is later than its connection time and it has no disconnect time. (`queueInfo` alone proves nothing:
 * it is still there when the contact has long left.)
 */
export function queueOf(facts: ContactFacts): QueueStay | undefined {
  if (!facts.queue || facts.disconnectedAt !== undefined) return undefined;
  if (facts.connectedAt !== undefined && facts.connectedAt >= facts.queue.enqueuedAt) return undefined;
  return facts.queue;
}

/** True while a task is paused. Its wait goes on, but nothing is done for it until it is resumed. */
export function isPaused(facts: ContactFacts): boolean {
  return facts.pausedAt !== undefined && facts.pausedAt > (facts.resumedAt ?? Number.NEGATIVE_INFINITY);
}

/** The last part of an ARN's resource: `…/queue/1234` gives `1234`; undefined where there is no such part. */
export function arnId(arn: string, kind: string): string | undefined {
  const marker = `${kind}/`;
  const start = arn.lastIndexOf(marker);
  if (start < 0) return undefined;
  return arn.slice(start + marker.length).split('/')[0] || undefined;
}

/** The greater of two values, either of which may be unknown. */
function later<T extends number | string>(a: T | undefined, b: T | undefined): T | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a >= b ? a : b;
}

function earlier(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
}

/**
 * The later of two dated things. Envelope times are whole seconds, so a tie is common: then the one that
 * says more wins, and between equals the order of their texts decides, so that both orders end alike.
 */
function latest<T>(a: T | undefined, b: T | undefined, timeOf: (value: T) => number): T | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  if (timeOf(a) !== timeOf(b)) return timeOf(a) > timeOf(b) ? a : b;
  const [textOfA, textOfB] = [canonicalJson(a), canonicalJson(b)];
  if (textOfA.length !== textOfB.length) return textOfA.length > textOfB.length ? a : b;
  return textOfA >= textOfB ? a : b;
}

function withoutAbsent(facts: { [K in keyof ContactFacts]: ContactFacts[K] | undefined }): ContactFacts {
  const present = Object.entries(facts).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present) as unknown as ContactFacts;
}
