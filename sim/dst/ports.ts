import type { ContactKey } from '../../lambda/domain/contact/contact-key.ts';
import { keyString } from '../../lambda/domain/contact/contact-key.ts';
import { RECORD_SCHEMA_VERSION } from '../../lambda/domain/contact/record.ts';
import { readRecord } from '../../lambda/domain/contact/record-versions.ts';
import { CONFIGURATION_MAX_AGE_SECONDS } from '../../lambda/domain/deployment-constants.ts';
import { canonicalJson } from '../../lambda/domain/json.ts';
import type { MessageQueue } from '../../lambda/domain/messages/message-queue.ts';
import type { DescribeResult } from '../../lambda/domain/reconcile/description.ts';
import type { UpdateAttempt } from '../../lambda/domain/reconcile/next-update.ts';
import type { UpdateResult } from '../../lambda/domain/reconcile/update-result.ts';
import type { Settings } from '../../lambda/domain/settings.ts';
import type { ContactSearch } from '../../lambda/flow/adopt.ts';
import { backOffMs } from '../../lambda/flow/back-off.ts';
import type { CompilerPorts } from '../../lambda/flow/configuration/ports.ts';
import { FairQueue } from '../../lambda/flow/dispatch/fair-queue.ts';
import type {
  Configuration,
  Connect,
  ContactStore,
  CustomerContactsStore,
  EventBus,
  FanOutPositionStore,
  LoadMetrics,
  MessageSource,
  Outbox,
  OutgoingMessage,
  QueuedPage,
  QueueStateStore,
  QuotaStore,
  SignalOutbox,
  StoredContact,
  SweepPositionStore,
  UpdateLog,
} from '../../lambda/flow/ports.ts';
import type { Random } from '../random.ts';
import type { MemoryTable } from '../virtual/memory-table.ts';
import type { Message } from '../virtual/message.ts';
import type { VirtualTime } from '../virtual/virtual-time.ts';
import { asEarlierVersion, checkEarlierVersion } from './earlier-version.ts';
import type { Faults } from './faults.ts';
import type { InvariantChecker } from './invariant-checker.ts';
import { ObservedRateLimiter } from './observed-rate-limiter.ts';
import type { Outages } from './outages.ts';
import type { Process } from './process.ts';
import { NO_REPORTS, SharedVerdicts, type SimulatedConfiguration } from './simulated-configuration.ts';
import type { SimulatedConnect } from './simulated-connect.ts';

/** The services that the ports of a process use. */
interface AwsServices {
  /** The true time, by which the services work. */
  readonly time: Pick<VirtualTime, 'now'>;
  readonly faults: Faults;
  readonly outages: Outages;
  readonly region: string;
  readonly instances: readonly string[];
  /** What handlers read: the policies and settings in force. */
  readonly configuration: Configuration;
  /** Parameter Store; undefined: the configuration never changes. */
  readonly parameters: SimulatedConfiguration | undefined;
  readonly connect: SimulatedConnect;
  readonly checker: InvariantChecker;
  readonly table: MemoryTable;
  readonly malformed: { readonly body: unknown; readonly error: string }[];
  /** The page size of queries of the queued index. */
  readonly pageSize: number;
  readonly random: Random;
  sendMessage(queue: MessageQueue, body: object, delayMs: number): void;
  retryAfter(queue: MessageQueue, message: Message<string>, delayMs: number): void;
  notifyDispatch(key: ContactKey, deduplicationId: string): void;
}

/** The ports of the flow in one process. Every operation is a request that may fail. */
export type ProcessPorts = ReturnType<typeof createPorts>;

const POLICIES_CACHED_MS = CONFIGURATION_MAX_AGE_SECONDS * 1_000;

/** How long a process uses cached policies while reading them fails, in milliseconds. */
const STALE_POLICIES_CACHED_MS = 120_000;

/** SQS took a part of a batch only. */
class BatchError extends Error {
  override readonly name = 'BatchError';
}

/** IAM denies a request. */
class DeniedError extends Error {
  override readonly name = 'AccessDeniedException';
}

/** Sends a request to the table, unless that is denied. */
function tableRequest<T>(process: Process, aws: AwsServices, operation: string, effect: () => T): Promise<T> {
  return process.request(operation, () => {
    if (aws.outages.isActive('table-denied')) throw new DeniedError(`${operation} is denied`);
    return effect();
  });
}

