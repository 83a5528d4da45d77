import type { ContactKey } from '../../lambda/domain/contact/contact-key.ts';
import { keyString } from '../../lambda/domain/contact/contact-key.ts';
import { CONFIGURATION_MAX_AGE_SECONDS } from '../../lambda/domain/deployment-constants.ts';
import { canonicalJson } from '../../lambda/domain/json.ts';
import type { OriginalMessage } from '../../lambda/domain/messages/original-message.ts';
import type { MalformedMessageError } from '../../lambda/domain/messages/rule-message.ts';
import type { PolicySet } from '../../lambda/domain/policy/policy-set.ts';
import type { DescribeResult } from '../../lambda/domain/reconcile/description.ts';
import type { UpdateAttempt } from '../../lambda/domain/reconcile/next-update.ts';
import type { UpdateResult } from '../../lambda/domain/reconcile/update-result.ts';
import type { Settings } from '../../lambda/domain/settings.ts';
import { FairQueue } from '../../lambda/flow/dispatch/fair-queue.ts';
import { RateLimiter } from '../../lambda/flow/dispatch/rate-limiter.ts';
import type {
  Configuration,
  Connect,
  ContactStore,
  DeadLetters,
  Outbox,
  QueuedContact,
  QuotaStore,
} from '../../lambda/flow/ports.ts';
import { NO_TELEMETRY } from '../virtual/no-telemetry.ts';
import type { Process } from './process.ts';
import type { SimulatedAws } from './simulated-aws.ts';

/** The ports of the flow, as one process has them: everything goes through requests that may fail. */
export type ProcessPorts = ReturnType<typeof createPorts>;

const POLICIES_CACHED_MS = CONFIGURATION_MAX_AGE_SECONDS * 1_000;

/** How long a process uses the policies that it read when reading them fails again and again. */
const STALE_POLICIES_CACHED_MS = 120_000;

export function createPorts(process: Process, cloud: SimulatedAws) {
  const clock = { now: () => process.now, sleep: (durationMs: number) => process.sleep(durationMs) };
  const configuration = configurationPort(process, cloud);
  const contacts: ContactStore = {
    load: (key) => process.request(`load ${key.contactId}`, () => cloud.table.load(key)),
    loadMany: (keys) =>
      process.request(`load ${keys.map(({ contactId }) => contactId)}`, () => cloud.table.loadMany(keys)),
    save: (record, revision, entries) =>
      process.request(`save ${record.contactId} over ${revision}`, () => {
        const saved = cloud.table.save(jsonRoundTrip(record), revision, entries);
        if (saved !== undefined) cloud.checker.onSave(record, process.now);
        return saved;
      }),
    pending: (instanceId, limit) =>
      process.request('query pending', () => cloud.table.pending(instanceId, limit)),
    queued: (queueArn) =>
      paginate(cloud.pageSize, () => process.request('query queued', () => cloud.table.queued(queueArn))),
  };
  const outbox: Outbox = {
    sendRuleMessages: (messages) =>
      process.request(`send ${messages.map(({ body }) => `${body.type} ${body.contactId ?? ''}`)}`, () => {
        for (const { body, delaySeconds } of messages) cloud.sendRuleMessage(body, delaySeconds * 1_000);
      }),
    notifyDispatch: (key, deduplicationKey) =>
      process.request(`kick ${key.contactId}`, () =>
        cloud.notifyDispatch(key, `${keyString(key)}#${deduplicationKey}`),
      ),
  };
  const quotaStore: QuotaStore = {
    load: () => process.request('load quota', () => cloud.table.loadQuota()),
    save: (state, revision) =>
      process.request('save quota', () => {
        const before = cloud.table.loadQuota()?.state;
        const saved = cloud.table.saveQuota(state, revision);
        if (saved !== undefined) cloud.checker.onTokensTaken(process, before, state);
        return saved;
      }),
  };
  const common = { contacts, outbox, clock, configuration };
  return {
    ...common,
    rateLimiter: new RateLimiter(quotaStore, clock),
    fairQueue: new FairQueue(),
    deadLetters: {
      send: (body: string, _original: OriginalMessage, error: MalformedMessageError) =>
        process.request('dead-letter', () => {
          cloud.malformed.push({ body, error: error.message });
        }),
    } satisfies DeadLetters,
    telemetry: NO_TELEMETRY,
    settings: async () => (await configuration()).settings,
    connect: connectPort(process, cloud),
    region: cloud.region,
    instances: cloud.instances,
  };
}

function connectPort(process: Process, cloud: SimulatedAws): (remainingMs: () => number) => Connect {
  return (remainingMs) => ({
    updateRouting: (key, call) => updateRouting(process, cloud, key, call, remainingMs()),
    async describe(key): Promise<DescribeResult> {
      try {
        return await process.request(
          `describe ${key.contactId}`,
          () => cloud.connect.describe(process.now, key),
          'describe',
        );
      } catch (error) {
        return { kind: 'unknown', message: String(error) };
      }
    },
  });
}

/** As `lambda/aws/idempotent-connect.ts` does it with Powertools. */
async function updateRouting(
  process: Process,
  cloud: SimulatedAws,
  key: ContactKey,
  call: UpdateAttempt,
  remainingMs: number,
): Promise<UpdateResult> {
  const { instanceId, contactId } = key;
  const { generation, update } = call;
  const identity = canonicalJson({ instanceId, contactId, generation, update });
  const { idempotency, checker: watcher } = cloud;
  try {
    const begun = await process.request(`begin call ${key.contactId}`, () => {
      if (cloud.faults.injects('record-expired')) {
        idempotency.forget(identity);
        watcher.onIdempotencyExpired(key);
      }
      return idempotency.begin(identity, process.now, remainingMs);
    });
    if (begun.kind === 'completed') return begun.result;
    if (begun.kind === 'in-progress') return { kind: 'unknown', message: 'another process is at it' };
    const sent = watcher.onSend(process, key, call);
    const result = await process.request(
      `call ${key.contactId} ${canonicalJson(update)}`,
      () => {
        const { result, isApplied } = cloud.connect.update(process.now, key, call);
        watcher.onResponse(sent, result, isApplied);
        return result;
      },
      'update',
    );
    await process.request(`end call ${key.contactId} ${result.kind}`, () => {
      if (result.kind !== 'done') return idempotency.forget(identity);
      idempotency.complete(identity, result, process.now);
      watcher.onIdempotencyRecorded(sent);
    });
    return result;
  } catch (error) {
    return { kind: 'unknown', message: String(error) };
  }
}

function configurationPort(process: Process, cloud: SimulatedAws): () => Promise<Configuration> {
  let known: { readonly value: { policies: PolicySet; settings: Settings }; until: number } | undefined;
  return async () => {
    if (known && process.now < known.until) return known.value;
    if (known && cloud.faults.injects('stale-policies')) {
      known.until = process.now + STALE_POLICIES_CACHED_MS;
      return known.value;
    }
    const value = await process.request('read policies', () => cloud.configuration);
    known = { value, until: process.now + POLICIES_CACHED_MS };
    return value;
  };
}

/** A record as it comes back from the table: what is undefined is gone, nothing is shared. */
function jsonRoundTrip<T>(record: T): T {
  return JSON.parse(JSON.stringify(record)) as T;
}

/** Keys in pages, each had by a request of its own. */
async function* paginate(
  size: number,
  read: () => Promise<readonly QueuedContact[]>,
): AsyncGenerator<QueuedContact[]> {
  for (let from = 0; ; from += size) {
    const page = (await read()).slice(from, from + size);
    if (page.length === 0) return;
    yield page;
  }
}
