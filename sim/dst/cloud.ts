import type { ContactKey } from '../../lambda/domain/contact.ts';
import type { CallOutcome } from '../../lambda/domain/outcome.ts';
import type { MalformedMessageError } from '../../lambda/domain/rule-message.ts';
import type { Configuration } from '../../lambda/flow/ports.ts';
import { SWEEP_INTERVAL_SECONDS, sweep } from '../../lambda/flow/sweep.ts';
import type { ContactEventEnvelope } from '../centre/index.ts';
import type { Random } from '../random.ts';
import { FifoQueue } from '../virtual/fifo-queue.ts';
import { DELIVERY, handleEvent, handleKicks, handleMessage, TIMEOUT_MS } from '../virtual/functions.ts';
import { invokeAsync } from '../virtual/invoke-async.ts';
import { MemoryTable } from '../virtual/memory-table.ts';
import type { Message } from '../virtual/message.ts';
import { StandardQueue } from '../virtual/standard-queue.ts';
import type { VirtualTime } from '../virtual/virtual-time.ts';
import type { ConnectModel } from './connect.ts';
import type { Durations } from './durations.ts';
import type { Faults } from './faults.ts';
import { FunctionPool } from './function-pool.ts';
import { IdempotencyRecords } from './idempotency.ts';
import { type ProcessPorts, portsOf } from './ports.ts';
import type { Surroundings } from './process.ts';
import type { Watcher } from './watcher.ts';

export interface CloudOptions extends Surroundings {
  readonly region: string;
  readonly instances: readonly string[];
  readonly configuration: Configuration;
  readonly connect: ConnectModel;
  readonly watcher: Watcher;
  /** Whether there is a sweep. */
  readonly withSweep: boolean;
  /** Batches of rule messages that are handled at a time. */
  readonly ruleMessagesConcurrency: number;
  /** Keys that a page of the queued index holds. */
  readonly pageSize: number;
}

/** What a fault of delay adds at most; an event may come this much after a later one. */
const MAX_DELAY_MS = 90_000;

/** The handlers that decide may still have the old policies for so long (lambda/policy-changes). */
const EVERYBODY_KNOWS_MS = 25_000;

const SWEEP_INTERVAL_MS = SWEEP_INTERVAL_SECONDS * 1_000;

/**
 * The system as it is deployed, on services in memory and in virtual time: the flow of `lambda/flow` in processes
 * that crash, queues that deliver twice, a bus that loses events.
 */
export class Cloud implements Surroundings {
  readonly time: VirtualTime;
  readonly faults: Faults;
  readonly durations: Durations;
  readonly random: Random;
  readonly trace: ((line: string) => void) | undefined;
  readonly region: string;
  readonly instances: readonly string[];
  readonly connect: ConnectModel;
  readonly watcher: Watcher;
  readonly pageSize: number;
  readonly table: MemoryTable;
  readonly idempotency = new IdempotencyRecords<CallOutcome>();
  /** The policies and settings in SSM. */
  configuration: Configuration;
  /** What could not be understood, with what is wrong in it. */
  readonly malformed: { readonly body: unknown; readonly error: string }[] = [];
  #deadEvents: ContactEventEnvelope[] = [];
  #deadMessages: Message<string>[] = [];
  #deadKicks: { readonly id: string; readonly key: ContactKey }[] = [];
  readonly #contactEvents: FunctionPool<ProcessPorts>;
  readonly #ruleMessages: StandardQueue<string>;
  readonly #dispatch: FifoQueue<ContactKey>;

