import { IdempotencyRecordStatus } from '@aws-lambda-powertools/idempotency';
import { IdempotencyRecord } from '@aws-lambda-powertools/idempotency/persistence';
import type { ConnectClient } from '@aws-sdk/client-connect';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Context } from 'aws-lambda';
import { IdempotentConnect } from '../../lambda/aws/idempotent-connect.ts';
import { EndedUpdates } from '../../lambda/aws/record-persistence.ts';
import type { UnderWay } from '../../lambda/domain/contact/record.ts';
import type { UpdateAttempt } from '../../lambda/domain/reconcile/next-update.ts';
import type { UpdateLog } from '../../lambda/flow/ports.ts';

const KEY = { instanceId: 'i-1', contactId: 'c-1' };
const realNow = Date.now;
let now = 0;
/** What the record says is under way. */
let underWay: UnderWay | undefined;
/** The bodies that Connect received, each with what the record said then. */
let calls: object[];
/** What Connect answers, instead of success. */
let failure: Error | undefined;
/** What else happens during a call. */
let onCall = async () => {};

beforeEach(() => {
  now = Date.parse('2026-11-23T10:00:00Z');
  Date.now = () => now;
  underWay = undefined;
  calls = [];
  failure = undefined;
});

afterEach(() => {
  Date.now = realNow;
});

/** The record of the contact, in which nobody else writes. */
const LOG: UpdateLog = {
  get underWay() {
    return underWay;
  },
  async begin(begun) {
    underWay = begun;
    return true;
  },
};

/** The record of another contact. */
function otherLog(): UpdateLog {
  let begun: UnderWay | undefined;
  return {
    get underWay() {
      return begun;
    },
    async begin(next) {
      begun = next;
      return true;
    },
  };
}

/** A record that cannot be written. */
function unwritable(error: Error): UpdateLog {
  return {
    underWay,
    async begin() {
      throw error;
    },
  };
}

/** A process with so much time left. */
function process(remainingMs = 17_000): IdempotentConnect {
  const connect = new IdempotentConnect({
    async send({ input }: { input: object }) {
      calls.push({ ...input, until: underWay?.until });
      await onCall();
      if (failure) throw failure;
      return {};
    },
  } as unknown as ConnectClient);
  connect.begin({ getRemainingTimeInMillis: () => remainingMs } as Context);
  return connect;
}

