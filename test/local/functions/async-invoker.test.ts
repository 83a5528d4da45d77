import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createAsyncInvoker, type FailureRecord } from '../../../local/functions/async-invoker.ts';
import type { LocalFunction } from '../../../local/functions/function.ts';
import { FunctionError } from '../../../local/functions/function-error.ts';
import { installClock, setClockFactor } from '../../../local/time/clock.ts';

const ERROR = { errorType: 'OwnError', errorMessage: 'no good', trace: ['OwnError: no good'] };

let uninstall: () => void;
let attempts: { requestId: string | undefined; event: unknown; at: number }[];
let records: FailureRecord[];
let lost: string[];

beforeEach(() => {
  attempts = [];
  records = [];
  lost = [];
  uninstall = installClock();
  setClockFactor(1_000);
});

afterEach(() => uninstall());

/** An invoker of a function that fails its first `failures` attempts. */
function invoker(failures: number, onFailure = async (record: FailureRecord) => void records.push(record)) {
  const fn: LocalFunction = {
    name: 'fn',
    arn: 'arn:aws:lambda:eu-central-1:123456789012:function:fn',
    async invoke(event, requestId) {
      attempts.push({ event, requestId, at: Date.now() });
      if (attempts.length <= failures) throw new FunctionError(ERROR);
      return null;
    },
    warmUp: async () => {},
    deploy: () => {},
    pending: () => 0,
    stop: async () => {},
  };
  const onLost = (record: FailureRecord, error: unknown) =>
    void lost.push(`${record.requestContext.requestId}: ${(error as Error).message}`);
  return createAsyncInvoker({ fn, onFailure, onLost });
}

async function waitUntilDone(invoker: { pending(): number }): Promise<void> {
  while (invoker.pending() > 0) await new Promise((resolve) => setImmediate(resolve));
}

describe('an asynchronous invocation', () => {
  test('that succeeds happens once', async () => {
    const invoked = invoker(0);
    invoked.send({ a: 1 });
    expect(invoked.pending()).toBe(1);
    await waitUntilDone(invoked);
    expect(attempts).toHaveLength(1);
    expect(records).toEqual([]);
  });

  test('that fails is retried after one minute, then after two, with the same request id', async () => {
    const invoked = invoker(2);
    invoked.send({ a: 1 });
    await waitUntilDone(invoked);
    expect(attempts.map(({ event }) => event)).toEqual([{ a: 1 }, { a: 1 }, { a: 1 }]);
    expect(new Set(attempts.map(({ requestId }) => requestId)).size).toBe(1);
    const waits = attempts.slice(1).map(({ at }, index) => at - (attempts[index]?.at ?? 0));
    // Node.js may fire a timer up to one real millisecond early: one simulated second.
    expect(waits[0]).toBeGreaterThanOrEqual(59_000);
    expect(waits[1]).toBeGreaterThanOrEqual(119_000);
    expect(records).toEqual([]);
  });

  test('that fails three times is passed to onFailure with the record of Lambda', async () => {
    const invoked = invoker(3);
    invoked.send({ a: 1 });
    await waitUntilDone(invoked);
    expect(attempts).toHaveLength(3);
    expect(records).toEqual([
      {
        version: '1.0',
        timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        requestContext: {
          requestId: attempts[0]?.requestId,
          functionArn: 'arn:aws:lambda:eu-central-1:123456789012:function:fn:$LATEST',
          condition: 'RetriesExhausted',
          approximateInvokeCount: 3,
        },
        requestPayload: { a: 1 },
        responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
        responsePayload: ERROR,
      },
    ]);
  });

  test('whose record onFailure rejects is passed to onLost', async () => {
    const invoked = invoker(3, async () => {
      throw new RangeError('no queue');
    });
    invoked.send({ a: 1 });
    await waitUntilDone(invoked);
    expect(lost).toEqual([`${attempts[0]?.requestId}: no queue`]);
  });

  test('that waits for a retry is cancelled when the invoker stops', async () => {
    setClockFactor(1);
    const invoked = invoker(3);
    invoked.send({ a: 1 });
    while (attempts.length === 0) await new Promise((resolve) => setImmediate(resolve));
    invoked.stop();
    await waitUntilDone(invoked);
    expect(attempts).toHaveLength(1);
    expect(records).toEqual([]);
  });
});
