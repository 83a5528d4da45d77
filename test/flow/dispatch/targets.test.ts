import { expect, test } from '@jest/globals';
import { atSecond, context, QUEUE_ARN } from '../../support/contacts.ts';
import { dispatchAll, enqueue, sentUpdates } from '../../support/flow.ts';
import { MemoryPorts } from '../../support/memory-ports.ts';

const queuedAt = (second: number) => ({ queue: { arn: QUEUE_ARN, enqueuedAt: atSecond(second) } });

const TARGET = { all: { target: '3m' } };

test('one call sets the age of a target, and nothing follows', async () => {
  const memory = new MemoryPorts(context(TARGET, { checkBeforeFirstChange: false }));
  await enqueue(memory, 'c-1');
  await dispatchAll(memory);
  expect(sentUpdates(memory)).toEqual([{ QueueTimeAdjustmentSeconds: 1_620 }]);
  // No timer is set: time alone changes nothing.
  expect(memory.sent).toEqual([]);
  memory.now = atSecond(170);
  await dispatchAll(memory);
  expect(memory.calls).toHaveLength(1);
});

test('after an outage, the contacts whose age still comes in time go first', async () => {
  const memory = new MemoryPorts(context(TARGET, { checkBeforeFirstChange: false }));
  const numbered = (name: string) => Array.from({ length: 15 }, (_, index) => `${name}-${10 + index}`);
  const [old, fresh] = [numbered('old'), numbered('new')];
  for (const [index, id] of old.entries()) await enqueue(memory, id, queuedAt(index));
  memory.now = atSecond(150);
  for (const [index, id] of fresh.entries()) await enqueue(memory, id, queuedAt(130 + index));
  await dispatchAll(memory);
  expect(memory.calls.map(({ contactId }) => contactId)).toEqual([...fresh, ...old]);
});
