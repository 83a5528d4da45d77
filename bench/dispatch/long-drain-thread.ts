import { parentPort, workerData } from 'node:worker_threads';
import { TIMEOUTS } from '../../lambda/aws/timeouts.ts';
import { DEFAULT_SETTINGS } from '../../lambda/domain/settings.ts';
import { type DrainWorld, drain } from '../../lambda/flow/drain.ts';
import { FairShares } from '../../lambda/flow/fair-shares.ts';
import type { QuotaState } from '../../lambda/flow/ports.ts';
import { Quota } from '../../lambda/flow/quota.ts';
import { INSTANCE } from '../../local/scenario/centre.ts';
import { SILENT } from '../../sim/virtual/silent.ts';
import { VirtualTime } from '../../sim/virtual/virtual-time.ts';
import { backlog } from './backlog.ts';
import type { LongDrain } from './long-drain.ts';
import { OffHeapTable } from './off-heap-table.ts';
import { tellOfThread } from './thread.ts';

/* The flow of dispatch, as it drains a long backlog in virtual time with the default settings. */

/** How long Connect takes. */
const DESCRIBE_MS = 40;
const UPDATE_MS = 60;

/** What an invocation keeps for its last round, as in `lambda/dispatch`. */
const RESERVED_MS = 15_000;

const { contacts: count } = workerData as { readonly contacts: number };
const time = new VirtualTime(Date.parse('2026-11-23T10:00:00Z'));
const table = new OffHeapTable(time);
const order = new Map(
  backlog(count, DEFAULT_SETTINGS, time.now)
    .map(({ record, urgency }) => {
      table.seed(record);
      return { contactId: record.contactId, urgency };
    })
    .sort((a, b) => (a.urgency < b.urgency ? -1 : 1))
    .map(({ contactId }, place) => [contactId, place] as const),
);
tellOfThread();

let calls = 0;
let kicked = false;
let furthestOutOfOrder = 0;
let quota: { state: QuotaState; revision: number } | undefined;
const clock = { now: () => time.now, sleep: (durationMs: number) => time.sleep(durationMs) };
const world: DrainWorld = {
  contacts: table,
  outbox: {
    async sendRuleMessages() {},
    async kick() {
      kicked = true;
    },
  },
  connect: {
    async describe() {
      await time.sleep(DESCRIBE_MS);
      return { kind: 'described', description: { routing: {}, attributes: {} } };
    },
    async updateRouting({ contactId }) {
      furthestOutOfOrder = Math.max(furthestOutOfOrder, Math.abs((order.get(contactId) ?? 0) - calls));
      calls += 1;
      await time.sleep(UPDATE_MS);
      return { kind: 'done' };
    },
  },
  quota: new Quota(
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
  shares: new FairShares(),
  telemetry: SILENT,
  clock,
  instances: [INSTANCE.id],
  settings: async () => DEFAULT_SETTINGS,
};

let invocations = 0;
async function dispatch(): Promise<void> {
  do {
    kicked = false;
    invocations += 1;
    await drain([], world, time.now + TIMEOUTS.dispatch * 1_000 - RESERVED_MS);
  } while (kicked);
}

const began = time.now;
const draining = dispatch();
await time.run();
await draining;
const result: LongDrain = { calls, invocations, virtualMs: time.now - began, furthestOutOfOrder };
parentPort?.postMessage(result);
