import { expect, test } from '@jest/globals';
import { countWaiting, TooManyWaitError } from '../../lambda/flow/count-waiting.ts';
import type { QueuedPage } from '../../lambda/flow/ports.ts';
import { atSecond, INSTANCE, QUEUE_ARN, T0 } from '../support/contacts.ts';

const waiting = (contactId: string, enqueuedAt: number) => ({
  instanceId: INSTANCE,
  contactId,
  queue: { arn: QUEUE_ARN, enqueuedAt },
});

/** Counts what an index answers page by page, of which each takes some time. */
function counted(pages: readonly QueuedPage[], msPerPage = 0) {
  let now = T0;
  const contacts = {
    async *queued() {
      for (const page of pages) {
        now += msPerPage;
        yield page;
      }
    },
  };
  return countWaiting(T0, { contacts, clock: { now: () => now } });
}

test('those who wait in a queue are counted, and the whole seconds since the first of them came', async () => {
  const queues = await counted([
    { contacts: [waiting('c-1', atSecond(-9.9)), waiting('c-2', atSecond(-3))], next: 'c-2' },
    { contacts: [waiting('c-3', atSecond(-5)), { instanceId: INSTANCE, contactId: 'c-4' }] },
  ]);
  expect([...queues.values()]).toStrictEqual([
    { instanceId: INSTANCE, arn: QUEUE_ARN, waiting: 3, oldestSeconds: 9 },
  ]);
});

test('one who has just come has waited for no second', async () => {
  const [queue] = (await counted([{ contacts: [waiting('c-1', T0)] }])).values();
  expect(queue).toMatchObject({ waiting: 1, oldestSeconds: 0 });
});

test('more than can be counted in ten seconds are too many, and the error says how many were counted', async () => {
  const pages = [
    { contacts: [waiting('c-1', T0), waiting('c-2', T0)], next: 'c-2' },
    { contacts: [waiting('c-3', T0)], next: 'c-3' },
    { contacts: [] },
  ];
  await expect(counted(pages, 5_000)).rejects.toThrow(
    new TooManyWaitError(
      'More than 3 contacts wait, too many to count in 10 seconds. Conditions that name queues and a channel or ' +
        'agents are decided all the same.',
    ),
  );
  expect((await counted(pages, 4_999)).size).toBe(1);
  // The last page ends the count, however long it took.
  expect((await counted(pages.slice(2), 20_000)).size).toBe(0);
});