  constructor(options: CloudOptions) {
    this.time = options.time;
    this.faults = options.faults;
    this.durations = options.durations;
    this.random = options.random;
    this.trace = options.trace;
    this.region = options.region;
    this.instances = options.instances;
    this.configuration = options.configuration;
    this.connect = options.connect;
    this.watcher = options.watcher;
    this.pageSize = options.pageSize;
    this.table = new MemoryTable((show) => this.#showIndexes(show));
    this.#contactEvents = this.#pool('contact-events', TIMEOUT_MS.contactEvents);
    const ruleMessages = this.#pool('rule-messages', TIMEOUT_MS.ruleMessages);
    const dispatch = this.#pool('dispatch', TIMEOUT_MS.dispatch);
    const { pollMs } = this.durations;
    this.#ruleMessages = new StandardQueue(this.time, {
      concurrency: options.ruleMessagesConcurrency,
      batchSize: DELIVERY.batchSize,
      visibilityMs: DELIVERY.ruleMessagesHiddenMs,
      maxReceives: DELIVERY.maxReceives,
      pollMs,
      handle: (batch) => ruleMessages.invoke((ports) => this.#takeMessages(batch, ports)),
      onDead: (message) => this.#deadMessages.push(message),
    });
    this.#dispatch = new FifoQueue(this.time, {
      batchSize: DELIVERY.batchSize,
      visibilityMs: DELIVERY.dispatchHiddenMs,
      maxReceives: DELIVERY.maxReceives,
      pollMs,
      handle: async (batch) => {
        if (this.faults.strikes('two-dispatchers')) {
          this.time.after(this.random() * 2_000, () => this.#dispatch.expireVisibility());
        }
        const named = batch.map(({ body }) => body);
        await dispatch.invoke((ports) => handleKicks(named, ports));
        return new Set();
      },
      onDead: ({ id, body }) => this.#deadKicks.push({ id, key: body }),
    });
    if (options.withSweep) this.#sweepLater(this.#pool('sweep', TIMEOUT_MS.sweep));
  }

  #pool(name: string, timeoutMs: number): FunctionPool<ProcessPorts> {
    return new FunctionPool(name, timeoutMs, this, (process) => portsOf(process, this));
  }

  #sweepLater(pool: FunctionPool<ProcessPorts>): void {
    this.time.after(SWEEP_INTERVAL_MS, () => {
      // What fails is not tried again: the next sweep does better.
      pool.invoke((ports) => sweep(ports)).catch(() => {});
      this.#sweepLater(pool);
    });
  }

  /** A contact event on the bus. @returns false when it is lost. */
  publish(event: ContactEventEnvelope): boolean {
    if (this.faults.strikes('event-lost')) return false;
    this.#deliver(event);
    if (this.faults.strikes('event-duplicated')) this.#deliver(event);
    return true;
  }

  /** A message to the queue of rule messages, from outside or from one of the functions. */
  sendRuleMessage(body: object | string, delayMs = 0): void {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    // What others sent is not lost: SQS keeps it, and the dead-letter queue after it.
    if (text.startsWith('{"type":"wake"') && this.faults.strikes('message-lost')) return;
    const late = this.faults.strikes('message-delayed') ? this.random() * MAX_DELAY_MS : 0;
    this.#ruleMessages.send(text, delayMs + late);
  }

  /** Tells dispatch that a contact has work. */
  kick(key: ContactKey, deduplicationId: string): void {
    if (this.faults.strikes('kick-lost')) return;
    this.#dispatch.send({ instanceId: key.instanceId, contactId: key.contactId }, deduplicationId);
  }

  /** Somebody changes the policies; policy-changes has the contacts that wait looked at again. */
  changeConfiguration(configuration: Configuration): void {
    this.configuration = configuration;
    this.sendRuleMessage({ type: 'reevaluate' }, EVERYBODY_KNOWS_MS);
  }

  /** Operators send on what lies in the dead-letter queues, as it came. */
  redrive(): void {
    const [events, messages] = [this.#deadEvents, this.#deadMessages];
    for (const event of events) this.#invoke(event);
    for (const { id, key } of this.#deadKicks) this.#dispatch.send(key, `redriven#${id}`);
    for (const { id, sentAt, body } of messages) this.#ruleMessages.send(body, 0, { id, sentAt });
  }

  /** Empties the dead-letter queues. */
  purge(): void {
    this.#deadEvents = [];
    this.#deadMessages = [];
    this.#deadKicks = [];
  }

  async #takeMessages(batch: readonly Message<string>[], ports: ProcessPorts): Promise<ReadonlySet<string>> {
    const failed = new Set<string>();
    await Promise.all(
      batch.map(async (message) => {
        if (this.faults.strikes('message-duplicated')) {
          this.#ruleMessages.duplicate(message, this.random() * MAX_DELAY_MS);
        }
        try {
          const malformed = await handleMessage(message, ports);
          if (malformed) this.#reject(message.body, malformed);
        } catch {
          failed.add(message.id);
        }
      }),
    );
    return failed;
  }

  #reject(body: string, error: MalformedMessageError): void {
    this.malformed.push({ body, error: error.message });
  }

  #deliver(event: ContactEventEnvelope): void {
    const late = this.faults.strikes('event-delayed') ? this.random() * MAX_DELAY_MS : 0;
    this.time.after(this.durations.eventMs() + late, () => this.#invoke(event));
  }

  #invoke(event: ContactEventEnvelope): void {
    invokeAsync(
      () => this.#contactEvents.invoke((ports) => handleEvent(event, ports)),
      () => this.#deadEvents.push(event),
      this.time,
    );
  }

  /** An index always lags, by moments. */
  #showIndexes(show: () => void): void {
    this.time.after(this.durations.indexMs(), show);
  }
}
