import { canonicalJson, defined } from '../json.ts';
import type { ContactFacts, Dialer } from './facts.ts';
import { mergeTimes } from './pauses.ts';

/**
 * Merges two sets of facts about one contact. Connect delivers events late, more than once and out of order, so the
 * result does not depend on the order of merging, and merging the same facts twice changes nothing: the latest
 * time wins, except for the first enqueue, where the earliest does.
 */
export function mergeFacts(a: ContactFacts, b: ContactFacts): ContactFacts {
  return defined({
    instanceId: a.instanceId,
    contactId: a.contactId,
    eventAt: later(a.eventAt, b.eventAt),
    initialContactId: later(a.initialContactId, b.initialContactId),
    previousContactId: later(a.previousContactId, b.previousContactId),
    channel: later(a.channel, b.channel),
    initiationMethod: later(a.initiationMethod, b.initiationMethod),
    initiatedAt: later(a.initiatedAt, b.initiatedAt),
    queue: latest(a.queue, b.queue, (visit) => visit.enqueuedAt),
    approximateQueue: latest(a.approximateQueue, b.approximateQueue, (visit) => visit.enqueuedAt),
    dialer: strongest(a.dialer, b.dialer),
    firstEnqueuedAt: earlier(a.firstEnqueuedAt, b.firstEnqueuedAt),
    connectedAt: later(a.connectedAt, b.connectedAt),
    disconnectedAt: later(a.disconnectedAt, b.disconnectedAt),
    pauses: mergeTimes(a.pauses, b.pauses),
    resumes: mergeTimes(a.resumes, b.resumes),
    attributesChangedAt: later(a.attributesChangedAt, b.attributesChangedAt),
    tags: latest(a.tags, b.tags, ({ at }) => at),
    segmentAttributes: latest(a.segmentAttributes, b.segmentAttributes, ({ at }) => at),
    isTest: a.isTest ?? b.isTest,
    activeRegion: latest(a.activeRegion, b.activeRegion, ({ at }) => at),
  });
}

/** The greater of two values, either of which may be unknown. */
function later<T extends number | string>(a: T | undefined, b: T | undefined): T | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a >= b ? a : b;
}

const DIALERS: readonly (Dialer | undefined)[] = [undefined, 'queue', 'agent', 'campaign'];

/** A campaign is one from its start; an agent who is with a contact outweighs that a flow queued it. */
function strongest(a: Dialer | undefined, b: Dialer | undefined): Dialer | undefined {
  return DIALERS.indexOf(a) >= DIALERS.indexOf(b) ? a : b;
}

function earlier(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
}

/**
 * The value with the later time. Envelope times are whole seconds, so ties are common: then the value with the longer
 * canonical JSON wins, and between values of one length the greater text, so that both orders give the same result.
 */
function latest<T>(a: T | undefined, b: T | undefined, timeOf: (value: T) => number): T | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  if (timeOf(a) !== timeOf(b)) return timeOf(a) > timeOf(b) ? a : b;
  const [textOfA, textOfB] = [canonicalJson(a), canonicalJson(b)];
  if (textOfA.length !== textOfB.length) return textOfA.length > textOfB.length ? a : b;
  return textOfA >= textOfB ? a : b;
}
