import { expect, test } from '@jest/globals';
import type { TokenBucket } from '../../../lambda/domain/routing/token-bucket.ts';
import { DEFAULT_SETTINGS } from '../../../lambda/domain/settings.ts';
import { RateLimiter } from '../../../lambda/flow/dispatch/rate-limiter.ts';
import type { QuotaState } from '../../../lambda/flow/ports.ts';
import { T0 } from '../../support/contacts.ts';

/** Full buckets in a store, and processes that take tokens from them. */
function quota(updates = 20) {
  const bucket = (tokens: number, ratePerSecond: number) => {
    return { tokens, at: T0, ratePerSecond, limitPerSecond: ratePerSecond };
  };
  let kept = { state: { update: bucket(updates, 18), describe: bucket(15, 9) } as QuotaState, revision: 1 };
  const time = { now: T0 };
  let writes = 0;
  const store = {
    load: async () => kept,
    save: async (state: QuotaState, revision: number) => {
      if (revision !== kept.revision) return undefined;
      writes += 1;
      kept = { state, revision: revision + 1 };
      return kept.revision;
    },
  };
  const process = () => new RateLimiter(store, { now: () => time.now });
  const bucketOf = (api: keyof QuotaState): TokenBucket => kept.state[api];
  return { process, time, writes: () => writes, bucketOf };
}

/** Takes tokens one at a time, until none is granted. */
async function takeAll(limiter: RateLimiter): Promise<number> {
  let taken = 0;
  while ((await limiter.take('update', 1, DEFAULT_SETTINGS)).granted > 0) taken += 1;
  return taken;
}

test('a call that comes alone takes tokens ahead for the next ones, of both APIs, which write nothing', async () => {
  const { process, writes, bucketOf } = quota();
  const limiter = process();
  const calls = ['describe', 'update', 'update', 'update', 'update', 'update', 'describe'] as const;
  for (const api of calls) {
    expect(await limiter.take(api, 1, DEFAULT_SETTINGS)).toEqual({ granted: 1, waitMs: 0 });
  }
  expect(writes()).toBe(1);
  expect([bucketOf('update').tokens, bucketOf('describe').tokens]).toEqual([15, 11]);
  await limiter.take('update', 1, DEFAULT_SETTINGS);
  expect(writes()).toBe(2);
});

test('no more tokens are there than the burst, also after a while', async () => {
  const { process, time } = quota();
  const [first, second] = [process(), process()];
  await first.take('update', 1, DEFAULT_SETTINGS);
  time.now += 60_000;
  expect((await takeAll(second)) + (await takeAll(first))).toBe(20);
});

test('tokens that a process took ahead lapse with it', async () => {
  const { process, time } = quota();
  const limiter = process();
  await limiter.take('update', 1, DEFAULT_SETTINGS);
  // A clock may be behind by some seconds.
  time.now += 300_000;
  expect(await takeAll(process())).toBe(15);
  time.now += 5_000;
  expect(await takeAll(process())).toBe(20);
});

test.each([0, 1])('tokens that have lapsed are not used, after the use of %d others', async (used) => {
  const { process, time, writes } = quota();
  const limiter = process();
  for (let call = 0; call <= used; call++) await limiter.take('update', 1, DEFAULT_SETTINGS);
  time.now += 300_000;
  await limiter.take('update', 1, DEFAULT_SETTINGS);
  expect(writes()).toBe(2);
});

test('another process takes none ahead meanwhile', async () => {
  const { process, bucketOf } = quota();
  await process().take('update', 1, DEFAULT_SETTINGS);
  const { ahead } = bucketOf('update');
  await process().take('update', 1, DEFAULT_SETTINGS);
  expect(bucketOf('update')).toMatchObject({ tokens: 13, ahead });
});

test('none are taken ahead of a bucket that would be less than half full', async () => {
  const { process, bucketOf } = quota(15);
  await process().take('update', 1, DEFAULT_SETTINGS);
  expect(bucketOf('update')).toEqual({ tokens: 14, at: T0, ratePerSecond: 18, limitPerSecond: 18 });
});

test('after a throttle nothing that was taken ahead is used', async () => {
  const { process } = quota();
  const limiter = process();
  await limiter.take('update', 1, DEFAULT_SETTINGS);
  await limiter.recordResults('update', ['throttled'], DEFAULT_SETTINGS);
  expect((await limiter.take('update', 1, DEFAULT_SETTINGS)).granted).toBe(0);
});

test('after another rate is set, the bucket is asked', async () => {
  const { process, writes } = quota();
  const limiter = process();
  await limiter.take('update', 1, DEFAULT_SETTINGS);
  await limiter.take('update', 1, { ...DEFAULT_SETTINGS, updateRate: 5 });
  expect(writes()).toBe(2);
});

test('what observing policies ask for leaves what was taken ahead alone', async () => {
  const { process, writes } = quota();
  const limiter = process();
  await limiter.take('describe', 1, DEFAULT_SETTINGS);
  await limiter.take('describe', 1, DEFAULT_SETTINGS, 5);
  expect(writes()).toBe(2);
});
