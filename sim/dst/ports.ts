import type { ContactKey } from '../../lambda/domain/contact/contact-key.ts';
import { keyString } from '../../lambda/domain/contact/contact-key.ts';
import { CONFIGURATION_MAX_AGE_SECONDS } from '../../lambda/domain/deployment-constants.ts';
import { canonicalJson } from '../../lambda/domain/json.ts';
import type { MessageQueue } from '../../lambda/domain/messages/message-queue.ts';
import type { PolicySet } from '../../lambda/domain/policy/policy-set.ts';
import type { DescribeResult } from '../../lambda/domain/reconcile/description.ts';
import type { UpdateAttempt } from '../../lambda/domain/reconcile/next-update.ts';
import type { UpdateResult } from '../../lambda/domain/reconcile/update-result.ts';
import type { Settings } from '../../lambda/domain/settings.ts';
import type { ContactSearch } from '../../lambda/flow/adopt.ts';
import { backOffMs } from '../../lambda/flow/back-off.ts';
import { FairQueue } from '../../lambda/flow/dispatch/fair-queue.ts';
import type {
  Configuration,
  Connect,
  ContactStore,
  EventBus,
  FanOutPositionStore,
  MessageSource,
  Outbox,
  OutgoingMessage,
  QueuedPage,
  QuotaStore,
  SignalOutbox,
  SweepPositionStore,
} from '../../lambda/flow/ports.ts';
import type { Random } from '../random.ts';
import type { MemoryTable } from '../virtual/memory-table.ts';
import type { Message } from '../virtual/message.ts';
import { NO_TELEMETRY } from '../virtual/no-telemetry.ts';
import type { Faults } from './faults.ts';
import type { IdempotencyRecords } from './idempotency.ts';
import type { InvariantChecker } from './invariant-checker.ts';
import { ObservedRateLimiter } from './observed-rate-limiter.ts';
import type { Process } from './process.ts';
import type { SimulatedConnect } from './simulated-connect.ts';

/** The services that the ports of a process use. */
interface AwsServices {
  readonly faults: Faults;
  readonly region: string;
  readonly instances: readonly string[];
  readonly configuration: Configuration;
  readonly connect: SimulatedConnect;
  readonly checker: InvariantChecker;
  readonly table: MemoryTable;
  readonly idempotency: IdempotencyRecords<UpdateResult>;
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

export function createPorts(process: Process, aws: AwsServices) {
  const clock = { now: () => process.now, sleep: (durationMs: number) => process.sleep(durationMs) };
  const configuration = configurationPort(process, aws);
  const contacts: ContactStore = {
    load: (key) => process.request(`load ${key.contactId}`, () => aws.table.load(key)),
    loadMany: (keys) =>
      process.request(`load ${keys.map(({ contactId }) => contactId)}`, () => aws.table.loadMany(keys)),
    save: (record, revision, entries) =>
      process.request(`save ${record.contactId} over ${revision}`, () => {
        const saved = aws.table.save(jsonRoundTrip(record), revision, entries);
        if (saved !== undefined) aws.checker.onSave(record, process.now);
        return saved;
      }),
    pending: (...query) => process.request('query pending', () => aws.table.pending(...query)),
    queued: (queueArn, from) =>
      paginate(from, (start) =>
        process.request('query queued', () => aws.table.queued(aws.pageSize, queueArn, start)),
      ),
  };
  const sendMessages = (queue: MessageQueue, messages: readonly OutgoingMessage[]) =>
    process.request(`send ${messages.map(({ body }) => `${body.type} ${body.contactId ?? ''}`)}`, () => {
      for (const { body, delaySeconds } of messages) aws.sendMessage(queue, body, delaySeconds * 1_000);
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
    load: () => process.request('load quota', () => aws.table.loadQuota()),
    save: (state, revision) => process.request('save quota', () => aws.table.saveQuota(state, revision)),
  };
  const sweepPosition: SweepPositionStore = {
    load: () => process.request('load sweep position', () => aws.table.loadSweepPosition()),
    save: (position) =>
      process.request('save sweep position', () => aws.table.saveSweepPosition(jsonRoundTrip(position))),
  };
  const fanOuts: FanOutPositionStore = {
    load: (id) => process.request('load fan-out', () => aws.table.loadFanOut(id)),
    save: (id, position) =>
      process.request('save fan-out', () => aws.table.saveFanOut(id, jsonRoundTrip(position))),
  };
  const eventBus: EventBus = {
    send: (events) =>
      process.request(`put ${events.map(({ detail }) => detail.id)}`, () =>
        events.map((event) => {
          if (aws.faults.injects('event-not-accepted')) return 'InternalFailure';
          aws.checker.events.onAccepted(event);
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
    telemetry: NO_TELEMETRY,
    settings: async () => (await configuration()).settings,
    search: searchPort(process, aws),
    storedNames: async () => (await configuration()).policies,
    connect: connectPort(process, aws),
    region: aws.region,
    instances: aws.instances,
  };
}

function connectPort(process: Process, aws: AwsServices): (remainingMs: () => number) => Connect {
  return (remainingMs) => ({
    updateRouting: (key, attempt) => updateRouting(process, aws, key, attempt, remainingMs()),
    async describe(key): Promise<DescribeResult> {
      try {
        return await process.request(
          `describe ${key.contactId}`,
          () => aws.connect.describe(process.now, key),
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
        const found = aws.connect.search(process.now, instanceId);
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
  remainingMs: number,
): Promise<UpdateResult> {
  const { instanceId, contactId } = key;
  const { generation, update } = attempt;
  const identity = canonicalJson({ instanceId, contactId, generation, update });
  const { idempotency, checker } = aws;
  try {
    const begin = await process.request(`begin call ${key.contactId}`, () => {
      if (aws.faults.injects('idempotency-expired')) {
        idempotency.forget(identity);
        checker.onIdempotencyExpired(key);
      }
      return idempotency.begin(identity, process.now, remainingMs);
    });
    if (begin.kind === 'completed') return begin.result;
    if (begin.kind === 'in-progress')
      return { kind: 'unknown', message: 'another process is sending it', isUncalled: true };
    const sent = checker.onSend(process, key, attempt);
    const result = await process.request(
      `call ${key.contactId} ${canonicalJson(update)}`,
      () => {
        const { result, isApplied } = aws.connect.update(process.now, key, attempt);
        checker.onResponse(sent, result, isApplied);
        return result;
      },
      'update',
    );
    await process.request(`end call ${key.contactId} ${result.kind}`, () => {
      if (result.kind !== 'done') return idempotency.forget(identity);
      idempotency.complete(identity, result, process.now);
      checker.onIdempotencyRecorded(sent);
    });
    return result;
  } catch (error) {
    return { kind: 'unknown', message: String(error) };
  }
}

function configurationPort(process: Process, aws: AwsServices): () => Promise<Configuration> {
  let cached: { readonly value: { policies: PolicySet; settings: Settings }; until: number } | undefined;
  return async () => {
    if (cached && process.now < cached.until) return cached.value;
    if (cached && aws.faults.injects('stale-policies')) {
      cached.until = process.now + STALE_POLICIES_CACHED_MS;
      return cached.value;
    }
    const value = await process.request('read policies', () => aws.configuration);
    cached = { value, until: process.now + POLICIES_CACHED_MS };
    return value;
  };
}

/** A record as the table returns it: a copy without undefined members. */
function jsonRoundTrip<T>(record: T): T {
  return JSON.parse(JSON.stringify(record)) as T;
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
