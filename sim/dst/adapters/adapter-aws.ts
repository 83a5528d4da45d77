import { AsyncLocalStorage } from 'node:async_hooks';
import { FullBatchFailureError } from '@aws-lambda-powertools/batch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Context, SQSRecord } from 'aws-lambda';
import { DISPATCH_CLIENT } from '../../../lambda/aws/clients.ts';
import { type AwsDispatchPorts, awsDispatchPorts } from '../../../lambda/aws/dispatch-ports.ts';
import { environment } from '../../../lambda/aws/environment.ts';
import { METRICS } from '../../../lambda/aws/metric-names.ts';
import { QuotaTable } from '../../../lambda/aws/quota-table.ts';
import { awsReconcilePorts, awsRuleMessagePorts } from '../../../lambda/aws/reconcile-ports.ts';
import { CONFIGURATION_KEY_PREFIX, QUOTA_KEY } from '../../../lambda/aws/table-schema.ts';
import { PowertoolsTelemetry } from '../../../lambda/aws/telemetry.ts';
import { createHandler as createContactEvents } from '../../../lambda/contact-events/index.ts';
import { createHandler as createDispatch } from '../../../lambda/dispatch/index.ts';
import type { CompiledConfiguration } from '../../../lambda/domain/configuration/compiled.ts';
import { type ContactKey, parseKey } from '../../../lambda/domain/contact/contact-key.ts';
import type { UnderWay } from '../../../lambda/domain/contact/record.ts';
import { OTHER_ITEM_KINDS } from '../../../lambda/domain/item-keys.ts';
import { defined } from '../../../lambda/domain/json.ts';
import { MESSAGE_QUEUES, type MessageQueue } from '../../../lambda/domain/messages/message-queue.ts';
import type { Publication } from '../../../lambda/flow/configuration/ports.ts';
import type { ContactStore } from '../../../lambda/flow/ports.ts';
import { createHandler as createPolicyChanges } from '../../../lambda/policy-changes/index.ts';
import { createHandler as createRuleMessages } from '../../../lambda/rule-messages/index.ts';
import { createHandler as createSweep } from '../../../lambda/sweep/index.ts';
import type { LocalRequest } from '../../../local/endpoint/http.ts';
import { failedMessageIds } from '../../../local/functions/batch-response.ts';
import type { ContactCentre, ContactEventEnvelope } from '../../centre/index.ts';
import { TIMEOUT_MS } from '../../virtual/delivery.ts';
import type { Message } from '../../virtual/message.ts';
import { type Faults, NO_FAULTS } from '../faults.ts';
import { FunctionPool } from '../function-pool.ts';
import type { Loss } from '../loss-checker.ts';
import { ObservedRateLimiter } from '../observed-rate-limiter.ts';
import { Process } from '../process.ts';
import { SimulatedAws, type SimulatedAwsOptions } from '../simulated-aws.ts';
import { AnswerChecker, type CurrentCall } from './answer-checker.ts';
import { CompilationChecker } from './compilation-checker.ts';
import { ConnectService } from './connect-service.ts';
import { SimulatedTable } from './dynamodb.ts';
import { DISPATCH_QUEUE, deadLetterQueueOf } from './environment.ts';
import type { Item } from './expressions.ts';
import { contextOf, sqsRecord } from './function-inputs.ts';
import { dynamoDbCall, eventsCall, type SentMessage, sqsCall, VERSION_KEY } from './json-services.ts';
import { type Call, SimulatedNetwork } from './network.ts';
import { ParameterStore } from './parameter-store.ts';
import { PublishedMetrics } from './published-metrics.ts';
import { configurationProblem, publishedSet, storedRecord } from './stored-items.ts';
import { type BegunUpdate, UnderWayChecker } from './under-way-checker.ts';
import { updateName } from './update-name.ts';

