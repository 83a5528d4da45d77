import type { ContactKey } from '../../lambda/domain/contact/contact-key.ts';
import { keyOf, keyString } from '../../lambda/domain/contact/contact-key.ts';
import { type ContactRecord, emptyRecord } from '../../lambda/domain/contact/record.ts';
import { canonicalJson, defined } from '../../lambda/domain/json.ts';
import type { MessageQueue } from '../../lambda/domain/messages/message-queue.ts';
import type { OriginalMessage } from '../../lambda/domain/messages/original-message.ts';
import type {
  ChangeLine,
  ConfiguredLine,
  LeftLine,
  OrderLine,
} from '../../lambda/domain/outgoing-events/lines.ts';
import type {
  ConfigurationEvent,
  OutgoingEvent,
} from '../../lambda/domain/outgoing-events/outgoing-event.ts';
import type { QueueState } from '../../lambda/domain/queue/queue-state.ts';
import type { ContactDescription, DescribeResult } from '../../lambda/domain/reconcile/description.ts';
import type { IndexEntries } from '../../lambda/domain/reconcile/index-entries.ts';
import type { UpdateAttempt } from '../../lambda/domain/reconcile/next-update.ts';
import type { PendingMeasure } from '../../lambda/domain/reconcile/pending-measure.ts';
import {
  dueAtFromSortKey,
  orderKey,
  PENDING_RANGES,
  type PendingList,
} from '../../lambda/domain/reconcile/pending-order.ts';
import type { PlanContext } from '../../lambda/domain/reconcile/plan.ts';
import type { ShadowChange } from '../../lambda/domain/reconcile/shadows.ts';
import type { UpdateResult } from '../../lambda/domain/reconcile/update-result.ts';
import type { ContactSearch } from '../../lambda/flow/adopt.ts';
import { FairQueue } from '../../lambda/flow/dispatch/fair-queue.ts';
import { RateLimiter } from '../../lambda/flow/dispatch/rate-limiter.ts';
import type {
  Configuration,
  Connect,
  ContactStore,
  CustomerContactsStore,
  EventBus,
  FanOutPosition,
  IndexedContact,
  LoadMetrics,
  MessageSource,
  Outbox,
  OutgoingMessage,
  QueuedPage,
  QuotaState,
  SignalOutbox,
  StoredContact,
  SweepPosition,
  Telemetry,
  UpdateLog,
} from '../../lambda/flow/ports.ts';
import { TIMEOUT_MS } from '../../sim/virtual/delivery.ts';
import { MemoryTable } from '../../sim/virtual/memory-table.ts';
import { T0 } from './contacts.ts';

/** The flow's ports in memory, with a clock that only sleeping and the test advance. */
export class MemoryPorts implements ContactStore, Outbox, SignalOutbox, Connect, EventBus, Telemetry {
  now = T0;
  readonly fairQueues = { updates: new FairQueue(), questions: new FairQueue() };
  readonly items = new Map<string, StoredContact & { readonly entries: IndexEntries }>();
  /** What was sent to the queue of wake-ups. */
  readonly sent: OutgoingMessage[] = [];
  /** What was sent to the queue of signals. */
  readonly signalsSent: OutgoingMessage[] = [];
  /** The conflicts before each wait. */
  readonly backOffs: number[] = [];
  /** The messages that come back sooner than the visibility timeout says. */
  readonly retries: { messageId: string; delaySeconds: number }[] = [];
  readonly dispatchNotifications: (ContactKey & { deduplicationKey: string })[] = [];
  readonly calls: { contactId: string; at: number; call: UpdateAttempt }[] = [];
  readonly described: string[] = [];
  readonly telemetryLog: string[] = [];
  /** The log lines of changes and leavings. */
  readonly lines: (ChangeLine | LeftLine)[] = [];
  /** The log lines of what operators ordered. */
  readonly orders: OrderLine[] = [];
  /** What sweeps measured, in order. */
  readonly pendingMeasures: PendingMeasure[] = [];
  readonly measuredRates: number[] = [];
  readonly deadLetters: { body: string; original: OriginalMessage; error: string }[] = [];
  /** What SearchContacts answers. */
  search: ContactSearch = { page: async () => ({ contacts: [] }) };
  /** What Connect answers; each test sets what it expects. */
  updateResult: (key: ContactKey, call: UpdateAttempt) => UpdateResult = () => ({ kind: 'done' });
  /** The results of the updates that have ended, by the name that records give each. */
  readonly #ended = new Map<string, UpdateResult['kind']>();
  /** What happens while an update is under way. */
  whileUnderWay: (key: ContactKey) => Promise<void> = async () => {};
  describeResult: (key: ContactKey) => DescribeResult = () =>
    describeSuccess({ routing: {}, attributes: {} });
  /** Events that EventBridge accepted, in the order in which it did. */
  readonly accepted: OutgoingEvent[] = [];
  /** What EventBridge answers for each event; undefined: it accepts the event. */
  eventResult: (event: OutgoingEvent) => string | undefined = () => undefined;
  /** Called before each write, so that a test can write in between. */
  beforeSave: (key: ContactKey) => void = () => {};
  configuration: Omit<PlanContext, 'region' | 'instances'> & Pick<Configuration, 'conditions'>;
  readonly region: string;
  readonly instances: readonly string[];
  /** What Connect measures of queues; each test sets what it expects. */
  metrics: LoadMetrics = {
    loads: () => Promise.reject(new Error('no metrics were expected to be read')),
    staffed: () => Promise.reject(new Error('no agents were expected to be counted')),
    queueNames: () => Promise.reject(new Error('no names were expected to be read')),
  };
  usesConditions = false;
  /** How often the state of a queue was read. */
  queueStateReads = 0;
  /** Contacts in a page of those that wait. */
  pageSize = 1;
  sweepPosition: SweepPosition | undefined;
  readonly fanOuts = new Map<string, FanOutPosition>();
  readonly queueStates = new MemoryTable();
  customers: CustomerContactsStore = new MemoryTable().customers;
  #quota: { state: QuotaState; revision: number } | undefined;

