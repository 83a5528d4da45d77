import type { ContactKey } from '../../lambda/domain/contact.ts';
import { canonicalJson } from '../../lambda/domain/json.ts';
import type { CallOutcome, MadeCall } from '../../lambda/domain/outcome.ts';
import type { PolicySet } from '../../lambda/domain/policy/policy.ts';
import type { Settings } from '../../lambda/domain/settings.ts';
import { keyText } from '../../lambda/flow/drain.ts';
import { FairShares } from '../../lambda/flow/fair-shares.ts';
import type {
  Configuration,
  Connect,
  ContactStore,
  DescribeOutcome,
  Outbox,
  QueuedContact,
  QuotaStore,
} from '../../lambda/flow/ports.ts';
import { Quota } from '../../lambda/flow/quota.ts';
import { SILENT } from '../virtual/silent.ts';
import type { Cloud } from './cloud.ts';
import type { Process } from './process.ts';

/** The ports of the flow, as one process has them: everything goes through requests that may fail. */
export type ProcessPorts = ReturnType<typeof portsOf>;

/** For so long a process keeps the policies that it read. */
const POLICIES_KEPT_MS = 20_000;

/** And for so long when reading them fails again and again. */
const STALE_POLICIES_KEPT_MS = 120_000;

export function portsOf(process: Process, cloud: Cloud) {
  const clock = { now: () => process.now, sleep: (durationMs: number) => process.sleep(durationMs) };
  const configuration = configurationOf(process, cloud);
  const contacts: ContactStore = {
    load: (key) => process.request(`load ${key.contactId}`, () => cloud.table.load(key)),
    loadMany: (keys) =>
      process.request(`load ${keys.map(({ contactId }) => contactId)}`, () => cloud.table.loadMany(keys)),
    save: (record, revision, now) =>
      process.request(`save ${record.contactId} over ${revision}`, () => {
        const saved = cloud.table.save(asStored(record), revision, now);
        if (saved !== undefined) cloud.watcher.saved(record, process.now);
        return saved;
      }),
    pending: (instanceId, limit) =>
      process.request('query pending', () => cloud.table.pending(instanceId, limit)),
    queued: (queueArn) =>
      paged(cloud.pageSize, () => process.request('query queued', () => cloud.table.queued(queueArn))),
  };
  const outbox: Outbox = {
    sendRuleMessages: (messages) =>
      process.request(`send ${messages.map(({ body }) => `${body.type} ${body.contactId ?? ''}`)}`, () => {
        for (const { body, delaySeconds } of messages) cloud.sendRuleMessage(body, delaySeconds * 1_000);
      }),
    kick: (key, distinct) =>
      process.request(`kick ${key.contactId}`, () => cloud.kick(key, `${keyText(key)}#${distinct}`)),
  };
  const quotaStore: QuotaStore = {
    load: () => process.request('load quota', () => cloud.table.loadQuota()),
    save: (state, revision) =>
      process.request('save quota', () => {
        const before = cloud.table.loadQuota()?.state;
        const saved = cloud.table.saveQuota(state, revision);
        if (saved !== undefined) cloud.watcher.tokensTaken(process, before, state);
        return saved;
      }),
  };
  const common = { contacts, outbox, clock, configuration };
  return {
    ...common,
    quota: new Quota(quotaStore, clock),
    shares: new FairShares(),
    telemetry: SILENT,
    settings: async () => (await configuration()).settings,
    connect: connectOf(process, cloud),
    region: cloud.region,
    instances: cloud.instances,
  };
}

function connectOf(process: Process, cloud: Cloud): (remainingMs: () => number) => Connect {
  return (remainingMs) => ({
    updateRouting: (key, call) => updateRouting(process, cloud, key, call, remainingMs()),
    async describe(key): Promise<DescribeOutcome> {
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
  cloud: Cloud,
  key: ContactKey,
  call: MadeCall,
  remainingMs: number,
): Promise<CallOutcome> {
  const { instanceId, contactId } = key;
  const { generation, update } = call;
  const identity = canonicalJson({ instanceId, contactId, generation, update });
  const { idempotency, watcher } = cloud;
  try {
    const begun = await process.request(`begin call ${key.contactId}`, () => {
      if (cloud.faults.strikes('record-expired')) {
        idempotency.forget(identity);
        watcher.forgotten(key);
      }
      return idempotency.begin(identity, process.now, remainingMs);
    });
    if (begun.kind === 'completed') return begun.result;
    if (begun.kind === 'under-way') return { kind: 'unknown', message: 'another process is at it' };
    const sent = watcher.sending(process, key, call);
    const outcome = await process.request(
      `call ${key.contactId} ${canonicalJson(update)}`,
      () => {
        const { outcome, applied } = cloud.connect.update(process.now, key, call);
        watcher.answered(sent, outcome, applied);
        return outcome;
      },
      'update',
    );
    await process.request(`end call ${key.contactId} ${outcome.kind}`, () => {
      if (outcome.kind !== 'done') return idempotency.forget(identity);
      idempotency.complete(identity, outcome, process.now);
      watcher.remembered(sent);
    });
    return outcome;
  } catch (error) {
    return { kind: 'unknown', message: String(error) };
  }
}

function configurationOf(process: Process, cloud: Cloud): () => Promise<Configuration> {
  let known: { readonly value: { policies: PolicySet; settings: Settings }; until: number } | undefined;
  return async () => {
    if (known && process.now < known.until) return known.value;
    if (known && cloud.faults.strikes('stale-policies')) {
      known.until = process.now + STALE_POLICIES_KEPT_MS;
      return known.value;
    }
    const value = await process.request('read policies', () => cloud.configuration);
    known = { value, until: process.now + POLICIES_KEPT_MS };
    return value;
  };
}

/** A record as it comes back from the table: what is undefined is gone, nothing is shared. */
function asStored<T>(record: T): T {
  return JSON.parse(JSON.stringify(record)) as T;
}

/** Keys in pages, each had by a request of its own. */
async function* paged(
  size: number,
  read: () => Promise<readonly QueuedContact[]>,
): AsyncGenerator<QueuedContact[]> {
  for (let from = 0; ; from += size) {
    const page = (await read()).slice(from, from + size);
    if (page.length === 0) return;
    yield page;
  }
}