/** What the metrics count, by their names. */
const COUNTED_BY: ReadonlyMap<string, Loss> = new Map([
  [METRICS.changesApplied, 'done'],
  [METRICS.throttledCalls, 'throttled'],
  [METRICS.unknownOutcomes, 'unknown'],
  [METRICS.closedContacts, 'gone'],
  [METRICS.accessDenied, 'denied'],
  [METRICS.malformedMessages, 'malformed'],
  [METRICS.failedMessages, 'failed message'],
]);

/**
 * The deployed system in virtual time, with its adapters: the handlers run in processes that crash, on the real ports and
 * the SDK's clients, and every request crosses the protocols of AWS. Queues, event bus, centres and judges are those of
 * the other runs. To be used within `inVirtualTime`.
 */
export class AdapterAws extends SimulatedAws {
  readonly #database: SimulatedTable;
  readonly #connectService: ConnectService;
  readonly #parameterStore: ParameterStore;
  readonly #calls = new AsyncLocalStorage<CurrentCall>();
  readonly #answers: AnswerChecker;
  readonly #underWay = new UnderWayChecker((message) => this.checker.reportViolation(22, message));
  readonly #compilations = new CompilationChecker((message) => this.checker.reportViolation(20, message));
  readonly #contactEvents: FunctionPool<ReturnType<typeof createContactEvents>>;
  readonly #ruleMessages: FunctionPool<ReturnType<typeof createRuleMessages>>;
  readonly #dispatch: FunctionPool<ReturnType<typeof createDispatch>>;
  readonly #sweep: FunctionPool<ReturnType<typeof createSweep>>;
  readonly #policyChanges: FunctionPool<ReturnType<typeof createPolicyChanges>>;
  readonly #pools: FunctionPool<unknown>[] = [];
  /** What each process learned in the invocation that it is in: of one that crashes, nothing is published. */
  readonly #learned = new WeakMap<Process, Loss[]>();
  /** The messages in flight, by their receipt handles. */
  readonly #received = new Map<string, { readonly queue: MessageQueue; readonly message: Message<string> }>();
  /** The deployment of the configuration has none. */
  #serviceFaults: Faults = NO_FAULTS;
  /** Has the table of the judges show in its indexes what was just written. */
  #showWritten: (() => void) | undefined;

