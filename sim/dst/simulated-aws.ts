import { type ContactKey, keyString } from '../../lambda/domain/contact/contact-key.ts';
import { readRecord } from '../../lambda/domain/contact/record-versions.ts';
import { SWEEP_INTERVAL_SECONDS } from '../../lambda/domain/deployment-constants.ts';
import type { MessageQueue } from '../../lambda/domain/messages/message-queue.ts';
import {
  ORIGINAL_MESSAGE_ATTRIBUTES,
  originalMessage,
} from '../../lambda/domain/messages/original-message.ts';
import { publishConfiguration } from '../../lambda/flow/configuration/publish.ts';
import { watchConfiguration } from '../../lambda/flow/configuration/watch.ts';
import { dispatchBatch } from '../../lambda/flow/dispatch/dispatch.ts';
import { handleContactEvent } from '../../lambda/flow/handle-contact-event.ts';
import { startBatch } from '../../lambda/flow/handle-rule-message.ts';
import type { Configuration, StoredContact, Telemetry } from '../../lambda/flow/ports.ts';
import { sendEvents } from '../../lambda/flow/send-events.ts';
import { sweep } from '../../lambda/flow/sweep.ts';
import type { ContactEventEnvelope } from '../centre/index.ts';
import type { Random } from '../random.ts';
import { DELIVERY, TIMEOUT_MS } from '../virtual/delivery.ts';
import { FifoQueue } from '../virtual/fifo-queue.ts';
import { invokeAsync } from '../virtual/invoke-async.ts';
import { MemoryTable } from '../virtual/memory-table.ts';
import { deliveredMessage, type Message } from '../virtual/message.ts';
import { StandardQueue } from '../virtual/standard-queue.ts';
import type { VirtualTime } from '../virtual/virtual-time.ts';
import type { Faults } from './faults.ts';
import { FunctionPool } from './function-pool.ts';
import type { InvariantChecker } from './invariant-checker.ts';
import type { Latencies } from './latencies.ts';
import { NO_OUTAGES, type Outages } from './outages.ts';
import { createPorts, type ProcessPorts } from './ports.ts';
import type { ProcessContext } from './process.ts';
import { SimulatedConfiguration } from './simulated-configuration.ts';
import type { SimulatedConnect } from './simulated-connect.ts';

export interface SimulatedAwsOptions extends ProcessContext {
  readonly region: string;
  readonly instances: readonly string[];
  /** Policies and settings that never change, or Parameter Store. */
  readonly configuration: Configuration | SimulatedConfiguration;
  readonly connect: SimulatedConnect;
  readonly checker: InvariantChecker;
  /** Default: none. */
  readonly outages?: Outages;
  /** Whether the sweep function runs. */
  readonly withSweep: boolean;
  /** Whether the earlier version of the system runs until {@link SimulatedAws.upgrade}. Default false. */
  readonly upgradesLater?: boolean;
  /** The maximum number of batches of rule messages that are handled at the same time. */
  readonly ruleMessagesConcurrency: number;
  /** After so many attempts a rule message is a dead letter. Default: as the stack has it. */
  readonly maxReceives?: number | undefined;
  /** The page size of queries of the queued index. */
  readonly pageSize: number;
}

/** The maximum delay that a fault adds, in milliseconds; a later event may overtake. */
const MAX_DELAY_MS = 90_000;

/** The duration of a deployment, in milliseconds. */
const UPGRADE_MS = 60_000;

/** How long the sweep compiles the texts after they changed, in milliseconds. */
const WATCH_MS = 1_800_000;

const SWEEP_INTERVAL_MS = SWEEP_INTERVAL_SECONDS * 1_000;

/**
 * The deployed system on simulated services in virtual time: the flow of `lambda/flow` in processes that
 * crash, queues that deliver twice, an event bus that loses events.
 */
