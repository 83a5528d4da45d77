import { expect, test } from '@jest/globals';
import { atSecond, context, KEY, T0 } from '../support/contacts.ts';
import { enqueue, receive } from '../support/flow.ts';
import { MemoryPorts } from '../support/memory-ports.ts';

const DAY_SECONDS = 86_400;

/** How often the record is written by a resync, when it would be deleted that many days after the enqueue. */
async function writesOfResync(channel: string, expiresAfterDays: number): Promise<number> {
  const memory = new MemoryPorts(context({ all: { steps: [{ after: '0s', set: { priority: 2 } }] } }));
  await enqueue(memory, KEY.contactId, { channel });
  const load = memory.load.bind(memory);
  memory.load = async (key) => ({
    ...(await load(key)),
    expiresAt: atSecond(expiresAfterDays * DAY_SECONDS),
  });
  let writes = 0;
  memory.beforeSave = () => {
    writes += 1;
  };
  await receive(memory, { type: 'wake', wakeAt: T0 });
  return writes;
}

test.each([
  ['EMAIL', 14, 1],
  ['TASK', 14, 1],
  ['EMAIL', 97, 0],
  ['VOICE', 14, 0],
])(
  'a resync of a waiting %s contact that is kept for %i days writes its record %i times',
  async (...given) => {
    const [channel, days, writes] = given;
    expect(await writesOfResync(channel, days)).toBe(writes);
  },
);
