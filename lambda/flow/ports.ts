import type { Condition, QueueLoad } from '../domain/condition/condition.ts';
import type { ContactKey } from '../domain/contact/contact-key.ts';
import type { CustomerContacts } from '../domain/contact/customer-contacts.ts';
import type { EventOrigin } from '../domain/contact/parse-event.ts';
import type { ContactRecord, UnderWay } from '../domain/contact/record.ts';
import type { MessageQueue } from '../domain/messages/message-queue.ts';
import type { OriginalMessage } from '../domain/messages/original-message.ts';
import type { MalformedMessageError } from '../domain/messages/rule-message.ts';
import type { ChangeLine, ConfiguredLine, LeftLine, OrderLine } from '../domain/outgoing-events/lines.ts';
import type { ConfigurationEvent, OutgoingEvent } from '../domain/outgoing-events/outgoing-event.ts';
import type { PolicySet } from '../domain/policy/policy-set.ts';
import type { QueueState } from '../domain/queue/queue-state.ts';
import type { DescribeResult } from '../domain/reconcile/description.ts';
import type { IndexEntries } from '../domain/reconcile/index-entries.ts';
import type { UpdateAttempt } from '../domain/reconcile/next-update.ts';
import type { PendingMeasure } from '../domain/reconcile/pending-measure.ts';
import type { PendingList } from '../domain/reconcile/pending-order.ts';
import type { ShadowChange } from '../domain/reconcile/shadows.ts';
import type { UpdateResult } from '../domain/reconcile/update-result.ts';
import type { TokenBucket } from '../domain/routing/token-bucket.ts';
import type { Settings } from '../domain/settings.ts';

/** A record as it was read, with the revision that the next write must replace. */
export interface StoredContact {
  readonly record: ContactRecord;
  /** 0 for a contact that is not stored yet. */
  readonly revision: number;
  /** When the store may delete it, in milliseconds since the epoch; absent where that is not known. */
  readonly expiresAt?: number;
}

/** A contact with pending work, as the index shows it. */
export interface IndexedContact extends ContactKey {
  /** When the work fell due, in milliseconds since the epoch; absent where that is not known. */
  readonly dueAt?: number;
}

/** A contact that waits in a queue, as the index shows it. */
export interface QueuedContact extends ContactKey {
  /** When to reconcile it, in milliseconds since the epoch; absent: time alone changes nothing. */
  readonly reconcileAt?: number;
  /** Where it waits, and since when, in milliseconds since the epoch; absent where that is not asked for. */
  readonly queue?: { readonly arn: string; readonly enqueuedAt: number };
}

/** A part of the contacts that wait. */
export interface QueuedPage {
  readonly contacts: readonly QueuedContact[];
  /** Where the contacts after these begin: it holds whatever enters or leaves meanwhile. Absent after the last ones. */
  readonly next?: string;
}

/** The table of contacts. Reads are consistent, except for the indexes, which lag by moments. */
export interface ContactStore {
  load(key: ContactKey): Promise<StoredContact>;
  /** In any order; contacts that are not stored are left out. */
  loadMany(keys: readonly ContactKey[]): Promise<StoredContact[]>;
  /**
   * Writes the record if its revision is still the one that was read.
   *
   * @param entries - what the indexes hold of it, from `indexEntries`.
   * @returns the new revision; undefined on a conflict: somebody else wrote since.
   */
  save(
    record: ContactRecord,
    revision: number,
    entries: IndexEntries,
    now: number,
  ): Promise<number | undefined>;
  /**
   * The contacts of an instance in a list of the `pending` index: most urgent first as `orderKey` says, or with the oldest
   * event first.
   */
  pending(instanceId: string, list: PendingList, limit: number, now: number): Promise<IndexedContact[]>;
  /**
   * The contacts that wait in a queue (without one: in any queue), in pages, in an order that stays.
   *
   * @param queueArn - of an agent's own queue in the form without `agent/`.
   * @param from - where to begin: `next` of a page. Default: with the first contact.
   */
  queued(queueArn?: string, from?: string): AsyncIterable<QueuedPage>;
}

