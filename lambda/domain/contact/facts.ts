import { arnId } from '../arn.ts';
import { defined } from '../json.ts';
import type { SegmentAttributes } from '../policy/contact-view.ts';
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
  /** The same from an event without an enqueue time: `enqueuedAt` is the whole second of its envelope. */
  readonly approximateQueue?: QueueVisit;
  /** Of a contact that an agent or a system dials: who has it now, see {@link canWait}. */
  readonly dialer?: Dialer;
  /** When the contact entered the first queue that we know of. */
  readonly firstEnqueuedAt?: number;
  readonly connectedAt?: number;
  readonly disconnectedAt?: number;
  /** When the contact was paused, as Connect does with tasks: in order of time, see `pauses.ts`. */
  readonly pauses?: readonly number[];
  /** When it was resumed, likewise. */
  readonly resumes?: readonly number[];
  /** The latest second in which events said that user-defined attributes changed, and a millisecond for each but one. */
  readonly attributesChangedAt?: number;
  readonly tags?: Timestamped<Readonly<Record<string, string>>>;
  /** Those that policies name, and those that this system needs itself. */
  readonly segmentAttributes?: Timestamped<SegmentAttributes>;
  /** True of a contact of Connect's own tests: one event with their mark is enough. */
  readonly isTest?: true;
  /**
   * The Region that may act on the contact, under Amazon Connect Global Resiliency. At 0: that of its origin, since no event
   * has named the active one.
   */
  readonly activeRegion?: Timestamped<string>;
}

/**
 * What an event of an outbound contact shows: it waits for an agent in the queue where a flow put it, an agent is
 * with it, or a campaign dials and finds an agent later.
 */
export type Dialer = 'queue' | 'agent' | 'campaign';

/**
 * The Region that may act on a contact: the active one, else that of its origin, in which it stays. The latter counts from
 * the start, so that an event that names no active Region takes back no failover.
 *
 * @param at - when that was said, in milliseconds since the epoch.
 */
export function actingRegion(
  active: string | undefined,
  origin: string | undefined,
  at: number,
): Timestamped<string> | undefined {
  if (active !== undefined) return { at, value: active };
  return origin === undefined ? undefined : { at: 0, value: origin };
}

/** Methods of contacts that an agent or a supervisor begins and is part of. They never wait for an agent. */
const NEVER_WAIT = new Set(['EXTERNAL_OUTBOUND', 'MONITOR']);

/** Methods of contacts that an agent begins, or a campaign. */
export const OUTBOUND_METHODS: ReadonlySet<string> = new Set(['OUTBOUND', 'AGENT_REPLY']);

/**
 * Whether the contact can wait for an agent. An outbound call carries a queue and an enqueue time while its agent
 * dials: it waits only where an event shows that a campaign dials, or that a flow queued it without an agent.
 */
export function canWait({ initiationMethod = '', dialer }: ContactFacts): boolean {
  if (NEVER_WAIT.has(initiationMethod)) return false;
  return !OUTBOUND_METHODS.has(initiationMethod) || dialer === 'queue' || dialer === 'campaign';
}

/** The time of an envelope is that long after the enqueue time, at most. Connect sends events within a second or two. */
const EVENT_DELAY_MS = 5_000;

/**
 * The latest visit to a queue. A time from an envelope and an exact one of the same queue are one visit if the one can
 * be the other cut to its second, or sent a little later; the exact time counts then. It may come from
 * DescribeContact, which tells the id of the queue alone. Two exact times are two visits.
 */
export function latestVisit(facts: ContactFacts | undefined): QueueVisit | undefined {
  const { queue, approximateQueue: approximate } = facts ?? {};
  if (!queue || !approximate) return queue ?? approximate;
  if (isOneVisit(queue, approximate)) return withQueueOf(queue, approximate);
  return queue.enqueuedAt > approximate.enqueuedAt ? queue : approximate;
}