  /** @param texts - of the parameters at the deployment, by name. */
  constructor(
    options: SimulatedAwsOptions,
    centres: ReadonlyMap<string, ContactCentre>,
    texts: ReadonlyMap<string, string>,
  ) {
    super(options);
    const { time, latencies, pageSize } = this;
    this.#database = new SimulatedTable(
      {
        now: () => time.now,
        replicate: (action) => {
          const show = this.#showWritten;
          this.#showWritten = undefined;
          time.after(latencies.indexMs(), () => {
            action();
            show?.();
          });
        },
        leavesUnprocessed: () => this.#serviceFaults.injects('unprocessed-keys'),
        pageSize,
      },
      (key, item) => this.#onWritten(key, item),
    );
    this.#parameterStore = new ParameterStore(texts, this.region, this, this.#compilations);
    this.#connectService = new ConnectService({
      time,
      random: this.random,
      checker: this.checker,
      connect: this.connect,
      centres,
      outages: this.outages,
      pageSize,
      calls: this.#calls,
    });
    this.#answers = new AnswerChecker(
      { revisionOf: (key) => this.#database.revisionOf(key), centres, now: () => time.now },
      (message) => this.checker.reportViolation(19, message),
    );
    this.checker.countChecksOf(this.#answers, this.#underWay, this.#compilations);
    const telemetry = () => {
      const created = new PowertoolsTelemetry(
        new PublishedMetrics((name, sum) => {
          const kind = COUNTED_BY.get(name);
          if (kind) this.checker.losses.onCounted(kind, sum);
        }),
      );
      // The lines of orders ignore the log level of the functions.
      created.audit.setLogLevel('SILENT');
      return created;
    };
    this.#contactEvents = this.#pool('contact-events', TIMEOUT_MS.contactEvents, (network) =>
      createContactEvents(telemetry(), (given) => {
        const ports = awsReconcilePorts(given, network.connect);
        return { ...ports, contacts: this.#answers.contacts(ports.contacts) };
      }),
    );
    this.#ruleMessages = this.#pool('rule-messages', TIMEOUT_MS.ruleMessages, (network) =>
      createRuleMessages(telemetry(), (given) => {
        const ports = awsRuleMessagePorts(given, network.connect);
        const contacts = this.#answers.contacts(ports.contacts);
        return { ...ports, contacts, metrics: this.#answers.metrics(ports.metrics) };
      }),
    );
    this.#dispatch = this.#pool('dispatch', TIMEOUT_MS.dispatch, (network, process) =>
      createDispatch(telemetry(), (given) =>
        this.#observed(awsDispatchPorts(given, network.connect), network, process),
      ),
    );
    this.#sweep = this.#pool('sweep', TIMEOUT_MS.sweep, (network) =>
      createSweep(telemetry(), network.connect),
    );
    this.#policyChanges = this.#pool('policy-changes', TIMEOUT_MS.policyChanges, (network) =>
      createPolicyChanges(telemetry(), network.connect),
    );
    this.#deploy();
  }

  override recycle(): void {
    for (const pool of this.#pools) pool.recycle();
  }

  /** What is wrong with the configuration in force; undefined: its set is whole, and stays. */
  configurationProblem(): string | undefined {
    return configurationProblem(this.#database);
  }

  protected override runContactEvents(event: ContactEventEnvelope): Promise<unknown> {
    return this.#invoke(this.#contactEvents, TIMEOUT_MS.contactEvents, JSON.parse(JSON.stringify(event)));
  }

  protected override async runRuleMessages(
    queue: MessageQueue,
    batch: readonly Message<string>[],
  ): Promise<ReadonlySet<string>> {
    const records = batch.map((message) => {
      const receiptHandle = `${queue}/${message.id}/${message.receiveCount}`;
      this.#received.set(receiptHandle, { queue, message });
      return this.#record(queue, message, receiptHandle);
    });
    try {
      const response = await this.#invoke(this.#ruleMessages, TIMEOUT_MS.ruleMessages, { Records: records });
      const failed = failedMessageIds(
        response,
        batch.map(({ id }) => id),
      );
      this.#onFailedMessages(failed.length);
      return new Set(failed);
    } catch (error) {
      if (error instanceof FullBatchFailureError) this.#onFailedMessages(batch.length);
      throw error;
    } finally {
      for (const { receiptHandle } of records) this.#received.delete(receiptHandle);
    }
  }

  protected override async runDispatch(batch: readonly Message<ContactKey>[]): Promise<ReadonlySet<string>> {
    const records = batch.map((message) =>
      this.#record(DISPATCH_QUEUE, { ...message, body: JSON.stringify(message.body) }, message.id),
    );
    const response = await this.#invoke(this.#dispatch, TIMEOUT_MS.dispatch, { Records: records });
    return new Set(
      failedMessageIds(
        response,
        batch.map(({ id }) => id),
      ),
    );
  }

  protected override scheduleIndexUpdate(update: () => void): void {
    this.#showWritten = update;
  }

  protected override async runPolicyChanges(): Promise<void> {
    const check = this.#compilations.onBegin();
    await this.#invoke(this.#policyChanges, TIMEOUT_MS.policyChanges, {});
    const { settings, pause, compiled } = this.parameters?.load() ?? {};
    check(compiled && { ...compiled, ...defined({ settings, pause }) });
  }

  protected override runSweep(): Promise<unknown> {
    return this.#invoke(this.#sweep, TIMEOUT_MS.sweep, {});
  }

  #pool<T>(
    name: string,
    timeoutMs: number,
    create: (network: SimulatedNetwork, process: Process) => T,
  ): FunctionPool<T> {
    const pool = new FunctionPool(name, timeoutMs, this, (process) =>
      create(new SimulatedNetwork(process, this, this.region, this.#open), process),
    );
    this.#pools.push(pool);
    return pool;
  }

  #invoke<E, R>(
    pool: FunctionPool<(event: E, context: Context) => Promise<R>>,
    timeoutMs: number,
    event: E,
  ): Promise<R> {
    return pool.invoke(async (handler, process) => {
      const learned: Loss[] = [];
      this.#learned.set(process, learned);
      try {
        return await handler(event, contextOf(process, timeoutMs));
      } finally {
        for (const kind of learned) this.checker.losses.onHappened(kind);
      }
    });
  }

  #onFailedMessages(count: number): void {
    for (let number = 0; number < count; number++) this.checker.losses.onHappened('failed message');
  }

  /** Dispatch with the observers of the judges: of tokens that are taken, and of the update that a request is for. */
  #observed(ports: AwsDispatchPorts, network: SimulatedNetwork, process: Process): AwsDispatchPorts {
    const quota = new QuotaTable(
      new DynamoDBClient(network.connect(DISPATCH_CLIENT)),
      environment('contactsTable'),
    );
    const connect = this.#answers.connect(ports.connect, (call, action) =>
      this.#calls.run(call, async () => {
        try {
          return await action();
        } finally {
          if (call.sent) this.checker.onEnded(call.sent);
        }
      }),
    );
    let endsAt = 0;
    return {
      ...ports,
      contacts: this.#observedStore(this.#answers.contacts(ports.contacts)),
      connect: {
        begin: (context) => {
          endsAt = process.now + context.getRemainingTimeInMillis();
          ports.connect.begin(context);
        },
        updateRouting: async (key, attempt, log) => {
          const name = updateName(key, attempt);
          let begun: BegunUpdate | undefined;
          const begin = (mark: UnderWay) => {
            begun = this.#underWay.onBegin(name, mark, log.underWay, process.now, endsAt);
            return log.begin(mark);
          };
          try {
            const result = await connect.updateRouting(key, attempt, { ...log, begin });
            if (result === 'conflict-in-log') return result;
            this.#learned.get(process)?.push(result.kind);
            const isRefused = result.kind === 'unknown' && result.isUncalled === true;
            if (isRefused && log.underWay) this.#underWay.onRefused(name, log.underWay, process.now);
            return result;
          } finally {
            begun?.onEnded();
          }
        },
        describe: (key) => connect.describe(key),
      },
      settings: async () => {
        const settings = await ports.settings();
        this.checker.killSwitch.onSettingsRead(process, settings.pause);
        return settings;
      },
      rateLimiter: new ObservedRateLimiter(
        this.#answers.quota(quota),
        { now: () => process.now },
        (count, at) => this.checker.onTokensGranted(count, at),
      ),
    };
  }

  /** A record that dispatch cannot write is one that it comes back to later. */
  #observedStore(contacts: ContactStore): ContactStore {
    return {
      load: (key) => contacts.load(key),
      loadMany: (keys) => contacts.loadMany(keys),
      save: async (record, ...rest) => {
        try {
          return await contacts.save(record, ...rest);
        } catch (error) {
          this.checker.urgency.onFailed(record);
          throw error;
        }
      },
      pending: async (instanceId, list, limit, now) => {
        const check = list === 'updates' ? this.checker.urgency.onAsked(instanceId, limit) : undefined;
        const listed = await contacts.pending(instanceId, list, limit, now);
        check?.(listed);
        return listed;
      },
      queued: (...query) => contacts.queued(...query),
    };
  }

  readonly #open = (request: LocalRequest, process: Process): Call => {
    switch (request.headers['x-amz-target']?.split('.')[0]) {
      case 'DynamoDB_20120810':
        return dynamoDbCall(request, this.#database, this.#tableHooks());
      case 'AmazonSQS':
        return sqsCall(request, {
          faults: this.#serviceFaults,
          onSent: (message) => this.#onSent(message),
          onVisibility: (queue, receiptHandle, seconds) => this.#onVisibility(queue, receiptHandle, seconds),
        });
      case 'AWSEvents':
        return eventsCall(request, {
          faults: this.#serviceFaults,
          onAccepted: (event) => {
            // Who changes parameters, test/flow/configuration/report-changes.test.ts judges.
            if (String(event.name) !== 'configured') this.checker.events.onAccepted(event);
          },
        });
      case 'AmazonSSM':
        return this.#parameterStore.open(request);
      case undefined:
        return this.#connectService.open(request, process);
      default:
        throw new TypeError(`No service is simulated for ${request.headers['x-amz-target']}.`);
    }
  };

  /** Checks the configuration whenever a set of it expires. */
  #tableHooks() {
    return {
      isDenied: this.outages.isActive('table-denied'),
      after: (operation: string, key: string) => {
        if (operation !== 'UpdateItem' || !key.startsWith(CONFIGURATION_KEY_PREFIX)) return;
        const problem = this.configurationProblem();
        if (problem) this.checker.reportViolation(2, problem);
      },
    };
  }

  /** The judges read records and configuration where the other runs have them. */
  #onWritten(key: string, item: Item | undefined): void {
    if (key === VERSION_KEY && item) this.#onPublished(unmarshall(item as never));
    if (key === QUOTA_KEY && item) {
      const { state, revision } = unmarshall(item as never);
      this.#answers.onQuotaWritten(state, revision);
    }
    if (OTHER_ITEM_KINDS.some((kind) => key.startsWith(`${kind}#`))) return;
    if (!item) {
      this.table.forget(parseKey(key));
      return;
    }
    const record = storedRecord(key, item);
    const before = this.table.load(record);
    this.table.save(record, before.revision, {});
    this.checker.onSave(record, this.time.now);
  }

  #onPublished({ set, state, decisions }: Record<string, unknown>): void {
    const compiled = publishedSet(this.#database, set as { id: string; chunks: number });
    const { settings, pause } = JSON.parse(String(state));
    const mirrored = { ...compiled, settings, pause } as CompiledConfiguration;
    this.parameters?.publish(mirrored, this.parameters.load()?.revision ?? 0, decisions as Publication);
  }

  #onSent({ queue, body, delaySeconds, deduplicationId = '', attributes }: SentMessage): void {
    if (queue === DISPATCH_QUEUE) {
      this.notifyDispatch(JSON.parse(body), deduplicationId);
      return;
    }
    const source = MESSAGE_QUEUES.find((name) => queue === deadLetterQueueOf(name));
    if (source) this.malformed.push({ body, error: attributes.ErrorMessage ?? '' });
    else this.sendMessage(queue as MessageQueue, body, delaySeconds * 1_000);
  }

  #onVisibility(_queue: string, receiptHandle: string, seconds: number): void {
    const received = this.#received.get(receiptHandle);
    if (received) this.retryAfter(received.queue, received.message, seconds * 1_000);
  }

  #record(queue: string, message: Message<string>, receiptHandle: string): SQSRecord {
    return sqsRecord(message, { queue, region: this.region, receiptHandle, receivedAt: this.time.now });
  }

  protected override writeTexts(texts: ReadonlyMap<string, string>, onChanged: () => void): void {
    this.#parameterStore.push(texts, onChanged);
  }

  /** A deployment compiles the configuration before the first contact comes. */
  #deploy(): void {
    const { time, random, trace } = this;
    const latencies = { ...this.latencies, oneWayMs: () => 0 };
    const context = { time, random, trace, latencies, faults: NO_FAULTS };
    const process = new Process('deployment', context);
    const network = new SimulatedNetwork(process, context, this.region, this.#open);
    const handler = createPolicyChanges(new PowertoolsTelemetry(), network.connect);
    void handler({}, contextOf(process, TIMEOUT_MS.contactEvents)).then(() => {
      this.#serviceFaults = this.faults;
    });
  }
}
