import { expect, test } from '@jest/globals';
import { dispatchPending } from '../../../lambda/flow/dispatch/dispatch.ts';
import { INDEX_LAG_MS } from '../../../lambda/flow/dispatch/recently-served.ts';
import { context, KEY } from '../../support/contacts.ts';
import { enqueue, PRIORITY_2 } from '../../support/flow.ts';
import { MemoryPorts } from '../../support/memory-ports.ts';

const STALE = 1_500;
const REMAINING_MS = 7_000;

/** A system whose index lists many contacts that it does not have any more, and whose reads take long. */
function withStaleIndex(readMs: number): MemoryPorts {
  const memory = new MemoryPorts(context(PRIORITY_2));
  memory.fillQuota();
  const entries = Array.from({ length: STALE }, (_, index) => ({ ...KEY, contactId: `gone-${index}` }));
  memory.pending = async (_instance, list, limit) => (list === 'updates' ? entries.slice(0, limit) : []);
  const loadMany = memory.loadMany.bind(memory);
  memory.loadMany = async (keys) => {
    memory.now += readMs;
    return loadMany(keys);
  };
  return memory;
}

test('where all that the index lists is stale, dispatch ends at its deadline, and leaves the rest to the sweep', async () => {
  // Before all are read, the first ones count as new again.
  const memory = withStaleIndex(INDEX_LAG_MS / 4);
  const deadlineAt = memory.now + REMAINING_MS;
  expect(await dispatchPending([], memory.dispatchPorts, deadlineAt)).toBe('nothing-found');
  expect(memory.now - deadlineAt).toBeLessThan(INDEX_LAG_MS / 4);
  expect(memory.dispatchNotifications).toEqual([]);
});

test('stale entries that are read in time hold up nothing', async () => {
  const memory = withStaleIndex(1);
  await enqueue(memory);
  expect(await dispatchPending([KEY], memory.dispatchPorts, memory.now + REMAINING_MS)).toBe('empty');
  expect(memory.calls.length).toBe(1);
});

test('a contact that failed is tried again, although only stale entries are left at the deadline', async () => {
  const memory = withStaleIndex(INDEX_LAG_MS / 4);
  await enqueue(memory);
  memory.sent.length = 0;
  const save = memory.save.bind(memory);
  memory.save = async () => {
    throw new TypeError('DynamoDB does not answer');
  };
  expect(await dispatchPending([KEY], memory.dispatchPorts, memory.now + REMAINING_MS)).toBe('nothing-found');
  memory.save = save;
  expect(memory.sent.map(({ body }) => [body.type, body.contactId])).toEqual([['wake', KEY.contactId]]);
});