export function createPorts(process: Process, aws: AwsServices) {
  const clock = { now: () => process.now, sleep: (durationMs: number) => process.sleep(durationMs) };
  const table = <T>(operation: string, effect: () => T) => tableRequest(process, aws, operation, effect);
  const { configuration, settings } = configurationPorts(process, aws);
  const contacts: ContactStore = {
    load: (key) => table(`load ${key.contactId}`, () => read(process, aws.table.load(key))),
    loadMany: (keys) => loadMany(keys, process, aws),
    async save(record, revision, entries) {
      let recorded: string | undefined;
      try {
        const answer = await table(`save ${record.contactId} over ${revision}`, () => {
          const stored = process.isEarlierVersion ? asEarlierVersion(record) : record;
          const text = JSON.stringify(stored);
          const saved = aws.table.save(JSON.parse(text), revision, entries);
          aws.checker.onWrite(record, text);
          if (saved !== undefined) recorded = aws.checker.onSave(record, aws.time.now);
          return saved;
        });
        aws.checker.events.onAnswered(recorded);
        return answer;
      } catch (error) {
        aws.checker.urgency.onFailed(record);
        throw error;
      }
    },
    pending: (...query) => table('query pending', () => aws.table.pending(...query)),
    queued: (queueArn, from) =>
      paginate(from, (start) => table('query queued', () => aws.table.queued(aws.pageSize, queueArn, start))),
  };
  const sendMessages = (queue: MessageQueue, messages: readonly OutgoingMessage[]) =>
    process.request(`send ${messages.map(({ body }) => `${body.type} ${body.contactId ?? ''}`)}`, () => {
      const isPartial = messages.length > 1 && aws.faults.injects('batch-partly-taken');
      const taken = isPartial ? messages.filter(() => aws.random() < 0.5) : messages;
      for (const { body, delaySeconds } of taken) aws.sendMessage(queue, body, delaySeconds * 1_000);
      if (isPartial) throw new BatchError(`SQS took ${taken.length} of ${messages.length} messages`);
    });
  const outbox: Outbox & SignalOutbox = {
    sendWakeUps: (messages) => sendMessages('WakeUps', messages),
    sendSignals: (messages) => sendMessages('RuleMessages', messages),
    notifyDispatch: (key, deduplicationKey) =>
      process.request(`notify ${key.contactId}`, () =>
        aws.notifyDispatch(key, `${keyString(key)}#${deduplicationKey}`),
      ),
  };
  const quotaStore: QuotaStore = {
    load: () => table('load quota', () => aws.table.loadQuota()),
    save: (state, revision) => table('save quota', () => aws.table.saveQuota(state, revision)),
  };
  const sweepPosition: SweepPositionStore = {
    load: () => process.request('load sweep position', () => aws.table.loadSweepPosition()),
    save: (position) =>
      process.request('save sweep position', () =>
        aws.table.saveSweepPosition(JSON.parse(JSON.stringify(position))),
      ),
  };
  const fanOuts: FanOutPositionStore = {
    load: (id) => process.request('load fan-out', () => aws.table.loadFanOut(id)),
    save: (id, position) =>
      process.request('save fan-out', () => aws.table.saveFanOut(id, JSON.parse(JSON.stringify(position)))),
  };
  const queueStates: QueueStateStore = {
    load: (queueArn) => table('load queue state', () => aws.table.loadQueueState(queueArn)),
    save: (queueArn, state, revision) =>
      table('save queue state', () =>
        aws.table.saveQueueState(queueArn, JSON.parse(JSON.stringify(state)), revision),
      ),
  };
  const customers: CustomerContactsStore = {
    load: (...customer) => table('load customer', () => aws.table.loadCustomer(...customer)),
    save: (...given) => table('save customer', () => aws.table.saveCustomer(...given)),
  };
  const eventBus: EventBus = {
    send: (events) =>
      process.request(`put ${events.map(({ detail }) => detail.id)}`, () =>
        events.map((event) => {
          if (aws.faults.injects('event-not-accepted')) return 'InternalFailure';
          if (event.name !== 'configured') aws.checker.events.onAccepted(event);
          return undefined;
        }),
      ),
  };
  const common = { contacts, outbox, clock, configuration };
  return {
    ...common,
    eventBus,
    rateLimiter: new ObservedRateLimiter(quotaStore, clock, (count, at) =>
      aws.checker.onTokensGranted(count, at),
    ),
    quota: quotaStore,
    position: sweepPosition,
    fanOuts,
    queueStates,
    customers,
    fairQueues: { updates: new FairQueue(), questions: new FairQueue() },
    messageSource: (queue: MessageQueue, batch: readonly Message<string>[]): MessageSource => ({
      queue,
      deadLetters: {
        send: (body, _original, error) =>
          process.request('dead-letter', () => {
            aws.malformed.push({ body, error: error.message });
          }),
      },
      retryAfter: ({ receiptHandle }, delaySeconds) =>
        process.request(`retry after ${delaySeconds} s`, () => {
          const message = batch[Number(receiptHandle)];
          if (message) aws.retryAfter(queue, message, delaySeconds * 1_000);
        }),
    }),
    backOff: (conflicts: number) => process.sleep(backOffMs(conflicts, aws.random())),
    telemetry: aws.checker.losses.telemetry,
    settings,
    compiler: aws.parameters && compilerPorts(aws.parameters, process, aws, outbox),
    search: searchPort(process, aws),
    metrics: metricsPort(process, aws),
    usesConditions: async () => ((await configuration()).conditions ?? []).length > 0,
    storedNames: async () => (await configuration()).policies,
    connect: connectPort(process, aws),
    region: aws.region,
    instances: aws.instances,
  };
}