  constructor(context: PlanContext) {
    this.configuration = context;
    this.region = context.region;
    this.instances = context.instances;
  }

  get reconcilePorts() {
    return {
      contacts: this,
      outbox: this,
      clock: this.clock,
      configuration: async () => this.configuration,
      region: this.region,
      instances: this.instances,
      telemetry: this,
      backOff: (conflicts: number) => this.backOff(conflicts),
      queueStates: this.queueStatePort,
      customers: this.customers,
      metrics: this.metrics,
      fanOuts: {
        load: async (id: string) => this.fanOuts.get(id),
        save: async (id: string, position: FanOutPosition) => {
          if ((this.fanOuts.get(id)?.part ?? 0) >= position.part) return false;
          this.fanOuts.set(id, position);
          return true;
        },
      },
    };
  }

  /** What queues have; each reading of it is counted. */
  get queueStatePort() {
    return {
      load: async (queueArn: string) => {
        this.queueStateReads += 1;
        return this.queueStates.loadQueueState(queueArn);
      },
      save: async (queueArn: string, state: QueueState, revision: number) =>
        this.queueStates.saveQueueState(queueArn, state, revision),
    };
  }

  /** Where messages come from. */
  source(queue: MessageQueue): MessageSource {
    return {
      queue,
      deadLetters: this.notificationPorts.deadLetters,
      retryAfter: async ({ messageId }, delaySeconds) => {
        this.retries.push({ messageId, delaySeconds });
      },
    };
  }

  get notificationPorts() {
    return {
      telemetry: this,
      deadLetters: {
        send: async (body: string, original: OriginalMessage, error: Error) => {
          this.deadLetters.push({ body, original, error: error.message });
        },
      },
    };
  }

  get dispatchPorts() {
    return {
      contacts: this,
      outbox: this,
      connect: this,
      rateLimiter: new RateLimiter(
        { load: () => this.loadQuota(), save: (...given) => this.saveQuota(...given) },
        this.clock,
      ),
      fairQueues: this.fairQueues,
      instances: this.instances,
      telemetry: this,
      clock: this.clock,
      backOff: (conflicts: number) => this.backOff(conflicts),
      settings: async () => this.configuration.settings,
      storedNames: async () => this.configuration.policies,
    };
  }

  get sweepPorts() {
    return {
      eventBus: this,
      contacts: this,
      search: this.search,
      region: this.region,
      outbox: this,
      quota: { load: () => this.loadQuota() },
      position: {
        load: async () => this.sweepPosition,
        save: async (position: SweepPosition) => {
          this.sweepPosition = position;
        },
      },
      instances: this.instances,
      telemetry: this,
      clock: this.clock,
      backOff: (conflicts: number) => this.backOff(conflicts),
      settings: async () => this.configuration.settings,
      usesConditions: async () => this.usesConditions,
    };
  }

  get clock() {
    return {
      now: () => this.now,
      sleep: async (durationMs: number) => {
        this.now += durationMs;
      },
    };
  }

  /** Fills the buckets, as after a quiet minute. */
  fillQuota(tokens = 15): void {
    const bucket = { tokens, at: this.now, ratePerSecond: 9 };
    this.#quota = { state: { update: { ...bucket, ratePerSecond: 18 }, describe: bucket }, revision: 1 };
  }

  record(key: ContactKey): ContactRecord | undefined {
    return this.items.get(keyString(key))?.record;
  }

