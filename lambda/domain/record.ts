import type { ContactFacts, ContactKey } from './contact.ts';
import type { PlanReason } from './plan.ts';
import type { Routing } from './routing.ts';

/** A named fact about a contact that someone told, with the time at which it ceases to hold. */
export interface Signal {
  /** When it was told, in milliseconds since the epoch. */
  readonly at: number;
  /** When it ceases to hold; absent: it holds as long as the contact does. */
  readonly until?: number;
}

/** What an operator last said of a contact's routing: a setting, or (without one) its release. */
export interface Override {
  /** When it was said, in milliseconds since the epoch. */
  readonly at: number;
  /** Absent: released. */
  readonly set?: Routing;
  readonly until?: number;
  readonly actor?: string;
  readonly reason?: string;
}

/** The user-defined attributes that policies mention, as DescribeContact last told them. */
export interface KnownAttributes {
  /** The `attributesChangedAt` that they answer to; 0 before any change. */
  readonly changedAt: number;
  /** The names that were asked for. One that the contact does not have has no value. */
  readonly names: readonly string[];
  readonly values: Readonly<Record<string, string>>;
}

/** What is known of the contact's transfer chain, from the record of the contact before it. */
export interface TransferChain {
  readonly firstEnqueuedAt?: number;
  readonly transfers: number;
}

/** A call that Connect refused for what it asked: it is not made again until something else is wanted. */
export interface RefusedCall {
  readonly at: number;
  readonly generation: number;
  readonly request: unknown;
  readonly message: string;
}

/** The dealings with Connect over one stay in a queue. A new stay begins afresh. */
export interface Dealings {
  /** Which stay: queue ARN and enqueue time. */
  readonly stay: string;
  /** What is in force, as far as it is known: what Connect said, or what it last accepted. */
  readonly inForce: Routing;
  /** True when Connect was asked what is in force, or when that was given up and the defaults assumed. */
  readonly checked: boolean;
  /** What was in force when an override began, until that is restored. */
  readonly beforeOverride?: Routing;
  /** Facets whose last call had an unknown outcome: what is in force of them is what was sent, or what was before. */
  readonly doubtful?: readonly (keyof Routing)[];
  readonly refused?: RefusedCall;
  /** Failed tries of the current generation. */
  readonly attempts?: number;
  /** Those among them that met a change by somebody else. */
  readonly conflicts?: number;
  /** No call before this time. */
  readonly retryAt?: number;
}

/** What the last look at the contact decided. */
export interface Decision {
  /** Which stay in a queue it is about, as in {@link Dealings}; absent when the contact does not wait. */
  readonly stay?: string;
  /** Counts the changes of what is wanted: part of what makes a call one and the same. */
  readonly generation: number;
  readonly reason: PlanReason;
  readonly policy?: string;
  readonly mode?: 'enforce' | 'observe';
  /** Index of the last step reached. */
  readonly step?: number;
  readonly wanted: Routing;
  readonly allowLower: boolean;
  /** What an operator wants instead. */
  readonly override?: Routing;
  /** When what is wanted fell due. */
  readonly dueAt?: number;
  /** Attributes that must be known before more can be decided. */
  readonly needs?: readonly string[];
}

/** A line of a contact's short history, for people. */
export interface HistoryEntry {
  readonly at: number;
  readonly what: string;
}

/** Everything that is kept of a contact: one item of the table. */
export interface ContactRecord extends ContactKey {
  /** Absent while only signals or overrides have come. */
  readonly facts?: ContactFacts;
  readonly chain?: TransferChain;
  readonly signals: Readonly<Record<string, Signal>>;
  readonly override?: Override;
  readonly attributes?: KnownAttributes;
  /** Ids of the latest messages folded in, so that none counts twice. */
  readonly messageIds: readonly string[];
  readonly dealings?: Dealings;
  readonly decision?: Decision;
  /** When the contact should be looked at again. */
  readonly wakeAt?: number;
  /** When the timer that is under way will ring; earlier than `wakeAt` where SQS cannot wait that long. */
  readonly timerAt?: number;
  /** Connect said that this contact is not to be found, or another Region's: it is closed for us. */
  readonly closedAt?: number;
  readonly history: readonly HistoryEntry[];
}

/** A record of a contact of which nothing is known yet. */
export function emptyRecord(key: ContactKey): ContactRecord {
  return {
    instanceId: key.instanceId,
    contactId: key.contactId,
    signals: {},
    messageIds: [],
    history: [],
  };
}

const HISTORY_LENGTH = 20;

/** The record with one more line of history; the oldest gives way. */
export function withHistory(record: ContactRecord, at: number, what: string): ContactRecord {
  return { ...record, history: [...record.history.slice(1 - HISTORY_LENGTH), { at, what }] };
}

/** The override that holds now; undefined when there is none, it was released or has run out. */
export function activeOverride(record: ContactRecord, now: number): Routing | undefined {
  const { override } = record;
  return override?.set && (override.until ?? Number.POSITIVE_INFINITY) > now ? override.set : undefined;
}