function metricsPort(process: Process, aws: AwsServices): LoadMetrics {
  return {
    loads: (instanceId, queueIds, channel) =>
      process.request(`loads of ${instanceId}`, () =>
        aws.connect.loads(aws.time.now, instanceId, queueIds, channel),
      ),
    staffed: (_instanceId, queueId, expressions) =>
      process.request(`staffed of ${queueId}`, () => aws.connect.staffed(expressions)),
    queueNames: (instanceId) =>
      process.request(`queues of ${instanceId}`, () => aws.connect.queueNames(aws.time.now, instanceId)),
  };
}

function connectPort(process: Process, aws: AwsServices): (remainingMs: () => number) => Connect {
  const ended = new Map<string, UpdateResult>();
  return (remainingMs) => ({
    async updateRouting(key, attempt, log) {
      const result = await updateRouting(process, aws, key, attempt, log, remainingMs(), ended);
      if (result !== 'conflict-in-log') aws.checker.losses.onHappened(result.kind);
      return result;
    },
    async describe(key): Promise<DescribeResult> {
      try {
        aws.checker.killSwitch.onCall(process, `question about ${key.contactId}`);
        return await process.request(
          `describe ${key.contactId}`,
          () => aws.connect.describe(aws.time.now, key),
          'describe',
        );
      } catch (error) {
        return { kind: 'unknown', message: String(error) };
      }
    },
  });
}

function searchPort(process: Process, aws: AwsServices): ContactSearch {
  return {
    page: (instanceId, _range, nextToken) =>
      process.request(`search ${instanceId}`, () => {
        const found = aws.connect.search(aws.time.now, instanceId);
        const end = Number(nextToken ?? 0) + aws.pageSize;
        return {
          contacts: found.slice(end - aws.pageSize, end),
          ...(end < found.length && { nextToken: String(end) }),
        };
      }),
  };
}

/** Sends an update once, as `lambda/aws/idempotent-connect.ts` does with Powertools. */
async function updateRouting(
  process: Process,
  aws: AwsServices,
  key: ContactKey,
  attempt: UpdateAttempt,
  log: UpdateLog,
  remainingMs: number,
  ended: Map<string, UpdateResult>,
): Promise<UpdateResult | 'conflict-in-log'> {
  const { instanceId, contactId } = key;
  const { generation, update } = attempt;
  const name = canonicalJson({ instanceId, contactId, generation, update });
  const { checker } = aws;
  if (log.underWay?.key === name && log.underWay.until > process.now) {
    const known = ended.get(canonicalJson(log.underWay));
    if (known?.kind === 'done') return known;
    if (!known) return { kind: 'unknown', message: 'another process is sending it', isUncalled: true };
  }
  const underWay = { key: name, until: process.now + remainingMs };
  if (!(await log.begin(underWay))) return 'conflict-in-log';
  ended.delete(canonicalJson(underWay));
  const sent = checker.onSend(process, key, attempt);
  const result = await call(process, aws, key, attempt, sent);
  checker.onEnded(sent);
  ended.set(canonicalJson(underWay), result);
  return result;
}

async function call(
  process: Process,
  aws: AwsServices,
  key: ContactKey,
  attempt: UpdateAttempt,
  sent: ReturnType<InvariantChecker['onSend']>,
): Promise<UpdateResult> {
  try {
    return await process.request(
      `call ${key.contactId} ${canonicalJson(attempt.update)}`,
      () => {
        const { result, isApplied } = aws.connect.update(aws.time.now, key, attempt);
        aws.checker.onResponse(sent, result, isApplied);
        return result;
      },
      'update',
    );
  } catch (error) {
    return { kind: 'unknown', message: String(error) };
  }
}