export class SimulatedAws implements ProcessContext {
  /** Contacts of which a wake-up was lost that came of no timer: only their next reconcile finds what it was for. */
  readonly leftToResync = new Set<string>();
  readonly time: VirtualTime;
  readonly faults: Faults;
  readonly latencies: Latencies;
  readonly random: Random;
  readonly trace: ((line: string) => void) | undefined;
  readonly clockSkewMs: number;
  readonly outages: Outages;
  readonly region: string;
  readonly instances: readonly string[];
  readonly connect: SimulatedConnect;
  readonly checker: InvariantChecker;
  readonly pageSize: number;
  readonly table: MemoryTable;
  readonly parameters: SimulatedConfiguration | undefined;
  readonly #configuration: Configuration | SimulatedConfiguration;
  /** The malformed messages with their errors. */
  readonly malformed: { readonly body: unknown; readonly error: string }[] = [];
  /** The processes that ran into their time-outs. */
  readonly timedOut: string[] = [];
  readonly onTimeout = (name: string) => void this.timedOut.push(name);
  #deadEvents: ContactEventEnvelope[] = [];
  #deadMessages: { readonly queue: MessageQueue; readonly message: Message<string> }[] = [];
  #deadNotifications: { readonly id: string; readonly key: ContactKey }[] = [];
  readonly #hasSweep: boolean;
  readonly #startsEarlier: boolean;
  #textsChangedAt = Number.NEGATIVE_INFINITY;
  readonly #pools: FunctionPool<ProcessPorts>[] = [];
  readonly #contactEvents: FunctionPool<ProcessPorts>;
  readonly #ruleMessages: FunctionPool<ProcessPorts>;
  readonly #dispatchers: FunctionPool<ProcessPorts>;
  readonly #sweepers: FunctionPool<ProcessPorts>;
  readonly #policyChanges: FunctionPool<ProcessPorts>;
  #failedCompilations = 0;
  #hadDeadLetters = false;
  readonly #messages: Readonly<Record<MessageQueue, StandardQueue<string>>>;
  readonly #dispatch: FifoQueue<ContactKey>;
  #dispatching = 0;
  #dispatchEndedAt: number;

