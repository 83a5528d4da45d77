import type { ContactKey } from '../domain/contact.ts';
import type { CallOutcome, ContactDescription, MadeCall } from '../domain/outcome.ts';
import type { TokenBucket } from '../domain/pacing.ts';
import type { PolicySet } from '../domain/policy/policy.ts';
import type { ContactRecord } from '../domain/record.ts';
import type { Settings } from '../domain/settings.ts';

/** A record as it was read, with the revision that its next writing must replace. */
export interface StoredContact {
  readonly record: ContactRecord;
  /** 0 for a contact that is not stored yet. */
  readonly revision: number;
}

/** A contact with pending work. */
export interface PendingContact extends ContactKey {
  /** When the work fell due, in milliseconds since the epoch; absent where that is not known. */
  readonly dueAt?: number;
}

/** A contact that waits in a queue. */
export interface QueuedContact extends ContactKey {
  /** When it should be looked at again, in milliseconds since the epoch; absent: not by the time alone. */
  readonly wakeAt?: number;
}

/** The table of contacts. Reads are consistent but for the indexes, which lag by moments. */
export interface ContactStore {
  load(key: ContactKey): Promise<StoredContact>;
  /** In any order; contacts that are not stored are left out. */
  loadMany(keys: readonly ContactKey[]): Promise<StoredContact[]>;
  /** Writes the record unless its revision was overtaken. @returns the new revision; undefined: overtaken. */
  save(record: ContactRecord, revision: number, now: number): Promise<number | undefined>;
  /** The contacts of an instance with pending work, most urgent first. */
  pending(instanceId: string, limit: number): Promise<PendingContact[]>;
  /** The contacts that wait in a queue (in any queue without one), in pages. */
  queued(queueArn?: string): AsyncIterable<QueuedContact[]>;
}

/** The shared state of the quotas. */
export interface QuotaState {
  readonly update: TokenBucket;
  readonly describe: TokenBucket;
}

/** Where the quotas' state is kept, outside of any process. */
export interface QuotaStore {
  /** @returns undefined before the first use. */
  load(): Promise<{ state: QuotaState; revision: number } | undefined>;
  /** @returns the new revision; undefined when somebody else wrote since. */
  save(state: QuotaState, revision: number): Promise<number | undefined>;
}

/** A message to be sent to the queue of rule messages. */
export interface OutgoingMessage {
  readonly body: Readonly<Record<string, unknown>>;
  /** Whole seconds, 0 to 900. */
  readonly delaySeconds: number;
}

/** The queues. */
export interface Outbox {
  /** Sends rule messages, wake-ups among them. */
  sendRuleMessages(messages: readonly OutgoingMessage[]): Promise<void>;
  /**
   * Tells dispatch that a contact has work.
   *
   * @param distinct - kicks of one contact with the same value within five minutes are one.
   */
  kick(key: ContactKey, distinct: string): Promise<void>;
}

/** What came of DescribeContact. */
export type DescribeOutcome =
  | { readonly kind: 'described'; readonly description: ContactDescription }
  | { readonly kind: 'throttled' | 'unknown' | 'gone' | 'denied'; readonly message: string };

/** Amazon Connect. Neither method throws for what Connect answers. */
export interface Connect {
  /** UpdateContactRoutingData, once for one and the same call. */
  updateRouting(key: ContactKey, call: MadeCall): Promise<CallOutcome>;
  describe(key: ContactKey): Promise<DescribeOutcome>;
}

/** What people configured, as of a short time ago. */
export interface Configuration {
  readonly policies: PolicySet;
  readonly settings: Settings;
}

/** Time, for the flow. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  sleep(durationMs: number): Promise<void>;
}

/** What happened, for whoever operates the system. */
export interface Telemetry {
  changeApplied(latenessMs: number): void;
  callThrottled(): void;
  callRefused(key: ContactKey, call: MadeCall, message: string): void;
  accessDenied(message: string): void;
  outcomeUnknown(key: ContactKey, message: string): void;
  contactClosed(key: ContactKey, message: string): void;
  /** Something failed for one contact; the others went on. */
  contactFailed(key: ContactKey, error: unknown): void;
  /** A sweep found so many contacts that wait, and among them so many whose wake-up was overdue. */
  contactsSwept(waiting: number, overdue: number): void;
  /** How long ago the oldest pending change fell due; 0 when none is pending. */
  oldestPending(ageSeconds: number): void;
}