/**
 * The configuration as handlers read it: what decides about calls may be five seconds old, as in
 * `lambda/aws/published-configuration.ts`; a fault has a process use old policies for longer.
 */
function configurationPorts(process: Process, aws: AwsServices) {
  let cached: { readonly value: Configuration; until: number } | undefined;
  let cachedSettings: { readonly value: Settings; readonly until: number } | undefined;
  const read = () => tableRequest(process, aws, 'read policies', () => aws.configuration);
  return {
    async configuration(): Promise<Configuration> {
      if (cached && process.now < cached.until) return cached.value;
      if (cached && aws.faults.injects('stale-policies')) {
        cached.until = process.now + STALE_POLICIES_CACHED_MS;
        return cached.value;
      }
      const value = await read();
      cached = { value, until: process.now + POLICIES_CACHED_MS };
      return value;
    },
    async settings(): Promise<Settings> {
      if (cachedSettings && process.now < cachedSettings.until) return cachedSettings.value;
      const { settings } = await read();
      cachedSettings = { value: settings, until: process.now + POLICIES_CACHED_MS };
      aws.checker.killSwitch.onSettingsRead(process, settings.pause);
      return settings;
    },
  };
}

function compilerPorts(
  parameters: SimulatedConfiguration,
  process: Process,
  aws: AwsServices,
  outbox: Outbox,
): CompilerPorts {
  const table = <T>(operation: string, effect: () => T) => tableRequest(process, aws, operation, effect);
  return {
    parameters: {
      read: () => process.request('read parameters', () => parameters.read(aws.time.now)),
      history: (name) => process.request('read a history', () => parameters.history(name, aws.time.now)),
      authors: async () => [],
    },
    published: {
      load: () => table('load configuration', () => parameters.load()),
      publish: (...args) => table('publish configuration', () => parameters.publish(...args)),
      publishState: (...args) => table('publish state', () => parameters.publishState(...args)),
    },
    reported: NO_REPORTS,
    outbox,
    telemetry: { configurationPublished() {}, historyUnreadable() {}, configurationState() {} },
    clock: { now: () => process.now },
    verdicts: new SharedVerdicts(),
    backOff: (conflicts: number) => process.sleep(backOffMs(conflicts, aws.random())),
    newId: () => parameters.newId(),
  };
}

/** @throws RecordVersionError for a record that a newer version wrote than the one of the process. */
function read(process: Process, stored: StoredContact): StoredContact {
  if (process.isEarlierVersion && stored.revision > 0) checkEarlierVersion(stored.record);
  // Most records are of the present version: to look for damage in each would take a tenth of the time of a run.
  const isPresent = stored.record.schemaVersion === RECORD_SCHEMA_VERSION;
  return isPresent ? stored : { ...stored, record: readRecord(stored.record) };
}

/** Records that cannot be read are left out: the process cannot know how urgent their changes are. */
function readable(process: Process, stored: readonly StoredContact[], aws: AwsServices): StoredContact[] {
  return stored.flatMap((one) => {
    try {
      return read(process, one);
    } catch {
      aws.checker.urgency.onFailed(one.record);
      return [];
    }
  });
}

/** As BatchGetItem does: what one request does not answer is asked for again. */
async function loadMany(
  keys: readonly ContactKey[],
  process: Process,
  aws: AwsServices,
): Promise<StoredContact[]> {
  const found: StoredContact[] = [];
  for (let remaining = keys; remaining.length > 0; ) {
    const contactIds = remaining.map(({ contactId }) => contactId);
    const answered = await tableRequest(process, aws, `load ${contactIds}`, () => {
      const isPartial = remaining.length > 1 && aws.faults.injects('unprocessed-keys');
      const count = isPartial ? Math.floor(aws.random() * remaining.length) : remaining.length;
      found.push(...readable(process, aws.table.loadMany(remaining.slice(0, count)), aws));
      return count;
    });
    remaining = remaining.slice(answered);
  }
  return found;
}

/** Reads pages, each with its own request. */
async function* paginate(
  from: string | undefined,
  read: (from: string | undefined) => Promise<QueuedPage>,
): AsyncGenerator<QueuedPage> {
  let page: QueuedPage = from === undefined ? { contacts: [] } : { contacts: [], next: from };
  do {
    page = await read(page.next);
    yield page;
  } while (page.next !== undefined);
}
