import type { ConnectClient } from '@aws-sdk/client-connect';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from '@jest/globals';
import type { Context } from 'aws-lambda';
import { IdempotentConnect } from '../../lambda/aws/idempotent-connect.ts';
import type { UpdateAttempt } from '../../lambda/domain/reconcile/next-update.ts';
import { KEY } from '../support/contacts.ts';

const ATTEMPT = {
  update: { QueuePriority: 2 },
  sets: { priority: 2 },
  queueVisit: 'q@1',
  generation: 1,
  previous: { applied: {}, isObserved: true },
} satisfies UpdateAttempt;

interface Command {
  readonly constructor: { readonly name: string };
  readonly input: Readonly<Record<string, never>>;
}

/**
 * Connect over a table that keeps nothing, with the requests that both got.
 *
 * @param failing - the request to the table that fails.
 * @param answer - what Connect answers, if not success.
 */
function recorded({ failing, answer }: { failing?: string; answer?: Error } = {}) {
  const requests: Command[] = [];
  const send = (client: string) => async (command: Command) => {
    requests.push(command);
    if (client === 'connect' && answer) throw answer;
    if (command.constructor.name === failing) throw new Error('table');
    return {};
  };
  const connect = new IdempotentConnect(
    { send: send('connect') } as unknown as ConnectClient,
    Object.assign(new DynamoDBClient({ region: 'eu-central-1' }), { send: send('table') }),
    'Contacts',
  );
  connect.begin({ getRemainingTimeInMillis: () => 25_000 } as Context);
  return {
    update: (key: Partial<typeof KEY> = {}, attempt: Partial<UpdateAttempt> = {}) =>
      connect.updateRouting({ ...KEY, ...key }, { ...ATTEMPT, ...attempt }),
    names: () => requests.map(({ constructor: { name } }) => name),
    input: (name: string) => requests.find((request) => request.constructor.name === name)?.input,
  };
}

/** The item under which an update is known. */
async function itemOf(...given: Parameters<ReturnType<typeof recorded>['update']>) {
  const { update, input } = recorded();
  await update(...given);
  return input('PutItemCommand')?.Item as unknown as Record<string, { S?: string; N?: string }>;
}

describe('an update', () => {
  test('is claimed before it is sent, and kept as done after that', async () => {
    const { update, names, input } = recorded();
    expect(await update()).toEqual({ kind: 'done' });
    expect(names()).toEqual(['PutItemCommand', 'UpdateContactRoutingDataCommand', 'UpdateItemCommand']);
    expect(input('UpdateContactRoutingDataCommand')).toEqual({
      InstanceId: KEY.instanceId,
      ContactId: KEY.contactId,
      QueuePriority: 2,
    });
    expect(input('PutItemCommand')).toMatchObject({ TableName: 'Contacts' });
  });

  test('that failed is no longer claimed, so that it can be sent again', async () => {
    const { update, names } = recorded({
      answer: Object.assign(new Error('slow'), { name: 'ThrottlingException' }),
    });
    expect(await update()).toEqual({ kind: 'throttled' });
    expect(names()).toEqual(['PutItemCommand', 'UpdateContactRoutingDataCommand', 'DeleteItemCommand']);
  });

  test('is not sent where it cannot be claimed, and is not said to be done', async () => {
    const { update, names } = recorded({ failing: 'PutItemCommand' });
    expect(await update()).toMatchObject({ kind: 'unknown' });
    expect(names()).toEqual(['PutItemCommand']);
  });

  test.each(['UpdateItemCommand', 'DeleteItemCommand'])(
    'whose result cannot be kept (%s) is not said to be done',
    async (failing) => {
      const answer = failing === 'DeleteItemCommand' ? new Error('lost') : undefined;
      expect(await recorded({ failing, answer }).update()).toMatchObject({ kind: 'unknown' });
    },
  );

  test('is the same only where contact, generation and request are', async () => {
    const pk = async (...given: Parameters<typeof itemOf>) => (await itemOf(...given)).pk?.S;
    const same = await pk();
    expect(same).toMatch(/^idempotency#/);
    expect(
      await pk({}, { queueVisit: 'other@1', previous: { applied: { priority: 9 }, isObserved: false } }),
    ).toBe(same);
    const others = [
      await pk({ instanceId: 'i-2' }),
      await pk({ contactId: 'c-2' }),
      await pk({}, { generation: 2 }),
      await pk({}, { update: { QueuePriority: 3 } }),
    ];
    expect(new Set([same, ...others]).size).toBe(5);
  });

  test('is known for an hour, and counts as in progress for the time that the invocation has left', async () => {
    const item = await itemOf();
    const expiryMs = Number(item.ttl?.N) * 1_000;
    const inProgressMs = Number(item.in_progress_expiration?.N);
    // Both begin now, whenever that is: they are 3,600 and 25 seconds ahead, cut to seconds.
    expect(Math.abs(expiryMs - inProgressMs - 3_575_000)).toBeLessThanOrEqual(2_000);
  });
});
