import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { CLOCK_SKEW_MS } from '../../../lambda/domain/deployment-constants.ts';
import {
  backOff,
  emptyBucket,
  msUntilToken,
  refill,
  type TokenBucket,
  type TokensAhead,
  take,
  takeAhead,
} from '../../../lambda/domain/routing/token-bucket.ts';

const LIMITS = { ratePerSecond: 18, burst: 20 };

describe('the token bucket', () => {
  test('starts empty, so that a cold start earns nothing', () => {
    expect(emptyBucket(LIMITS, 1_000)).toEqual({
      tokens: 0,
      at: 1_000,
      ratePerSecond: 18,
      limitPerSecond: 18,
    });
  });

  test.each([
    ['earns continuously', 0, 500, 9],
    ['keeps fractions', 0.25, 100, 2.05],
    ['is never deeper than its burst', 15, 60_000, 20],
    ['earns nothing when a clock runs back', 3, -5_000, 3],
  ])('%s', (_name, tokens, elapsedMs, expected) => {
    const bucket = { tokens, at: 10_000, ratePerSecond: 18 };
    const later = refill(bucket, LIMITS, 10_000 + elapsedMs);
    expect(later.tokens).toBeCloseTo(expected, 9);
    expect(later.at).toBe(Math.max(10_000, 10_000 + elapsedMs));
  });

  test('after a throttle it is empty, earns half as fast, and climbs back slowly', () => {
    const slow = backOff({ tokens: 12, at: 0, ratePerSecond: 18 });
    expect(slow).toEqual({ tokens: 0, at: 0, ratePerSecond: 9 });
    // From 9/s it climbs by 18/120 = 0.15 each second: half way back after 30 s, all the way after 60 s.
    expect(refill(slow, LIMITS, 1_000).tokens).toBeCloseTo(9.075, 9);
    expect(refill(slow, LIMITS, 30_000).ratePerSecond).toBeCloseTo(13.5, 9);
    expect(refill(slow, LIMITS, 60_000).ratePerSecond).toBeCloseTo(18, 9);
    expect(refill(slow, LIMITS, 600_000).ratePerSecond).toBe(18);
  });

  test('the rate never falls to zero', () => {
    let bucket = emptyBucket(LIMITS, 0);
    for (let throttles = 0; throttles < 50; throttles++) bucket = backOff(bucket);
    expect(bucket.ratePerSecond).toBe(0.5);
    expect(msUntilToken(bucket)).toBe(2_000);
  });

  test('a lower limit holds at once', () => {
    const bucket = { tokens: 0, at: 0, ratePerSecond: 18 };
    expect(refill(bucket, { ratePerSecond: 2, burst: 5 }, 1_000)).toEqual({
      tokens: 2,
      at: 1_000,
      ratePerSecond: 2,
      limitPerSecond: 2,
    });
  });

  test('a higher limit holds at once, and nothing was earned at it before', () => {
    const low = emptyBucket({ ratePerSecond: 2, burst: 20 }, 0);
    const raised = refill(low, LIMITS, 1_000);
    expect(raised).toEqual({ tokens: 2, at: 1_000, ratePerSecond: 18, limitPerSecond: 18 });
    expect(refill(raised, LIMITS, 1_500).tokens).toBe(11);
  });

  test('a higher limit does not undo what throttles did: the rate climbs', () => {
    const throttled = backOff(emptyBucket({ ratePerSecond: 4, burst: 20 }, 0));
    expect(refill(throttled, LIMITS, 1_000).ratePerSecond).toBeCloseTo(2.15, 9);
  });

  test('a rate that has climbed back to its limit follows the limit at once', () => {
    const limits = { ratePerSecond: 0.9, burst: 20 };
    const back = refill(backOff({ ...emptyBucket(limits, 0), ratePerSecond: 0.7 }), limits, 900_001);
    expect(refill(back, LIMITS, 900_002).ratePerSecond).toBe(18);
  });

  test('after two minutes without a throttle the rate is its limit again, exactly', () => {
    const rate = fc.double({ min: 0.5, max: 100, noNaN: true });
    fc.assert(
      fc.property(rate, rate, (slow, limit) => {
        const bucket = { tokens: 0, at: 0, ratePerSecond: slow, limitPerSecond: 200 };
        expect(refill(bucket, { ratePerSecond: limit, burst: 20 }, 120_000).ratePerSecond).toBe(limit);
      }),
    );
  });

  test('in any window no more is granted than the burst and what the rate earns', () => {
    const demand = fc.record({ waitMs: fc.nat(3_000), count: fc.integer({ min: 1, max: 30 }) });
    fc.assert(
      fc.property(fc.array(demand, { minLength: 1, maxLength: 60 }), (demands) => {
        let bucket = emptyBucket(LIMITS, 0);
        let now = 0;
        const grants: { at: number; count: number }[] = [];
        for (const { waitMs, count } of demands) {
          now += waitMs;
          bucket = refill(bucket, LIMITS, now);
          const granted = Math.min(count, Math.floor(bucket.tokens));
          bucket = take(bucket, granted);
          grants.push({ at: now, count: granted });
        }
        for (const [index, first] of grants.entries()) {
          let sum = 0;
          for (const grant of grants.slice(index)) {
            sum += grant.count;
            const earned = (LIMITS.ratePerSecond * (grant.at - first.at)) / 1_000;
            expect(sum).toBeLessThanOrEqual(LIMITS.burst + earned + 1e-9);
          }
        }
      }),
    );
  });

  test.each([
    ['a token is there', 1, 0],
    ['more than one is there', 1.5, 0],
    ['a quarter is missing', 0.75, 125],
    ['none is there', 0, 500],
    ['tokens are owed', -1, 1_000],
    ['parts of milliseconds are rounded up', 0.9999, 1],
  ])('the time until the next token, where %s', (_name, tokens, waitMs) => {
    expect(msUntilToken({ tokens, at: 0, ratePerSecond: 2 })).toBe(waitMs);
  });

  test('there is a token after the time that it gives', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        fc.double({ min: 0.5, max: 18, noNaN: true }),
        (tokens, ratePerSecond) => {
          const bucket = { tokens, at: 0, ratePerSecond };
          expect(refill(bucket, LIMITS, msUntilToken(bucket)).tokens).toBeGreaterThanOrEqual(1 - 1e-9);
        },
      ),
    );
  });
});