const attempt = (update: UpdateAttempt['update'], generation = 1): UpdateAttempt => ({
  update,
  sets: {},
  queueVisit: 'v',
  generation,
  previous: { applied: {} },
});
const PRIORITY = attempt({ QueuePriority: 2 });
const UNDER_WAY = {
  kind: 'unknown',
  message: expect.stringMatching(/^IdempotencyAlreadyInProgressError: .* idempotency#.{24}$/),
  // Connect was not asked, so this is no outage of it.
  isUncalled: true,
};

test('an update is under way before it is sent, for as long as its process may run', async () => {
  expect(await process(5_000).updateRouting(KEY, PRIORITY, LOG)).toEqual({ kind: 'done' });
  expect(calls).toEqual([{ InstanceId: 'i-1', ContactId: 'c-1', QueuePriority: 2, until: now + 5_000 }]);
  expect(underWay).toEqual({ key: expect.stringMatching(/^idempotency#.{24}$/), until: now + 5_000 });
});

test('an update that is under way is not sent by another process before the first one must have ended', async () => {
  await process(5_000).updateRouting(KEY, PRIORITY, LOG);
  now += 4_999;
  expect(await process().updateRouting(KEY, PRIORITY, LOG)).toEqual(UNDER_WAY);
  expect(calls).toHaveLength(1);
  now += 1;
  expect(await process().updateRouting(KEY, PRIORITY, LOG)).toEqual({ kind: 'done' });
  expect(calls).toHaveLength(2);
});

test.each([
  ['another generation', KEY, attempt({ QueuePriority: 2 }, 2)],
  ['another request', KEY, attempt({ QueueTimeAdjustmentSeconds: 60 })],
  ['another contact', { ...KEY, contactId: 'c-2' }, PRIORITY],
  ['a contact of another instance', { ...KEY, instanceId: 'i-2' }, PRIORITY],
])('an update of %s is another one', async (_what, key, other) => {
  await process().updateRouting(KEY, PRIORITY, LOG);
  expect(await process().updateRouting(key, other, LOG)).toEqual({ kind: 'done' });
  expect(calls).toHaveLength(2);
});

test('what else is known of an attempt makes it no other update', async () => {
  await process().updateRouting(KEY, PRIORITY, LOG);
  const same = { ...PRIORITY, queueVisit: 'w', previous: { applied: { priority: 9 } } };
  expect(await process().updateRouting(KEY, same, LOG)).toEqual(UNDER_WAY);
  expect(calls).toHaveLength(1);
});

test('where somebody else wrote the record meanwhile, nothing is sent', async () => {
  const log: UpdateLog = { underWay: undefined, begin: async () => false };
  expect(await process().updateRouting(KEY, PRIORITY, log)).toBe('conflict-in-log');
  expect(calls).toEqual([]);
});

test('where the record cannot be written, nothing is sent, and the caller learns why', async () => {
  const error = new TypeError('denied');
  await expect(process().updateRouting(KEY, PRIORITY, unwritable(error))).rejects.toBe(error);
  expect(calls).toEqual([]);
});

test('an answer other than success is the result', async () => {
  failure = Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
  expect(await process().updateRouting(KEY, PRIORITY, LOG)).toEqual({ kind: 'throttled' });
});

describe('while the record does not say yet that an update has ended', () => {
  test('its process does not send it again where it was made', async () => {
    const connect = process();
    await connect.updateRouting(KEY, PRIORITY, LOG);
    expect(await connect.updateRouting(KEY, PRIORITY, LOG)).toEqual({ kind: 'done' });
    expect(calls).toHaveLength(1);
  });

  test('its process knows so of each update that it made', async () => {
    const connect = process();
    const [other, log] = [{ ...KEY, contactId: 'c-2' }, otherLog()];
    await connect.updateRouting(KEY, PRIORITY, LOG);
    now += 1;
    await connect.updateRouting(other, PRIORITY, log);
    expect(await connect.updateRouting(KEY, PRIORITY, LOG)).toEqual({ kind: 'done' });
    expect(await connect.updateRouting(other, PRIORITY, log)).toEqual({ kind: 'done' });
    expect(calls).toHaveLength(2);
  });

  test('its process knows nothing of one that another process sends', async () => {
    const connect = process();
    await connect.updateRouting(KEY, PRIORITY, LOG);
    const [other, log] = [{ ...KEY, contactId: 'c-2' }, otherLog()];
    await process().updateRouting(other, PRIORITY, log);
    expect(await connect.updateRouting(other, PRIORITY, log)).toEqual(UNDER_WAY);
  });

  test('its process sends it again where it was not made, or nobody knows', async () => {
    const connect = process();
    failure = new Error('lost');
    expect(await connect.updateRouting(KEY, PRIORITY, LOG)).toEqual({
      kind: 'unknown',
      message: 'Error: lost',
    });
    failure = undefined;
    expect(await connect.updateRouting(KEY, PRIORITY, LOG)).toEqual({ kind: 'done' });
    expect(calls).toHaveLength(2);
  });

  test('its process sends nothing where the record cannot be written, and says why', async () => {
    const connect = process();
    failure = new Error('lost');
    await connect.updateRouting(KEY, PRIORITY, LOG);
    const error = new TypeError('denied');
    await expect(connect.updateRouting(KEY, PRIORITY, unwritable(error))).rejects.toBe(error);
    expect(calls).toHaveLength(1);
  });

  test('it is under way again once it has begun again', async () => {
    const connect = process();
    failure = new Error('lost');
    await connect.updateRouting(KEY, PRIORITY, LOG);
    let during: unknown;
    onCall = async () => {
      onCall = async () => {};
      during = await connect.updateRouting(KEY, PRIORITY, LOG);
    };
    await connect.updateRouting(KEY, PRIORITY, LOG);
    expect(during).toEqual(UNDER_WAY);
    expect(calls).toHaveLength(2);
  });
});

test('a process remembers an update for no longer than a record can say that it is under way', () => {
  const ended = new EndedUpdates();
  const result = new IdempotencyRecord({ idempotencyKey: 'a', status: IdempotencyRecordStatus.COMPLETED });
  const first = { key: 'a', until: now + 1_000 };
  ended.add(first, result);
  now += 999;
  ended.add({ key: 'b', until: now + 1_000 }, result);
  expect(ended.get(first)).toBe(result);
  now += 1;
  ended.add({ key: 'c', until: now + 1_000 }, result);
  expect(ended.get(first)).toBeUndefined();
});