/** The shared state of the quotas. */
export interface QuotaState {
  readonly update: TokenBucket;
  readonly describe: TokenBucket;
}

/** Where the state of the quotas is stored, outside of any process. */
export interface QuotaStore {
  /** @returns undefined before the first use. */
  load(): Promise<{ state: QuotaState; revision: number } | undefined>;
  /** @returns the new revision; undefined on a conflict: somebody else wrote since. */
  save(state: QuotaState, revision: number): Promise<number | undefined>;
}

/** How far the sweeps have come on their way through all contacts that wait. */
export interface SweepPosition {
  /** Counts the laps, in each of which the sweeps go through all of them. */
  readonly lap: number;
  /** Where the next sweep goes on: `next` of a page. Absent: with the first contact. */
  readonly from?: string;
  /** Contacts that wait before that place, which this lap has gone through. */
  readonly counted: number;
  /** Contacts that wait, as far as that is known. */
  readonly waiting: number;
}

/** Where the position of the sweeps is stored, outside of any process. */
export interface SweepPositionStore {
  /** @returns undefined before the first sweep. */
  load(): Promise<SweepPosition | undefined>;
  save(position: SweepPosition): Promise<void>;
}

/** How far a message for many contacts has come. */
export interface FanOutPosition {
  /** The part that is due, from 0. */
  readonly part: number;
  /** Where it begins: `next` of a page. Absent at first, and after the last part. */
  readonly from?: string;
  /** Messages that were sent so far. */
  readonly sent: number;
}

/** Where the positions of fan-outs are stored, outside of any process. */
export interface FanOutPositionStore {
  /** @returns undefined where no part is finished. */
  load(id: string): Promise<FanOutPosition | undefined>;
  /** @returns false where somebody else has come as far: nothing is stored then. */
  save(id: string, position: FanOutPosition, now: number): Promise<boolean>;
}

/** Where it is stored what queues have, by ARN or id, outside of any process. Reads are consistent. */
export interface QueueStateStore {
  /** @returns an empty state with revision 0 where the queue has none. */
  load(queueArn: string): Promise<StoredQueueState>;
  /**
   * Writes the state if its revision is still the one that was read.
   *
   * @returns false on a conflict: somebody else wrote since.
   */
  save(queueArn: string, state: QueueState, revision: number, now: number): Promise<boolean>;
}

/** The contacts of a customer as they were read, with the revision that the next write must replace. */
export interface StoredCustomerContacts {
  /** Names the customer towards the store; it does not tell the customer's id. */
  readonly key: string;
  readonly contacts: CustomerContacts;
  readonly revision: number;
}

/** Where the contacts of customers are stored for a day, outside of any process. Reads are consistent. */
export interface CustomerContactsStore {
  /** @returns no contacts and revision 0 where there are none of the customer. */
  load(instanceId: string, customerId: string): Promise<StoredCustomerContacts>;
  /**
   * Writes the contacts if their revision is still the one that was read.
   *
   * @returns false on a conflict: somebody else wrote since.
   */
  save(key: string, contacts: CustomerContacts, revision: number): Promise<boolean>;
}

/** What Connect measures of queues, and how it names them. */
export interface LoadMetrics {
  /**
   * The loads of queues, by id; a queue about which Connect has nothing is left out.
   *
   * @param queueIds - 1 to 100 of them.
   * @param channel - whose contacts count. Default: all together.
   * @throws what Connect answers.
   */
  loads(
    instanceId: string,
    queueIds: readonly string[],
    channel: Condition['channel'],
  ): Promise<ReadonlyMap<string, QueueLoad>>;
  /**
   * How many agents of a queue who are logged in satisfy each expression of a route. One about which Connect has no figure
   * is left out, and all are where the last request was less than a second ago.
   *
   * @param expressions - 1 to 50 of them, as canonical JSON.
   * @throws what Connect answers.
   */
  staffed(
    instanceId: string,
    queueId: string,
    expressions: readonly string[],
  ): Promise<ReadonlyMap<string, number>>;
  /**
   * The names of the instance's standard queues, by id. They may be an hour old.
   *
   * @param wanted - the id of a queue: names that are older than a minute are read again where its is not among them.
   * @throws what Connect answers.
   */
  queueNames(instanceId: string, wanted?: string): Promise<ReadonlyMap<string, string>>;
}

