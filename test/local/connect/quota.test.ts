import {
  DescribeContactCommand,
  ThrottlingException,
  UpdateContactRoutingDataCommand,
} from '@aws-sdk/client-connect';
import { afterEach, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { ConnectServiceOptions } from '../../../local/connect/index.ts';
import { ApiQuota } from '../../../sim/virtual/api-quota.ts';
import { at, call, INSTANCE } from '../../sim/centre/fixture.ts';
import { startConnectEndpoint } from '../fixtures/connect.ts';
import { rejectionOf } from '../fixtures/rejection.ts';

let connect: Awaited<ReturnType<typeof startConnectEndpoint>> | undefined;

afterEach(async () => {
  await connect?.stop();
  connect = undefined;
});

async function started(options: Pick<ConnectServiceOptions, 'quotas'> = {}) {
  connect = await startConnectEndpoint(options);
  const { client, centre, calls, clock } = connect;
  centre.arrive(at(0), call('c'));
  const ids = { InstanceId: INSTANCE.id, ContactId: 'c' };
  /** Makes calls one after another and returns how many succeed. */
  async function countSuccesses(times: number, send: () => Promise<unknown>): Promise<number> {
    let succeeded = 0;
    for (let time = 0; time < times; time += 1) {
      await send().then(
        () => {
          succeeded += 1;
        },
        (error: unknown) => expect(error).toBeInstanceOf(ThrottlingException),
      );
    }
    return succeeded;
  }
  return {
    calls,
    clock,
    update: (times: number, QueuePriority = 1) =>
      countSuccesses(times, () =>
        client.send(new UpdateContactRoutingDataCommand({ ...ids, QueuePriority })),
      ),
    describe: (times: number) => countSuccesses(times, () => client.send(new DescribeContactCommand(ids))),
    invalid: () => client.send(new UpdateContactRoutingDataCommand(ids)),
  };
}

describe('throttling', () => {
  test('the default quota of updates is a burst of 20 and 20 per second', async () => {
    const { update, clock } = await started();
    expect(await update(25)).toBe(20);
    clock.now += 49;
    expect(await update(1)).toBe(0);
    clock.now += 1;
    expect(await update(2)).toBe(1);
    clock.now += 60_000;
    expect(await update(25)).toBe(20);
  });

  test('the default quota of DescribeContact is a burst of 15 and 10 per second', async () => {
    const { describe, clock } = await started();
    expect(await describe(20)).toBe(15);
    clock.now += 250;
    expect(await describe(5)).toBe(2);
    clock.now += 50;
    expect(await describe(5)).toBe(1);
  });

  test('each API has its own quota', async () => {
    const { update, describe } = await started({
      quotas: {
        UpdateContactRoutingData: { ratePerSecond: 1, burst: 2 },
        DescribeContact: { ratePerSecond: 1, burst: 3 },
      },
    });
    expect(await update(5)).toBe(2);
    expect(await describe(5)).toBe(3);
  });

  test('a throttled call is reported, changes nothing and takes no token', async () => {
    const quotas = {
      UpdateContactRoutingData: { ratePerSecond: 1, burst: 1 },
      DescribeContact: { ratePerSecond: 1, burst: 1 },
    };
    const { update, calls, clock } = await started({ quotas });
    expect(await update(1, 4)).toBe(1);
    expect(await update(3, 3)).toBe(0);
    expect(calls.map(({ result }) => result)).toEqual([
      'done',
      'ThrottlingException',
      'ThrottlingException',
      'ThrottlingException',
    ]);
    expect(connect?.centre.describe(at(0), 'c').priority).toBe(4);
    clock.now += 1_000;
    expect(await update(1, 2)).toBe(1);
  });

  test('a call that is rejected as invalid takes a token', async () => {
    const quotas = {
      UpdateContactRoutingData: { ratePerSecond: 1, burst: 1 },
      DescribeContact: { ratePerSecond: 1, burst: 1 },
    };
    const { invalid } = await started({ quotas });
    expect(await rejectionOf(invalid())).toMatchObject({ name: 'InvalidParameterException' });
    expect(await rejectionOf(invalid())).toMatchObject({
      name: 'ThrottlingException',
      message: 'Rate exceeded',
      $metadata: { httpStatusCode: 429 },
    });
  });
});

describe('the quota', () => {
  test('grants at most burst + rate x T calls in any window of T seconds, and at least the burst', () => {
    const gapsMs = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 150, size: 'max' });
    const limit = fc.record({
      ratePerSecond: fc.integer({ min: 1, max: 20 }),
      burst: fc.integer({ min: 1, max: 20 }),
    });
    fc.assert(
      fc.property(limit, gapsMs, (limits, gaps) => {
        const quota = new ApiQuota(limits);
        let now = 0;
        const granted: number[] = [];
        for (const gap of gaps) {
          now += gap;
          if (quota.take(now)) granted.push(now);
        }
        const excess = granted.flatMap((from, first) =>
          granted
            .slice(first)
            .map((to, count) => count + 1 - limits.burst - (limits.ratePerSecond * (to - from)) / 1_000),
        );
        expect(Math.max(...excess)).toBeLessThanOrEqual(1e-6);
        expect(granted.length).toBeGreaterThanOrEqual(Math.min(gaps.length, limits.burst));
      }),
    );
  });

  test('a clock that runs backwards neither adds nor removes tokens', () => {
    const quota = new ApiQuota({ ratePerSecond: 1, burst: 1 });
    expect([1_000, 500, 1_999, 2_000, 0].map((now) => quota.take(now))).toEqual([
      true,
      false,
      false,
      true,
      false,
    ]);
  });
});
