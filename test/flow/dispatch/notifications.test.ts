import { describe, expect, test } from '@jest/globals';
import { readNotifications, setAside } from '../../../lambda/flow/dispatch/notifications.ts';
import { context, KEY, T0 } from '../../support/contacts.ts';
import { dispatchAll, sentUpdates, withPendingChange } from '../../support/flow.ts';
import { MemoryPorts } from '../../support/memory-ports.ts';

const received = (messageId: string, body: string, attributes: Record<string, string> = {}) => ({
  messageId,
  sentAt: T0,
  body,
  attribute: (name: string) => attributes[name],
});

describe('a batch of dispatch', () => {
  test('goes on with the contacts that are named, whatever else is in it', async () => {
    const memory = await withPendingChange();
    const { named, malformed } = readNotifications([
      received('m-1', 'hello'),
      received('m-2', JSON.stringify(KEY)),
      received('m-3', '{}'),
    ]);
    expect(named).toEqual([KEY]);
    expect(malformed.map(({ message }) => message.messageId)).toEqual(['m-1', 'm-3']);
    await dispatchAll(memory, [...named]);
    expect(sentUpdates(memory)).toEqual([{ QueuePriority: 2 }]);
  });

  test('sends the work that is due although no message names a contact', async () => {
    const memory = await withPendingChange();
    await dispatchAll(memory, [...readNotifications([received('m-1', 'null')]).named]);
    expect(sentUpdates(memory)).toEqual([{ QueuePriority: 2 }]);
  });

  test('ignores a contact of an instance that is not served: a message carries no instruction', async () => {
    const memory = await withPendingChange();
    const { named, malformed } = readNotifications([
      received('m-1', JSON.stringify({ ...KEY, instanceId: 'i-none' })),
    ]);
    expect(malformed).toEqual([]);
    await dispatchAll(memory, [...named]);
    expect(sentUpdates(memory)).toEqual([{ QueuePriority: 2 }]);
  });
});

describe('a message that names no contact', () => {
  test('goes to the dead-letter queue with its error, its original id and its original time', async () => {
    const memory = new MemoryPorts(context({}));
    const original = { OriginalMessageId: 'first', OriginalSentAt: String(T0 - 60_000) };
    const { malformed } = readNotifications([received('m-1', '{"instanceId":1}', original)]);
    expect(await setAside(malformed, memory.notificationPorts)).toEqual([]);
    expect(memory.deadLetters).toEqual([
      {
        body: '{"instanceId":1}',
        original: { messageId: 'first', sentAt: T0 - 60_000 },
        error: expect.stringContaining('instanceId: Found 1; expected a string'),
      },
    ]);
    expect(memory.telemetryLog).toEqual([expect.stringMatching(/^malformed m-1: /)]);
  });

  test('is delivered again where it cannot be stored there, and the cause is reported', async () => {
    const memory = new MemoryPorts(context({}));
    const deadLetters = {
      send: async () => {
        throw new TypeError('SQS does not answer');
      },
    };
    const { malformed } = readNotifications([received('m-1', 'hello')]);
    expect(await setAside(malformed, { ...memory.notificationPorts, deadLetters })).toEqual(['m-1']);
    expect(memory.telemetryLog).toEqual(['message m-1 failed: TypeError: SQS does not answer']);
  });
});
