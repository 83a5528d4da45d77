import { describe, expect, test } from '@jest/globals';
import type { TokenBucket } from '../../../lambda/domain/routing/token-bucket.ts';
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
    // A round without a call says nothing about the API.
    await record(quota, []);
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

describe('the store of the quotas', () => {
  /** A store that counts its requests, with what it holds. */
  function countingStore(initial?: { state: QuotaState; revision: number }, lostRaces = 0) {
    let kept = initial;
    let conflicts = lostRaces;
    const calls = { load: 0, save: 0 };
    const store = {
      load: async () => {
        calls.load += 1;
        return kept;
      },
      save: async (state: QuotaState, revision: number) => {
        calls.save += 1;
        if (conflicts > 0) {
          conflicts -= 1;
          // Somebody else took all tokens in between.
          const taken = (bucket: TokenBucket) => ({ ...bucket, tokens: 0 });
          kept = {
            state: { update: taken(state.update), describe: taken(state.describe) },
            revision: revision + 1,
          };
          return undefined;
        }
        if (revision !== (kept?.revision ?? 0)) return undefined;
        kept = { state, revision: revision + 1 };
        return kept.revision;
      },
    };
    return { store, calls, kept: () => kept };
  }
  const full = (limitPerSecond?: { update: number; describe: number }) => ({
    update: { tokens: 15, at: T0, ratePerSecond: 18, limitPerSecond: limitPerSecond?.update },
    describe: { tokens: 15, at: T0, ratePerSecond: 9, limitPerSecond: limitPerSecond?.describe },
  });
  const LIMITS = { update: 18, describe: 9 };
  const limiter = (store: ConstructorParameters<typeof RateLimiter>[0]) =>
    new RateLimiter(store, { now: () => T0 });

  test.each([0, -1])('is not asked for %d tokens', async (count) => {
    const { store, calls } = countingStore({ state: full(), revision: 1 });
    expect(await limiter(store).take('update', count, DEFAULT_SETTINGS)).toEqual({ granted: 0, waitMs: 0 });
    expect(calls).toEqual({ load: 0, save: 0 });
  });

  test('is not asked about the results of no calls', async () => {
    const { store, calls } = countingStore({ state: full(), revision: 1 });
    const quota = limiter(store);
    for (let round = 0; round < 10; round++) await quota.recordResults('update', [], DEFAULT_SETTINGS);
    expect(calls).toEqual({ load: 0, save: 0 });
    await quota.recordResults('update', ['unknown', 'unknown', 'unknown', 'unknown'], DEFAULT_SETTINGS);
    await quota.recordResults('update', [], DEFAULT_SETTINGS);
    await quota.recordResults('update', ['unknown'], DEFAULT_SETTINGS);
    expect(calls).toEqual({ load: 1, save: 1 });
  });

  test('is read once, and written for each grant of several', async () => {
    const { store, calls, kept } = countingStore({ state: full(LIMITS), revision: 1 });
    const quota = limiter(store);
    expect(await quota.take('update', 5, DEFAULT_SETTINGS)).toEqual({ granted: 5, waitMs: 0 });
    expect(await quota.take('describe', 4, DEFAULT_SETTINGS)).toEqual({ granted: 4, waitMs: 0 });
    expect(calls).toEqual({ load: 1, save: 2 });
    expect(kept()).toMatchObject({
      // Three were taken ahead with the first write, of the bucket that stayed full enough.
      state: { update: { tokens: 10 }, describe: { tokens: 8 } },
      revision: 3,
    });
  });

  test('is written first at revision 0', async () => {
    let now = T0;
    const { store, kept } = countingStore();
    const quota = new RateLimiter(store, { now: () => now });
    expect(await quota.take('update', 5, DEFAULT_SETTINGS)).toEqual({ granted: 0, waitMs: 56 });
    now += 1_000;
    expect(await quota.take('update', 5, DEFAULT_SETTINGS)).toEqual({ granted: 5, waitMs: 0 });
    expect(kept()?.revision).toBe(1);
  });

  test('a conflict is a loss: the tokens of the other are gone', async () => {
    const { store, calls } = countingStore({ state: full(LIMITS), revision: 1 }, 1);
    expect(await limiter(store).take('update', 5, DEFAULT_SETTINGS)).toEqual({ granted: 0, waitMs: 56 });
    expect(calls).toEqual({ load: 2, save: 1 });
  });

  test('reserved tokens are left, and nothing is written where no others are there', async () => {
    const { store, calls } = countingStore({ state: full(LIMITS), revision: 1 });
    const quota = limiter(store);
    expect(await quota.take('update', 20, DEFAULT_SETTINGS, 10)).toEqual({ granted: 5, waitMs: 0 });
    expect(await quota.take('update', 20, DEFAULT_SETTINGS, 10)).toMatchObject({ granted: 0 });
    expect(calls).toEqual({ load: 1, save: 1 });
  });

  test.each<[string, Partial<typeof LIMITS>, number]>([
    ['no limit', {}, 0],
    ['the limit of updates', { update: 4 }, 1],
    ['the limit of questions', { describe: 4 }, 1],
  ])('without a grant it is written where another limit holds: %s', async (_name, before, saves) => {
    const state = full({ ...LIMITS, ...before });
    const { store, calls, kept } = countingStore({
      state: { ...state, update: { ...state.update, tokens: 0 } },
      revision: 1,
    });
    expect(await limiter(store).take('update', 1, DEFAULT_SETTINGS)).toEqual({ granted: 0, waitMs: 56 });
    expect(calls.save).toBe(saves);
    expect(kept()).toMatchObject({
      revision: 1 + saves,
      state: { update: { limitPerSecond: 18 }, describe: { limitPerSecond: 9 } },
    });
  });

  test.each(['tokens', 'at', 'ratePerSecond'])('a bucket without %s counts as none', async (name) => {
    const state = full(LIMITS);
    const damaged = { ...state, update: { ...state.update, [name]: undefined } } as unknown as QuotaState;
    const { store } = countingStore({ state: damaged, revision: 1 });
    expect(await limiter(store).take('update', 1, DEFAULT_SETTINGS)).toEqual({ granted: 0, waitMs: 56 });
  });

  test('unanswered questions slow only questions down', async () => {
    const { store, kept } = countingStore({ state: full(LIMITS), revision: 1 });
    const unanswered = Array.from({ length: 5 }, () => 'unknown' as const);
    const quota = limiter(store);
    await quota.recordResults('describe', unanswered.slice(1), DEFAULT_SETTINGS);
    expect(kept()?.revision).toBe(1);
    await quota.recordResults('describe', unanswered.slice(4), DEFAULT_SETTINGS);
    expect(kept()).toMatchObject({
      revision: 2,
      state: { update: { ratePerSecond: 18 }, describe: { ratePerSecond: 4.5 } },
    });
  });
});
