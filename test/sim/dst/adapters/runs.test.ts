import { beforeAll, expect, test } from '@jest/globals';
import { runSeeds } from '../../../../sim/dst/campaign.ts';
import { ADAPTERS_EVERY } from '../../../../sim/dst/conditions.ts';
import { ADAPTER_FAULTS } from '../../../../sim/dst/faults.ts';
import { runSeed } from '../../../../sim/dst/run-seed.ts';

/** A seed with every fault of the adapters, and with calls. */
const EVENTFUL = 106 * ADAPTERS_EVERY;

/** A seed with every kind of request. */
const VARIED = 19 * ADAPTERS_EVERY;

async function tracedRun(seed: number) {
  const trace: string[] = [];
  const result = await runSeed(seed, (line) => trace.push(line));
  return { ...result, trace };
}

let eventful: Awaited<ReturnType<typeof tracedRun>>;

beforeAll(async () => {
  eventful = await tracedRun(EVENTFUL);
}, 600_000);

test('the handlers keep the invariants with their adapters, for two seeds', async () => {
  const tally = await runSeeds({ first: ADAPTERS_EVERY, count: 2, step: ADAPTERS_EVERY });
  expect(tally.failures).toEqual([]);
  expect(tally.dimensions.adapters).toBe(2);
  expect(tally.calls).toBeGreaterThan(2);
}, 600_000);

test('the faults that only these runs have strike, and leave the invariants', () => {
  expect(eventful.violations).toEqual([]);
  expect([...ADAPTER_FAULTS].filter((fault) => !eventful.faults.get(fault))).toStrictEqual([]);
  // More than a third are those of the judges that only these runs have.
  expect(eventful.checks).toBeGreaterThan(400);
});

test('a run through the adapters crosses the protocols of AWS, and is the same each time', async () => {
  const { trace } = await tracedRun(VARIED);
  for (const request of [
    'GetItem configuration#version',
    'GetParametersByPath',
    'PutItem i-1#c-',
    'SendMessageBatch WakeUps',
    'SendMessage Dispatch.fifo',
    'BatchGetItem',
    'Query pending',
    'describe c-',
    'call c-',
  ]) {
    expect([request, trace.some((line) => line.includes(request))]).toEqual([request, true]);
  }
  expect((await tracedRun(VARIED)).trace).toEqual(trace);
}, 600_000);

test('a run leaves the clock, the timers and the environment as they were', async () => {
  const before = [Date, setTimeout, clearTimeout, Math.random, process.env.CONTACTS_TABLE];
  await runSeed(ADAPTERS_EVERY);
  expect([Date, setTimeout, clearTimeout, Math.random, process.env.CONTACTS_TABLE]).toEqual(before);
}, 600_000);
