import type { ContactKey } from '../contact/contact-key.ts';
import { actingRegion, type ContactFacts } from '../contact/facts.ts';
import { hasTestMark } from '../contact/parse-event.ts';
import { withoutPersonalData } from '../contact/personal-data.ts';
import { defined } from '../json.ts';
import type { SegmentAttributes } from '../policy/contact-view.ts';
import type { StoredNames } from '../policy/policy-set.ts';

/**
 * What DescribeContact says of a contact besides its routing and its attributes. Times are milliseconds since the epoch;
 * what is not set is absent.
 */
export interface AnsweredContact
  extends Pick<
    ContactFacts,
    | 'initialContactId'
    | 'previousContactId'
    | 'channel'
    | 'initiationMethod'
    | 'initiatedAt'
    | 'queue'
    | 'dialer'
    | 'connectedAt'
    | 'disconnectedAt'
  > {
  /** The last pause, and the last resume. */
  readonly pausedAt?: number;
  readonly resumedAt?: number;
  readonly tags?: Readonly<Record<string, string>>;
  readonly segmentAttributes?: SegmentAttributes;
  readonly activeRegion?: string;
  readonly originRegion?: string;
}

/**
 * The facts of an answer, to be merged like those of an event: so it repairs what lost events left open, and the order
 * of events and answers does not matter.
 *
 * DescribeContact may cut times to seconds. An enqueue time that may be cut counts as one from an envelope does: it is
 * the same visit as the exact time of an event. The end of a wait is set to the end of its second.
 *
 * @param askedAt - when the call began, in milliseconds since the epoch. What has no time of its own counts as of the
 *   second before: an event of the same second may be the later one.
 * @param names - what policies name; undefined where that is not known: then neither tags nor segment attributes are
 *   taken, since they may hold personal data.
 */
export function answeredFacts(
  { instanceId, contactId }: ContactKey,
  answer: AnsweredContact,
  askedAt: number,
  names: StoredNames | undefined,
): ContactFacts {
  const { queue, connectedAt, disconnectedAt, pausedAt, resumedAt, tags, segmentAttributes } = answer;
  const at = askedAt - (askedAt % 1_000) - 1;
  const facts: ContactFacts = defined({
    instanceId,
    contactId,
    initialContactId: answer.initialContactId,
    previousContactId: answer.previousContactId,
    channel: answer.channel,
    initiationMethod: answer.initiationMethod,
    initiatedAt: answer.initiatedAt,
    queue: queue && !mayBeCut(queue.enqueuedAt) ? queue : undefined,
    approximateQueue: queue && mayBeCut(queue.enqueuedAt) ? queue : undefined,
    dialer: answer.dialer,
    firstEnqueuedAt: queue && endOfSecond(queue.enqueuedAt),
    connectedAt: connectedAt === undefined ? undefined : endOfSecond(connectedAt),
    disconnectedAt: disconnectedAt === undefined ? undefined : endOfSecond(disconnectedAt),
    pauses: pausedAt === undefined ? undefined : [pausedAt],
    resumes: resumedAt === undefined ? undefined : [resumedAt],
    isTest: hasTestMark(segmentAttributes) || undefined,
    tags: names && tags && { at, value: tags },
    segmentAttributes: names && segmentAttributes && { at, value: segmentAttributes },
    activeRegion: actingRegion(answer.activeRegion, answer.originRegion, at),
  });
  return names ? withoutPersonalData(facts, names) : facts;
}

function mayBeCut(at: number): boolean {
  return at % 1_000 === 0;
}

/** A time that was cut to its second may have been as late as the end of it. */
function endOfSecond(at: number): number {
  return mayBeCut(at) ? at + 999 : at;
}
