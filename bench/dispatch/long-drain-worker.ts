import { parentPort, workerData } from 'node:worker_threads';
import { FUNCTION_TIMEOUT_SECONDS } from '../../lambda/domain/deployment-constants.ts';
import { DEFAULT_SETTINGS } from '../../lambda/domain/settings.ts';
import { dispatchBatch } from '../../lambda/flow/dispatch/dispatch.ts';
import { FairQueue } from '../../lambda/flow/dispatch/fair-queue.ts';
import type { DispatchPorts } from '../../lambda/flow/dispatch/ports.ts';
import { RateLimiter } from '../../lambda/flow/dispatch/rate-limiter.ts';
import type { QuotaState } from '../../lambda/flow/ports.ts';
import { INSTANCE } from '../../local/demo/centre-config.ts';
import { NO_TELEMETRY } from '../../sim/virtual/no-telemetry.ts';
import { VirtualTime } from '../../sim/virtual/virtual-time.ts';
import { generateBacklog } from './backlog.ts';
import type { LongDrainResult } from './long-drain.ts';
import { OffHeapTable } from './off-heap-table.ts';
import { publishThreadUsage } from './thread-usage.ts';

/* Drains a long backlog with the flow of dispatch, in virtual time with the default settings. */

/** The latencies of Connect. */
const DESCRIBE_MS = 40;
const UPDATE_MS = 60;

const { contacts: count } = workerData as { readonly contacts: number };
const time = new VirtualTime(Date.parse('2026-11-23T10:00:00Z'));
const table = new OffHeapTable(time);
const order = new Map(
  generateBacklog(count, DEFAULT_SETTINGS, time.now)
    .map(({ record, sortKey }) => {
      table.seed(record);
      return { contactId: record.contactId, sortKey };
    })
    .sort((a, b) => (a.sortKey < b.sortKey ? -1 : 1))
    .map(({ contactId }, rank) => [contactId, rank] as const),
);
publishThreadUsage();

let calls = 0;
let notified = false;
let maxDisplacement = 0;
let quota: { state: QuotaState; revision: number } | undefined;
const clock = { now: () => time.now, sleep: (durationMs: number) => time.sleep(durationMs) };
const ports: DispatchPorts = {
  contacts: table,
  outbox: {
    async sendWakeUps() {},
    async notifyDispatch() {
      notified = true;
    },
  },
  connect: {
    async describe() {
      await time.sleep(DESCRIBE_MS);
      return { kind: 'described', description: { routing: {}, attributes: {} } };
    },
    async updateRouting({ contactId }, _attempt, log) {
      await log.begin({ key: contactId, until: time.now });
      maxDisplacement = Math.max(maxDisplacement, Math.abs((order.get(contactId) ?? 0) - calls));
      calls += 1;
      await time.sleep(UPDATE_MS);
      return { kind: 'done' };
    },
  },
  rateLimiter: new RateLimiter(
    {
      async load() {
        return quota;
      },
      async save(state, revision) {
        quota = { state, revision: revision + 1 };
        return revision + 1;
      },
    },
    clock,
  ),
  fairQueues: { updates: new FairQueue(), questions: new FairQueue() },
  async backOff() {},
  telemetry: NO_TELEMETRY,
  clock,
  instances: [INSTANCE.id],
  settings: async () => DEFAULT_SETTINGS,
  storedNames: async () => undefined,
};

let invocations = 0;
async function dispatch(): Promise<void> {
  do {
    notified = false;
    invocations += 1;
    await dispatchBatch([], ports, FUNCTION_TIMEOUT_SECONDS.dispatch * 1_000);
  } while (notified);
}

const startedAt = time.now;
const dispatched = dispatch();
await time.run();
await dispatched;
const result: LongDrainResult = { calls, invocations, virtualMs: time.now - startedAt, maxDisplacement };
parentPort?.postMessage(result);
