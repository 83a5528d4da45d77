import { describe, expect, test } from '@jest/globals';
import { DEFAULT_SETTINGS } from '../../../lambda/domain/settings.ts';
import { RateLimiter } from '../../../lambda/flow/dispatch/rate-limiter.ts';
import type { QuotaState } from '../../../lambda/flow/ports.ts';
import { context, T0 } from '../../support/contacts.ts';
import { dispatchAll, enqueue, PRIORITY_2 } from '../../support/flow.ts';
import { MemoryPorts } from '../../support/memory-ports.ts';

/** A quota whose bucket is full, over a store in memory. */
function fullQuota() {
  const clock = { now: () => T0 };
  const bucket = { tokens: 15, at: T0, ratePerSecond: 9 };
  let kept: { state: QuotaState; revision: number } = {
    state: { update: { ...bucket, ratePerSecond: 18 }, describe: bucket },
    revision: 1,
  };
  const store = {
    load: async () => kept,
    save: async (state: QuotaState, revision: number) => {
      if (revision !== kept.revision) return undefined;
      kept = { state, revision: revision + 1 };
      return kept.revision;
    },
  };
  const process = () => new RateLimiter(store, clock);
  return { process, rates: () => [kept.state.update.ratePerSecond, kept.state.describe.ratePerSecond] };
}
const record = (quota: RateLimiter, kinds: Parameters<RateLimiter['recordResults']>[1]) =>
  quota.recordResults('update', kinds, DEFAULT_SETTINGS);

test.each<[string, unknown]>([
  ['nothing', undefined],
  ['no buckets', {}],
  ['one bucket', { update: { tokens: 5, at: T0, ratePerSecond: 18 } }],
  [
    'texts',
    { update: { tokens: 'x', at: T0, ratePerSecond: 18 }, describe: { tokens: 1, at: T0, ratePerSecond: 9 } },
  ],
])('a stored state that is damaged (%s) grants nothing at first, and calls go on', async (_name, damaged) => {
  let kept = { state: damaged as QuotaState, revision: 7 };
  const store = {
    load: async () => kept,
    save: async (state: QuotaState, revision: number) => {
      kept = { state, revision: revision + 1 };
      return kept.revision;
    },
  };
  let now = T0;
  const quota = new RateLimiter(store, { now: () => now });
  expect(await quota.take('update', 5, DEFAULT_SETTINGS)).toEqual({ granted: 0, waitMs: 56 });
  now += 1_000;
  expect(await quota.take('update', 5, DEFAULT_SETTINGS)).toEqual({ granted: 5, waitMs: 0 });
  expect(kept).toMatchObject({ revision: 8, state: { update: { tokens: 13 } } });
});

describe('the results of calls', () => {
  test('a throttle halves the rate of that API once a round', async () => {
    const { process, rates } = fullQuota();
    await record(process(), ['done', 'throttled', 'throttled']);
    expect(rates()).toEqual([9, 9]);
    await process().recordResults('describe', ['throttled'], DEFAULT_SETTINGS);
    expect(rates()).toEqual([9, 4.5]);
  });

  test('an occasional time-out slows nothing down', async () => {
    const { process, rates } = fullQuota();
    const quota = process();
    for (let round = 0; round < 20; round++) await record(quota, ['unknown', 'done', 'unknown']);
    await record(quota, ['unknown', 'unknown', 'unknown', 'unknown']);
    await record(quota, ['done']);
    expect(rates()).toEqual([18, 9]);
  });

  test('an API that is down is only probed: from the fifth call in a row without an answer on', async () => {
    const { process, rates } = fullQuota();
    const quota = process();
    await record(quota, ['unknown', 'unknown', 'unknown', 'unknown']);
    expect(rates()).toEqual([18, 9]);
    await record(quota, ['unknown']);
    expect(rates()).toEqual([9, 9]);
    for (let round = 0; round < 10; round++) await record(quota, ['unknown']);
    expect(rates()).toEqual([0.5, 9]);
  });
});

test('two processes at once never take more tokens than there are', async () => {
  const { process } = fullQuota();
  const taken = await Promise.all(
    [process(), process()].map((quota) => quota.take('update', 10, DEFAULT_SETTINGS)),
  );
  expect(taken.map(({ granted }) => granted).sort((a, b) => a - b)).toEqual([5, 10]);
});

test('after a crash, the records of calls in progress do not count as an outage of Connect', async () => {
  const memory = new MemoryPorts(context(PRIORITY_2, { checkBeforeFirstChange: false }));
  for (let index = 0; index < 8; index++) await enqueue(memory, `c-${index}`);
  memory.fillQuota();
  memory.updateResult = () => ({ kind: 'unknown', message: 'in progress', isUncalled: true });
  await dispatchAll(memory, []);
  expect((await memory.loadQuota())?.state.update.ratePerSecond).toBe(18);
  expect(memory.calls.length).toBeGreaterThanOrEqual(8);
});

test('as many calls that Connect did not answer do', async () => {
  const memory = new MemoryPorts(context(PRIORITY_2, { checkBeforeFirstChange: false }));
  for (let index = 0; index < 8; index++) await enqueue(memory, `c-${index}`);
  memory.fillQuota();
  memory.updateResult = () => ({ kind: 'unknown', message: 'timeout' });
  await dispatchAll(memory, []);
  expect((await memory.loadQuota())?.state.update.ratePerSecond).toBeLessThan(18);
});