  async load(key: ContactKey): Promise<StoredContact> {
    const { record, revision } = this.items.get(keyString(key)) ?? { record: emptyRecord(key), revision: 0 };
    return { record, revision };
  }

  async loadMany(keys: readonly ContactKey[]): Promise<StoredContact[]> {
    return keys.flatMap((key) => this.items.get(keyString(key)) ?? []);
  }

  async save(given: ContactRecord, revision: number, entries: IndexEntries): Promise<number | undefined> {
    this.beforeSave(given);
    const key = keyString(given);
    if ((this.items.get(key)?.revision ?? 0) !== revision) return undefined;
    const record = JSON.parse(JSON.stringify(given)) as ContactRecord;
    this.items.set(key, { record, revision: revision + 1, entries });
    return revision + 1;
  }

  async pending(
    instanceId: string,
    list: PendingList,
    limit: number,
    now: number,
  ): Promise<IndexedContact[]> {
    // Sorting all contacts in each round would take most of the time of the long tests.
    const first: { readonly key: ContactKey; readonly sortKey: string }[] = [];
    const [from, to] = PENDING_RANGES[list];
    for (const { record, entries } of this.items.values()) {
      const indexed = (entries.pending ?? entries.unsent)?.sortKey;
      if (record.instanceId !== instanceId || indexed === undefined) continue;
      if (indexed < from || indexed >= to) continue;
      const sortKey = orderKey(indexed, now);
      if (first.length === limit && sortKey >= (first.at(-1)?.sortKey ?? '')) continue;
      const index = first.findLastIndex((entry) => entry.sortKey <= sortKey) + 1;
      first.splice(index, 0, { key: keyOf(record), sortKey });
      first.length = Math.min(first.length, limit);
    }
    return first.map(({ key, sortKey }) => ({ ...key, ...defined({ dueAt: dueAtFromSortKey(sortKey) }) }));
  }

  async *queued(queueArn?: string, from?: string): AsyncGenerator<QueuedPage> {
    const queued = [...this.items.values()].filter(
      ({ entries }) => entries.queued && (queueArn === undefined || entries.queued.queueArn === queueArn),
    );
    const start = queued.findIndex(({ record }) => keyString(record) === from) + 1;
    for (let index = start; index < queued.length; index += this.pageSize) {
      const page = queued.slice(index, index + this.pageSize);
      const last = page.at(-1)?.record;
      yield {
        contacts: page.map(({ record, entries }) => ({
          ...keyOf(record),
          ...defined({
            reconcileAt: entries.queued?.reconcileAt,
            queue: entries.queued && { arn: entries.queued.queueArn, enqueuedAt: entries.queued.enqueuedAt },
          }),
        })),
        ...defined({ next: last && index + this.pageSize < queued.length ? keyString(last) : undefined }),
      };
    }
  }

  async loadQuota() {
    return this.#quota;
  }