  constructor(options: SimulatedAwsOptions) {
    this.time = options.time;
    this.#dispatchEndedAt = this.time.now;
    this.faults = options.faults;
    this.latencies = options.latencies;
    this.random = options.random;
    this.trace = options.trace;
    this.clockSkewMs = options.clockSkewMs ?? 0;
    this.outages = options.outages ?? NO_OUTAGES;
    this.#hasSweep = options.withSweep;
    this.#startsEarlier = options.upgradesLater ?? false;
    this.region = options.region;
    this.instances = options.instances;
    this.#configuration = options.configuration;
    this.parameters =
      options.configuration instanceof SimulatedConfiguration ? options.configuration : undefined;
    this.connect = options.connect;
    this.checker = options.checker;
    this.pageSize = options.pageSize;
    this.table = new MemoryTable(
      (update) => this.scheduleIndexUpdate(update),
      (record) => this.checker.urgency.onIndexed(record),
    );
    this.#contactEvents = this.#newPool('contact-events', TIMEOUT_MS.contactEvents);
    this.#ruleMessages = this.#newPool('rule-messages', TIMEOUT_MS.ruleMessages);
    this.#dispatchers = this.#newPool('dispatch', TIMEOUT_MS.dispatch);
    this.#sweepers = this.#newPool('sweep', TIMEOUT_MS.sweep);
    const { pollMs } = this.latencies;
    const messageQueue = (queue: MessageQueue) =>
      new StandardQueue<string>(this.time, {
        concurrency: options.ruleMessagesConcurrency,
        ...DELIVERY.ruleMessages,
        maxReceives: options.maxReceives ?? DELIVERY.ruleMessages.maxReceives,
        name: queue,
        pollMs,
        handle: (batch) => {
          for (const message of batch) {
            if (this.faults.injects('message-duplicated')) {
              this.#messages[queue].duplicate(message, this.random() * MAX_DELAY_MS);
            }
          }
          return this.runRuleMessages(queue, batch);
        },
        onDeadLetter: (message) => this.#deadMessages.push({ queue, message }),
      });
    this.#messages = {
      RuleMessages: messageQueue('RuleMessages'),
      OperatorMessages: messageQueue('OperatorMessages'),
      WakeUps: messageQueue('WakeUps'),
    };
    this.#policyChanges = this.#newPool('policy-changes', TIMEOUT_MS.policyChanges);
    this.#dispatch = new FifoQueue(this.time, {
      ...DELIVERY.dispatch,
      pollMs,
      handle: async (batch) => {
        if (this.faults.injects('two-dispatchers')) {
          this.time.after(this.random() * 2_000, () => this.#dispatch.expireVisibility());
        }
        this.#dispatching += 1;
        try {
          return await this.runDispatch(batch);
        } finally {
          this.#dispatching -= 1;
          this.#dispatchEndedAt = this.time.now;
        }
      },
      onDeadLetter: ({ id, body }) => this.#deadNotifications.push({ id, key: body }),
    });
    if (options.withSweep) this.#scheduleSweep();
  }

  #newPool(name: string, timeoutMs: number): FunctionPool<ProcessPorts> {
    const pool = new FunctionPool(
      name,
      timeoutMs,
      this,
      (process) => createPorts(process, this),
      this.#startsEarlier,
    );
    this.#pools.push(pool);
    return pool;
  }

  /** A stored record, as the present version reads it. */
  load(key: ContactKey): StoredContact {
    const stored = this.table.load(key);
    return { ...stored, record: readRecord(stored.record) };
  }

  /** Deploys the present version: one function after the other, within a minute. */
  upgrade(): void {
    for (const pool of this.#pools) this.time.after(this.random() * UPGRADE_MS, () => pool.upgrade());
  }

  /** Ends all execution environments at once: each next invocation is a cold start. */
  recycle(): void {
    for (const pool of this.#pools) pool.recycle();
  }

  #scheduleSweep(): void {
    this.time.after(SWEEP_INTERVAL_MS, () => {
      // A failed sweep is not retried; the next one does its work.
      this.runSweep().catch(() => {});
      this.#scheduleSweep();
    });
  }

  /** The function contact-events: here the flow, in a subclass the handler. */
  protected runContactEvents(event: ContactEventEnvelope): Promise<unknown> {
    return this.#contactEvents.invoke((ports) => handleContactEvent(event, ports));
  }

  /**
   * The function rule-messages.
   *
   * @returns the ids of the messages that failed.
   */
  protected runRuleMessages(
    queue: MessageQueue,
    batch: readonly Message<string>[],
  ): Promise<ReadonlySet<string>> {
    return this.#ruleMessages.invoke((ports) => this.#handleMessages(queue, batch, ports));
  }

  /**
   * The function dispatch.
   *
   * @returns the ids of the messages that failed.
   */
  protected async runDispatch(batch: readonly Message<ContactKey>[]): Promise<ReadonlySet<string>> {
    const keys = batch.map(({ body }) => body);
    await this.#dispatchers.invoke(async (ports, process) => {
      const endsAt = process.now + TIMEOUT_MS.dispatch;
      const connect = ports.connect(() => endsAt - process.now);
      const observed = this.checker.failedTurns.onBegin();
      const telemetry: Telemetry = {
        ...ports.telemetry,
        contactFailed(key, error) {
          ports.telemetry.contactFailed(key, error);
          observed.onFailed(key);
        },
      };
      observed.onEnded(await dispatchBatch(keys, { ...ports, connect, telemetry }, endsAt - process.now));
    });
    return new Set();
  }

  /** The function policy-changes. */
  protected runPolicyChanges(): Promise<unknown> {
    return this.#policyChanges.invoke(async ({ compiler }) => compiler && publishConfiguration(compiler));
  }

  /** The function sweep. */
  protected runSweep(): Promise<unknown> {
    return this.#sweepers.invoke((ports) =>
      Promise.allSettled([
        sweep(ports),
        sendEvents(ports),
        this.#watchesTexts() && ports.compiler && watchConfiguration(ports.compiler),
      ]),
    );
  }

  /**
   * Delivers a contact event, possibly late or twice.
   *
   * @returns false when the event is lost.
   */
  publish(event: ContactEventEnvelope): boolean {
    if (this.faults.injects('event-lost')) return false;
    this.#deliver(event);
    if (this.faults.injects('event-duplicated')) this.#deliver(event);
    return true;
  }

  /** Sends a message to a queue, from another system, an operator or one of the functions. */
  sendMessage(queue: MessageQueue, body: object | string, delayMs = 0): void {
    if (queue === 'OperatorMessages') this.checker.events.onOrder(body);
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    if (queue === 'WakeUps' && text.startsWith('{"type":"wake"')) {
      const wakeUp = JSON.parse(text);
      this.checker.retries.onWakeUp(wakeUp, this.time.now);
      this.checker.failedTurns.onWakeUp(wakeUp);
      // Only wake-ups may be lost: SQS and the dead-letter queue keep the messages of other systems.
      if (this.faults.injects('wake-up-lost')) {
        // That of a timer is overdue when it is lost, and the sweep sends it again. Any other is not missed.
        if (delayMs === 0) this.leftToResync.add(keyString(wakeUp));
        return;
      }
    }
    const extraDelayMs = this.faults.injects('message-delayed') ? this.random() * MAX_DELAY_MS : 0;
    this.#messages[queue].send(text, delayMs + extraDelayMs);
  }

  /** Notifies dispatch of a contact with work. */
  notifyDispatch(key: ContactKey, deduplicationId: string): void {
    if (this.faults.injects('notification-lost')) return;
    this.#dispatch.send({ instanceId: key.instanceId, contactId: key.contactId }, deduplicationId);
  }

  /** The policies and settings in force. */
  get configuration(): Configuration {
    return this.#configuration instanceof SimulatedConfiguration
      ? this.#configuration.current()
      : this.#configuration;
  }

  /** Changes the texts in Parameter Store; its events start policy-changes, once for each of them. */
  changeTexts(texts: ReadonlyMap<string, string>): void {
    this.trace?.(`texts change: ${[...texts.keys()].join(' ')}`);
    this.#textsChangedAt = this.time.now;
    this.writeTexts(texts, () => {
      if (this.#hasSweep && this.faults.injects('event-lost')) return;
      this.time.after(this.latencies.eventMs(), () => this.#compile());
    });
  }

  /** @param onChanged - called for each parameter that changes, when it has changed. */
  protected writeTexts(texts: ReadonlyMap<string, string>, onChanged: () => void): void {
    const changed = this.parameters?.change(texts) ?? 0;
    for (let count = 0; count < changed; count++) onChanged();
  }

  /** The sweep compiles every minute. Long after the last change it would find nothing new, which takes time. */
  #watchesTexts(): boolean {
    const isRecent = this.time.now - this.#textsChangedAt < WATCH_MS;
    return isRecent || this.#failedCompilations > 0 || this.outages.isActive('table-denied');
  }

  #compile(): void {
    invokeAsync(
      () => this.runPolicyChanges(),
      () => {
        this.#failedCompilations += 1;
      },
      this.time,
    );
  }

  /** For how long no dispatch has run, in milliseconds. */
  get dispatchIdleMs(): number {
    return this.#dispatching > 0 ? 0 : this.time.now - this.#dispatchEndedAt;
  }

  /** Whether there is something to redrive. */
  get hasDeadLetters(): boolean {
    const messages = this.#deadMessages.length + this.#deadNotifications.length;
    return this.#deadEvents.length + messages + this.#failedCompilations > 0;
  }

  /** Whether there was something to redrive. */
  get hadDeadLetters(): boolean {
    return this.#hadDeadLetters;
  }

  /** Redrives the dead-letter queues, as an operator does. */
  redrive(): void {
    this.#hadDeadLetters ||= this.hasDeadLetters;
    const [events, messages] = [this.#deadEvents, this.#deadMessages];
    for (const event of events) this.#invoke(event);
    if (this.#failedCompilations > 0) this.#compile();
    for (const { id, key } of this.#deadNotifications) this.#dispatch.send(key, `redriven#${id}`);
    // A redrive has dead wake-ups made up for by one reevaluate, since nobody may send to their queue.
    if (messages.some(({ queue }) => queue === 'WakeUps')) {
      this.sendMessage('OperatorMessages', { type: 'reevaluate' });
    }
    for (const { queue, message } of messages) {
      if (queue === 'WakeUps') continue;
      const { id, sentAt, body, attributes } = message;
      const original = originalMessage({ messageId: id, sentAt }, (name) => attributes[name]);
      this.#messages[queue].send(body, 0, {
        [ORIGINAL_MESSAGE_ATTRIBUTES.messageId]: original.messageId,
        [ORIGINAL_MESSAGE_ATTRIBUTES.sentAt]: String(original.sentAt),
      });
    }
  }

  /** Empties the dead-letter queues. */
  purge(): void {
    this.#failedCompilations = 0;
    this.#deadEvents = [];
    this.#deadMessages = [];
    this.#deadNotifications = [];
  }

  async #handleMessages(
    queue: MessageQueue,
    batch: readonly Message<string>[],
    ports: ProcessPorts,
  ): Promise<ReadonlySet<string>> {
    const failed = new Set<string>();
    const handleMessage = startBatch(ports, ports.messageSource(queue, batch));
    await Promise.all(
      batch.map(async (message, index) => {
        try {
          await handleMessage(deliveredMessage(message, index));
        } catch {
          this.checker.losses.onHappened('failed message');
          failed.add(message.id);
        }
      }),
    );
    return failed;
  }

  /** Changes when a message of a batch is delivered again. */
  retryAfter(queue: MessageQueue, message: Message<string>, delayMs: number): void {
    this.#messages[queue].retryAfter(message, delayMs);
  }

  #deliver(event: ContactEventEnvelope): void {
    const extraDelayMs = this.faults.injects('event-delayed') ? this.random() * MAX_DELAY_MS : 0;
    this.time.after(this.latencies.eventMs() + extraDelayMs, () => this.#invoke(event));
  }

  #invoke(event: ContactEventEnvelope): void {
    invokeAsync(
      () => this.runContactEvents(event),
      () => this.#deadEvents.push(event),
      this.time,
    );
  }

  /** Global secondary indexes are eventually consistent. */
  protected scheduleIndexUpdate(update: () => void): void {
    this.time.after(this.latencies.indexMs(), update);
  }
}