/** A state as it was read, with the revision that the next write must replace. */
export interface StoredQueueState {
  readonly state: QueueState;
  readonly revision: number;
}

/** A message that this system sends to one of its queues of messages. */
export interface OutgoingMessage {
  readonly body: Readonly<Record<string, unknown>>;
  /** Whole seconds, 0 to 900. */
  readonly delaySeconds: number;
}

/** The queues. */
export interface Outbox {
  /** Sends wake-ups, and what else the system sends only to itself, to a queue that nobody else can send to. */
  sendWakeUps(messages: readonly OutgoingMessage[]): Promise<void>;
  /**
   * Notifies dispatch that a contact has work.
   *
   * @param deduplicationKey - notifications for one contact with the same key within five minutes are one.
   */
  notifyDispatch(key: ContactKey, deduplicationKey: string): Promise<void>;
}

/** The queue of other systems' signals. */
export interface SignalOutbox {
  /** Sends copies of a signal to the queue that it came through. */
  sendSignals(messages: readonly OutgoingMessage[]): Promise<void>;
}

/** EventBridge, where outgoing events are sent to. */
export interface EventBus {
  /**
   * Sends the events of one request, see `requestsOf`.
   *
   * @returns why EventBridge did not accept each of them, undefined where it did.
   * @throws what the request failed with: then any of them may have been accepted.
   */
  send(events: readonly (OutgoingEvent | ConfigurationEvent)[]): Promise<readonly (string | undefined)[]>;
}

/** A message as SQS delivers it. */
export interface ReceivedMessage extends OriginalMessage {
  readonly body: string;
  /** The text of a message attribute; undefined where there is none. */
  attribute(name: string): string | undefined;
}

/** One delivery of a message. */
export interface DeliveredMessage extends ReceivedMessage {
  /** How often the message was delivered, from 1. */
  readonly receiveCount: number;
  /** Names this delivery towards SQS. */
  readonly receiptHandle: string;
}

/** The queue that the messages of a batch came through. */
export interface MessageSource {
  readonly queue: MessageQueue;
  readonly deadLetters: DeadLetters;
  /** Has a message delivered again after a delay in seconds, instead of after the visibility timeout of the queue. */
  retryAfter(message: DeliveredMessage, delaySeconds: number): Promise<void>;
}

/** The dead-letter queue of a queue of messages, or of dispatch. */
export interface DeadLetters {
  /** Stores a malformed message as it was first sent, with its error. */
  send(body: string, original: OriginalMessage, error: MalformedMessageError): Promise<void>;
}

/** Where it is written which update of a contact is under way: in its record. */
export interface UpdateLog {
  /** What the record says, as it was read. */
  readonly underWay: UnderWay | undefined;
  /**
   * Writes that an update is under way, before it is sent.
   *
   * @returns false on a conflict: somebody else wrote since the record was read.
   */
  begin(underWay: UnderWay): Promise<boolean>;
}

/** Amazon Connect. Neither method throws for what Connect answers. */
export interface Connect {
  /**
   * UpdateContactRoutingData, sent once for one and the same attempt: it begins in the log, and is not sent while the log
   * says that another dispatch may be sending it, or where this process knows that it was made.
   *
   * @returns `conflict-in-log` where it did not begin, and nothing was sent.
   * @throws what writing to the log failed with: nothing was sent then.
   */
  updateRouting(
    key: ContactKey,
    attempt: UpdateAttempt,
    log: UpdateLog,
  ): Promise<UpdateResult | 'conflict-in-log'>;
  describe(key: ContactKey): Promise<DescribeResult>;
}

