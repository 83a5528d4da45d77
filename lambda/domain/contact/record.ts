import type { OutgoingEvent } from '../outgoing-events/outgoing-event.ts';
import type { Routing } from '../routing/routing.ts';
import type { ContactKey } from './contact-key.ts';
import type { Decision } from './decision.ts';
import type { ContactFacts } from './facts.ts';
import type { RoutingStatus } from './routing-status.ts';
import type { Shadows } from './shadows.ts';

/** A named fact about a contact that a message reported, with the time at which it expires. */
export interface Signal {
  /** When it was sent, in milliseconds since the epoch. */
  readonly at: number;
  /** When it expires; absent: it holds as long as the contact lasts. */
  readonly until?: number;
  /** The queue that it was sent to; absent: it was sent to the contact, or taken over. */
  readonly queueArn?: string;
}

/** An operator's last word on a contact's routing: values to set, or (without them) a release. */
export interface Override {
  /** When it was sent, in milliseconds since the epoch. */
  readonly at: number;
  /** Absent: released. */
  readonly set?: Routing;
  readonly until?: number;
  /** Who the message said ordered it. */
  readonly actor?: string;
  /** Who sent the message, as SQS named the sender. */
  readonly sender?: string;
  /** Of a message that was redriven: who sent it first, as the redrive stated. */
  readonly originalSender?: string;
  readonly reason?: string;
}

/** The user-defined attributes that policies mention, from the last answer of DescribeContact. */
export interface KnownAttributes {
  /** The `attributesChangedAt` that the answer covers; 0 before any change. */
  readonly changedAt: number;
  /** The names that were asked for. A name that the contact does not have has no value. */
  readonly names: readonly string[];
  readonly values: Readonly<Record<string, string>>;
}

/** What is known of the contact's transfer chain, from the record of the contact before it. */
export interface TransferChain {
  /** The contact before it, whose record knows of this one; absent before that. */
  readonly previousContactId?: string;
  readonly firstEnqueuedAt?: number;
  /** The first contact of the chain, for a contact whose events do not name it. */
  readonly initialContactId?: string;
  readonly transfers: number;
  /** True where a contact before it is one of Connect's own tests. */
  readonly isTest?: true;
  /** When the contacts before it were paused and resumed, as `pauses` and `resumes` of the facts. */
  readonly pauses?: readonly number[];
  readonly resumes?: readonly number[];
}

/** How the queue of a contact is called. */
export interface KnownQueueName {
  readonly queueArn: string;
  /** Absent: Connect knows no queue of that id. */
  readonly value?: string;
}

/** One line of a contact's short history, for people. */
export interface HistoryEntry {
  readonly at: number;
  readonly text: string;
  /** True for a line about an observing policy. */
  readonly isShadow?: true;
}

/** Why Connect did not let this system act on a contact. */
export type ClosedCause =
  /** Connect does not find the contact. */
  | 'not-found'
  /** Another Region owns the contact, under Amazon Connect Global Resiliency. */
  | 'other-region';

/** The last closing of a contact. It stays after the contact is reopened, until an update is accepted. */
export interface Closure {
  readonly cause: ClosedCause;
  /** The queue visit that it is about, as `queueVisitId` names it; absent where that is not known. */
  readonly queueVisit?: string;
  /** How often the contact was closed in this visit, from 1. */
  readonly count: number;
}

/** A question about a contact that no event may have reported: whether it waits, and where. */
export interface Look {
  /** When it was asked for, in milliseconds since the epoch. */
  readonly at: number;
  /** Failed attempts. */
  readonly attempts?: number;
  /** No question is asked before this time, in milliseconds since the epoch. */
  readonly retryAt?: number;
}

/** An update that a dispatch has begun to send. */
export interface UnderWay {
  /** Names the update, as Powertools hashes it: contact, generation and request. */
  readonly key: string;
  /** Until then the dispatch that sends it may still run, in milliseconds since the epoch. */
  readonly until: number;
}