  async saveQuota(state: QuotaState, revision: number): Promise<number | undefined> {
    if ((this.#quota?.revision ?? 0) !== revision) return undefined;
    this.#quota = { state, revision: revision + 1 };
    return revision + 1;
  }

  async sendWakeUps(messages: readonly OutgoingMessage[]): Promise<void> {
    this.sent.push(...messages);
  }

  async sendSignals(messages: readonly OutgoingMessage[]): Promise<void> {
    this.signalsSent.push(...messages);
  }

  async backOff(conflicts: number): Promise<void> {
    this.backOffs.push(conflicts);
  }

  async notifyDispatch({ instanceId, contactId }: ContactKey, deduplicationKey: string): Promise<void> {
    this.dispatchNotifications.push({ instanceId, contactId, deduplicationKey });
  }

  async updateRouting(
    key: ContactKey,
    call: UpdateAttempt,
    log: UpdateLog,
  ): Promise<UpdateResult | 'conflict-in-log'> {
    const { instanceId, contactId } = key;
    const { generation, update } = call;
    const name = canonicalJson({ instanceId, contactId, generation, update });
    if (log.underWay?.key === name && log.underWay.until > this.now) {
      const known = this.#ended.get(canonicalJson(log.underWay));
      if (known === 'done') return { kind: 'done' };
      if (!known) return { kind: 'unknown', message: 'under way', isUncalled: true };
    }
    const underWay = { key: name, until: this.now + TIMEOUT_MS.dispatch };
    if (!(await log.begin(underWay))) return 'conflict-in-log';
    this.#ended.delete(canonicalJson(underWay));
    await this.whileUnderWay(key);
    this.calls.push({ contactId: key.contactId, at: this.now, call });
    // Where it throws.
    this.#ended.set(canonicalJson(underWay), 'unknown');
    const result = this.updateResult(key, call);
    this.#ended.set(canonicalJson(underWay), result.kind);
    return result;
  }

  async describe(key: ContactKey): Promise<DescribeResult> {
    this.described.push(key.contactId);
    return this.describeResult(key);
  }

  async send(events: readonly (OutgoingEvent | ConfigurationEvent)[]): Promise<(string | undefined)[]> {
    return events.map((event) => {
      // The tests of the configuration have a bus of their own.
      if (event.name === 'configured') throw new TypeError('No contact has such an event.');
      const result = this.eventResult(event);
      if (result === undefined) this.accepted.push(event);
      return result;
    });
  }

  changeApplied(latenessMs: number): void {
    this.telemetryLog.push(`applied ${latenessMs} ms late`);
  }

  changeReported(line: ChangeLine): void {
    this.lines.push(line);
  }

  contactLeft(line: LeftLine): void {
    this.lines.push(line);
  }

  configured({ parameter }: ConfiguredLine): void {
    this.telemetryLog.push(`configured ${parameter}`);
  }

  ordered(line: OrderLine): void {
    this.orders.push(line);
  }

  eventsUnsent(count: number, reason: string): void {
    this.telemetryLog.push(`${count} events unsent: ${reason}`);
  }

  shadowChanged(key: ContactKey, { policy, step, set }: ShadowChange): void {
    this.telemetryLog.push(`shadow ${key.contactId}: ${policy} step ${step} ${JSON.stringify(set)}`);
  }

  callThrottled(): void {
    this.telemetryLog.push('throttled');
  }

  updateRejected(key: ContactKey, _call: UpdateAttempt, message: string): void {
    this.telemetryLog.push(`refused ${key.contactId}: ${message}`);
  }

  accessDenied(message: string): void {
    this.telemetryLog.push(`denied: ${message}`);
  }

  questionUnanswered(key: ContactKey, message: string): void {
    this.telemetryLog.push(`unanswered ${key.contactId}: ${message}`);
  }

  outcomeUnknown(key: ContactKey, message: string): void {
    this.telemetryLog.push(`unknown ${key.contactId}: ${message}`);
  }

  contactFailed(key: ContactKey, error: unknown): void {
    this.telemetryLog.push(`failed ${key.contactId}: ${error}`);
  }

  recentContactsUnknown(key: ContactKey, error: unknown): void {
    this.telemetryLog.push(`recent contacts of ${key.contactId} unknown: ${error}`);
  }

  chainUnreadable(key: ContactKey, error: Error): void {
    this.telemetryLog.push(`chain of ${key.contactId} unreadable: ${error}`);
  }

  signalsDropped(key: ContactKey, count: number): void {
    this.telemetryLog.push(`dropped ${count} signals of ${key.contactId}`);
  }

  contactClosed(key: ContactKey, message: string): void {
    this.telemetryLog.push(`closed ${key.contactId}: ${message}`);
  }

  contactsSwept(waiting: number, overdue: number): void {
    this.telemetryLog.push(`${overdue} of ${waiting} overdue`);
  }

  eventLeftOut(origin: string): void {
    this.telemetryLog.push(`left out: ${origin}`);
  }

  malformedMessage(messageId: string, error: Error, sender?: string): void {
    const of = sender === undefined ? '' : ` of ${sender}`;
    this.telemetryLog.push(`malformed ${messageId}${of}: ${error.message}`);
  }

  messageFailed(messageId: string, error: unknown): void {
    this.telemetryLog.push(`message ${messageId} failed: ${error}`);
  }

  contactsFound(unknown: number, isComplete: boolean): void {
    this.telemetryLog.push(`${unknown} unknown${isComplete ? '' : ', cut short'}`);
  }

  queueNameUnreadable(queueArn: string, error: unknown): void {
    this.telemetryLog.push(`name of ${queueArn} unreadable: ${error}`);
  }

  staffingUnreadable(queueArn: string, error: unknown): void {
    this.telemetryLog.push(`staffing of ${queueArn} unreadable: ${error}`);
  }

  loadUnreadable(error: unknown): void {
    this.telemetryLog.push(`load unreadable: ${error instanceof Error ? error.message : error}`);
  }

  searchFailed(error: unknown): void {
    this.telemetryLog.push(`search failed: ${error}`);
  }

  pendingMeasured(measure: PendingMeasure): void {
    this.pendingMeasures.push(measure);
    this.telemetryLog.push(`oldest pending ${measure.oldestAgeSeconds} s`);
  }

  rateMeasured(updatesPerSecond: number): void {
    this.measuredRates.push(updatesPerSecond);
  }
}

export function describeSuccess(description: ContactDescription): DescribeResult {
  return { kind: 'described', description };
}