describe('tokens that a process takes ahead', () => {
  const full: TokenBucket = { tokens: 20, at: 1_000, ratePerSecond: 18, limitPerSecond: 18 };
  const T0 = 1_000;
  const taken = takeAhead(full, LIMITS, T0, undefined);
  const { ahead } = taken;

  test('are a quarter of the burst, and at most five', () => {
    expect(taken.tokens).toBe(15);
    expect(ahead).toMatchObject({ count: 5 });
    expect(takeAhead({ ...full, tokens: 8 }, { ...LIMITS, burst: 8 }, T0, undefined)).toMatchObject({
      tokens: 6,
      ahead: { count: 2 },
    });
    expect(takeAhead({ ...full, tokens: 100 }, { ...LIMITS, burst: 100 }, T0, undefined).tokens).toBe(95);
  });

  test('leave half of the burst, or are not taken', () => {
    expect(takeAhead({ ...full, tokens: 15 }, LIMITS, T0, undefined).tokens).toBe(10);
    const few = { ...full, tokens: 14.9 };
    expect(takeAhead(few, LIMITS, T0, undefined)).toBe(few);
  });

  test('are made up to the whole number by the process that has some', () => {
    const again = takeAhead({ ...taken, tokens: 15 }, LIMITS, T0 + 1, { ...ahead, count: 1 } as TokensAhead);
    expect(again).toMatchObject({ tokens: 11, ahead: { count: 5 } });
    expect(again.ahead?.until).toBeGreaterThan(ahead?.until ?? 0);
    const one = takeAhead({ ...taken, tokens: 15 }, LIMITS, T0 + 1, { ...ahead, count: 4 } as TokensAhead);
    expect(one.tokens).toBe(14);
    expect(takeAhead(taken, LIMITS, T0 + 1, ahead)).toBe(taken);
  });

  test('are not taken while another process has some', () => {
    expect(takeAhead(taken, LIMITS, T0 + 1, undefined)).toBe(taken);
    const older = { count: 5, until: (ahead?.until ?? 0) - 1 };
    expect(takeAhead(taken, LIMITS, T0 + 1, older)).toBe(taken);
  });

  test('are taken anew once nobody can have any: what is left of the own ones has lapsed, too', () => {
    const later = (ahead?.until ?? 0) + CLOCK_SKEW_MS;
    expect(takeAhead(taken, LIMITS, later - 1, undefined)).toBe(taken);
    const anew = takeAhead({ ...taken, tokens: 20 }, LIMITS, later, { ...ahead, count: 4 } as TokensAhead);
    expect(anew).toMatchObject({ tokens: 15, ahead: { count: 5 } });
  });
});
