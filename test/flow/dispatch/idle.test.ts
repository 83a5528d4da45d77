import { expect, test } from '@jest/globals';
import { dispatchPending } from '../../../lambda/flow/dispatch/dispatch.ts';
import { atSecond, context } from '../../support/contacts.ts';
import { enqueue } from '../../support/flow.ts';
import { MemoryPorts } from '../../support/memory-ports.ts';

/** The queries of the index by a dispatch that finds contacts whose next step is due at once for all. */
async function queriesFor(contacts: number): Promise<{ queries: number; calls: number }> {
  const memory = new MemoryPorts(
    context({
      policy: {
        steps: [
          { after: '0s', set: { priority: 3 } },
          { after: '60s', set: { priority: 1 } },
        ],
      },
    }),
  );
  for (let index = 0; index < contacts; index++) await enqueue(memory, `c-${index}`);
  memory.now = atSecond(60);
  let queries = 0;
  const read = memory.pending.bind(memory);
  memory.pending = (...query) => {
    queries += 1;
    return read(...query);
  };
  await dispatchPending([], memory.dispatchPorts, atSecond(120));
  return { queries, calls: memory.calls.length };
}

test('contacts that are about to be reconciled are passed over in a few queries, however many they are', async () => {
  const few = await queriesFor(20);
  const many = await queriesFor(600);
  expect(few.calls).toBe(0);
  expect(many.calls).toBe(0);
  expect(few.queries).toBeGreaterThan(0);
  // Pages that double: thirty times the contacts take five pages more.
  expect(many.queries).toBeLessThan(5 * few.queries);
});