/** Everything that is stored of a contact: one item of the table. */
export interface ContactRecord extends ContactKey {
  /** The version of this shape, see `record-versions.ts`. */
  readonly schemaVersion: number;
  /** Absent while only signals or overrides have arrived. */
  readonly facts?: ContactFacts;
  readonly chain?: TransferChain;
  /** The contacts that continue this one, in the order in which they were seen. */
  readonly successors?: readonly string[];
  /** Those of the contact itself, which go with it along its transfer chain. */
  readonly signals: Readonly<Record<string, Signal>>;
  /** Those that were sent to its queue, each with its `queueArn`: they hold only while the contact is in that queue. */
  readonly queueSignals?: Readonly<Record<string, Signal>>;
  /** The conditions that held for its queue when the contact was last reconciled, each with its `queueArn`. */
  readonly queueConditions?: Readonly<Record<string, Signal>>;
  /** The name of its queue, as it was known when the contact was last reconciled; absent: it is not known. */
  readonly queueName?: KnownQueueName;
  /** How many signals were dropped although they held, since there were too many. */
  readonly droppedSignals?: number;
  /** How many contacts of the same customer were queued in the 24 hours before this one was; absent: not known. */
  readonly recentContacts?: number;
  readonly override?: Override;
  readonly attributes?: KnownAttributes;
  /** Ids of messages that version 0.1.0 applied. Nothing is added any more. */
  readonly messageIds: readonly string[];
  /** Types and ids of the latest messages applied of each type, such as `override:o-1`: none counts twice. */
  readonly appliedMessages?: readonly string[];
  readonly status?: RoutingStatus;
  readonly decision?: Decision;
  /** What observing policies would have done. */
  readonly shadows?: Shadows;
  /** When the contact should be reconciled again, in milliseconds since the epoch. */
  readonly wakeAt?: number;
  /** When the pending timer fires; earlier than `reconcileAt` where SQS cannot delay a message that long. */
  readonly timerAt?: number;
  /** When Connect said that it does not find this contact, or that another Region owns it; absent: it is not closed. */
  readonly closedAt?: number;
  readonly closure?: Closure;
  /** DescribeContact shall be asked about the contact, whatever is known of it. */
  readonly look?: Look;
  /** True while facts that Connect's answer added are not yet decided on: nothing is sent before the next reconcile. */
  readonly isUndecided?: true;
  /** When an update was sent whose result is not recorded yet: it is in flight, or the process that sent it ended. */
  readonly inFlightSince?: number;
  /** That update: no other dispatch sends the same before the first one must have ended. */
  readonly underWay?: UnderWay;
  readonly history: readonly HistoryEntry[];
  /** Events that EventBridge has not accepted yet, the oldest first. */
  readonly unsentEvents?: readonly OutgoingEvent[];
}

/** The version of {@link ContactRecord} that is written. */
export const RECORD_SCHEMA_VERSION = 4;

/** The record of a contact before anything is known of it. */
export function emptyRecord({ instanceId, contactId }: ContactKey): ContactRecord {
  return {
    schemaVersion: RECORD_SCHEMA_VERSION,
    instanceId,
    contactId,
    signals: {},
    messageIds: [],
    history: [],
  };
}

/** How many lines of history a record keeps: the latest ones. */
export const HISTORY_LENGTH = 20;

/** Criteria may be long, and DynamoDB stores items of at most 400 KB: a longer line is cut to so many characters. */
const MAX_LINE_LENGTH = 1_000;

/** The record with one more line of history, the oldest line dropped if need be. */
export function withHistory(record: ContactRecord, at: number, line: string): ContactRecord {
  const text = line.length > MAX_LINE_LENGTH ? `${line.slice(0, MAX_LINE_LENGTH)} …` : line;
  return { ...record, history: [...record.history.slice(1 - HISTORY_LENGTH), { at, text }] };
}

/** Lines of the history about observing policies: a long ramp that observes must not push out what really happened. */
const SHADOW_HISTORY_LENGTH = 5;

/** The record with one more line about an observing policy, the oldest such line dropped if need be. */
export function withShadowHistory(record: ContactRecord, at: number, text: string): ContactRecord {
  const shadows = record.history.filter(({ isShadow }) => isShadow);
  const dropped = shadows.length < SHADOW_HISTORY_LENGTH ? undefined : shadows[0];
  const history = record.history.filter((entry) => entry !== dropped);
  return { ...record, history: [...history.slice(1 - HISTORY_LENGTH), { at, text, isShadow: true }] };
}

/** The override that holds now; undefined when there is none, or it was released or has expired. */
export function activeOverride({ override }: ContactRecord, now: number): Routing | undefined {
  return override?.set && (override.until ?? Number.POSITIVE_INFINITY) > now ? override.set : undefined;
}