/** The visit with what the other one says of the same queue beside its id. */
function withQueueOf(visit: QueueVisit, { arn, type }: QueueVisit): QueueVisit {
  return defined({ ...visit, arn: isOfAgent(arn) ? arn : visit.arn, type: visit.type ?? type });
}

function isOneVisit(exact: QueueVisit, approximate: QueueVisit): boolean {
  const differenceMs = exact.enqueuedAt - approximate.enqueuedAt;
  return isOneQueue(exact.arn, approximate.arn) && differenceMs < 1_000 && differenceMs >= -EVENT_DELAY_MS;
}

/** Connect names an agent's own queue by its id alone in one place, and with `agent/` before it in another. */
export function isOneQueue(a: string, b: string): boolean {
  const id = arnId(a, 'queue');
  return a === b || (id !== undefined && id === arnId(b, 'queue'));
}

/**
 * The queue that the contact waits in now, or undefined when it does not wait. A contact is queued when its enqueue
 * time is later than its connection time and it has no disconnect time. `queueInfo` alone proves nothing: events carry
 * it long after the contact has left.
 */
export function currentQueue(facts: ContactFacts | undefined): QueueVisit | undefined {
  const visit = latestVisit(facts);
  if (!facts || !visit || facts.disconnectedAt !== undefined || !canWait(facts)) return undefined;
  if (facts.connectedAt !== undefined && facts.connectedAt >= visit.enqueuedAt) return undefined;
  return visit;
}

/** Names the current visit to a queue: a contact that is moved, or queued again, begins a new one. */
export function queueVisitId(facts: ContactFacts | undefined): string | undefined {
  const queue = currentQueue(facts);
  return queue && visitId(queue);
}

/** The name that the current visit had before its exact time was known; undefined where it had no other. */
export function formerQueueVisitId(facts: ContactFacts | undefined): string | undefined {
  const { queue, approximateQueue } = facts ?? {};
  if (!queue || !approximateQueue || queueVisitId(facts) !== visitId(queue)) return undefined;
  return isOneVisit(queue, approximateQueue) ? visitId(approximateQueue) : undefined;
}

/** A visit by the exact time of its enqueue, where that became known after it was named. */
export function withExactTime(
  visit: Pick<QueueVisit, 'arn' | 'enqueuedAt'>,
  { queue, approximateQueue }: ContactFacts,
): Pick<QueueVisit, 'arn' | 'enqueuedAt'> {
  const isKnownExactly = queue && approximateQueue && isOneVisit(queue, approximateQueue);
  return isKnownExactly && visitId(approximateQueue) === visitId(visit) ? queue : visit;
}

/** True when an id names the current visit, by its present name or by the one before. */
export function isCurrentVisit(facts: ContactFacts | undefined, id: string | undefined): boolean {
  return id !== undefined && (queueVisitId(facts) === id || formerQueueVisitId(facts) === id);
}

/** The name of a visit, under which the record keeps what belongs to it: the same however Connect names the queue. */
export function visitId({ arn, enqueuedAt }: Pick<QueueVisit, 'arn' | 'enqueuedAt'>): string {
  return withoutAgent(`${arn}@${enqueuedAt}`);
}

/** The ARN of a queue, or the name of a visit that has it, in the one form that an agent's own queue has everywhere. */
export function withoutAgent(arn: string): string {
  return arn.replace(AGENT_QUEUE, '/queue/');
}

/** In the ARN of an agent's own queue before its id. DescribeContact tells the id alone. */
const AGENT_QUEUE = '/queue/agent/';

export function isOfAgent(arn: string): boolean {
  return arn.includes(AGENT_QUEUE);
}

/** The visit that {@link visitId} named. */
export function visitOfId(id: string): Pick<QueueVisit, 'arn' | 'enqueuedAt'> {
  const end = id.lastIndexOf('@');
  return { arn: id.slice(0, end), enqueuedAt: Number(id.slice(end + 1)) };
}