/** The policies and settings, cached for a short time. */
export interface Configuration {
  readonly policies: PolicySet;
  /** The conditions that policies name. Default: none. */
  readonly conditions?: readonly Condition[];
  /** `pause` is true whenever nothing may be called: also where the settings are not known. */
  readonly settings: Settings;
  /** The publication that last changed what is decided; absent where publications are not counted. */
  readonly decisions?: { readonly revision: number; readonly id: string };
}

/** Time. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  sleep(durationMs: number): Promise<void>;
}

/** Logs and metrics, for operators. */
export interface Telemetry {
  changeApplied(latenessMs: number): void;
  /** A change was made, rejected or missed. */
  changeReported(line: ChangeLine): void;
  /** A contact left its queue. */
  contactLeft(line: LeftLine): void;
  /** An operator's message was handled. A message that is delivered again may be reported again. */
  ordered(line: OrderLine): void;
  /** A policy, the settings or the kill switch were written or deleted. A line may be written again. */
  configured(line: ConfiguredLine): void;
  /** EventBridge did not accept so many events; they are sent again. */
  eventsUnsent(count: number, reason: string): void;
  callThrottled(): void;
  /** An observing policy would have changed the contact's routing. */
  shadowChanged(key: ContactKey, change: ShadowChange): void;
  updateRejected(key: ContactKey, attempt: UpdateAttempt, message: string): void;
  accessDenied(message: string): void;
  /** DescribeContact gave no answer, and a change waits for it. */
  questionUnanswered(key: ContactKey, message: string): void;
  outcomeUnknown(key: ContactKey, message: string): void;
  contactClosed(key: ContactKey, message: string): void;
  /** Dispatch failed for one contact; the others went on. */
  contactFailed(key: ContactKey, error: unknown): void;
  /** A contact was decided without what the contacts before it hand on: a record of them cannot be read. */
  chainUnreadable(key: ContactKey, error: Error): void;
  /** The earlier contacts of a customer could not be counted: the contact is decided without the count. */
  recentContactsUnknown(key: ContactKey, error: unknown): void;
  /** The load of queues could not be read: conditions keep their state for a minute. */
  loadUnreadable(error: unknown): void;
  /** The name of a queue could not be looked up: contacts that wait there stay undecided where policies name it. */
  queueNameUnreadable(queueArn: string, error: unknown): void;
  /** It could not be read how many agents of a queue are staffed: routes stay whole. */
  staffingUnreadable(queueArn: string, error: unknown): void;
  /** So many signals of the contact were dropped although they hold, since there were too many. */
  signalsDropped(key: ContactKey, count: number): void;
  /** A sweep found that many contacts waiting, and that many of them with an overdue wake-up. */
  contactsSwept(waiting: number, overdue: number): void;
  /** A sweep measured the pending changes. */
  pendingMeasured(measure: PendingMeasure): void;
  /** The updates per second that the settings allow; 0 while paused. */
  rateMeasured(updatesPerSecond: number): void;
  /** A sweep found that many contacts that wait unknown; false: there may be more than it had time for. */
  contactsFound(unknown: number, isComplete: boolean): void;
  /** A search for contacts that wait unknown failed. The next one is made a quarter of an hour later. */
  searchFailed(error: unknown): void;
  /**
   * A message cannot be parsed, or came through a queue that does not take it, and went to the dead-letter queue.
   *
   * @param sender - who sent it, as SQS names the sender.
   */
  malformedMessage(messageId: string, error: MalformedMessageError, sender?: string): void;
  /** An event of a test contact, or of an archive that is replayed, had no effect. */
  eventLeftOut(origin: EventOrigin): void;
  /** A message failed and will be delivered again. */
  messageFailed(messageId: string, error: unknown): void;
}
