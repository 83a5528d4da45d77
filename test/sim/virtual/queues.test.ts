import { describe, expect, test } from '@jest/globals';
import { FifoQueue } from '../../../sim/virtual/fifo-queue.ts';
import type { Message } from '../../../sim/virtual/message.ts';
import { StandardQueue } from '../../../sim/virtual/standard-queue.ts';
import { VirtualTime } from '../../../sim/virtual/virtual-time.ts';

/** A consumer that records its batches, takes a second for each, and fails on demand. */
function consumer(time: VirtualTime, fails: (message: Message<string>) => boolean | 'all' = () => false) {
  const batches: { at: number; bodies: string[] }[] = [];
  const dead: string[] = [];
  return {
    batches,
    dead,
    options: {
      batchSize: 2,
      visibilityMs: 30_000,
      maxReceives: 3,
      pollMs: () => 10,
      onDeadLetter: ({ body }: Message<string>) => dead.push(body),
      handle: async (batch: readonly Message<string>[]) => {
        batches.push({ at: time.now, bodies: batch.map(({ body }) => body) });
        await time.sleep(1_000);
        if (batch.some((message) => fails(message) === 'all')) throw new RangeError('the whole batch');
        return new Set(batch.filter(fails).map(({ id }) => id));
      },
    },
  };
}

describe('a standard queue', () => {
  test('delivers batches in parallel, delayed messages later', async () => {
    const time = new VirtualTime(0);
    const { batches, options } = consumer(time);
    const queue = new StandardQueue<string>(time, { ...options, concurrency: 2 });
    for (const body of ['a', 'b', 'c', 'd', 'e']) queue.send(body);
    queue.send('later', 5_000);
    await time.run();
    expect(batches.map(({ bodies }) => bodies.join(''))).toEqual(['a', 'b', 'cd', 'e', 'later']);
    expect(batches.at(-1)?.at).toBe(5_010);
  });

  test('redelivers failed messages after the visibility timeout, up to three times', async () => {
    const time = new VirtualTime(0);
    const { batches, dead, options } = consumer(time, ({ body }) => body === 'bad');
    const queue = new StandardQueue<string>(time, { ...options, concurrency: 1 });
    queue.send('bad');
    queue.send('good');
    await time.run();
    expect(batches).toEqual([
      { at: 10, bodies: ['bad'] },
      { at: 1_010, bodies: ['good'] },
      { at: 30_010, bodies: ['bad'] },
      { at: 60_010, bodies: ['bad'] },
    ]);
    expect(dead).toEqual(['bad']);
  });

  test('delivers message attributes', async () => {
    const time = new VirtualTime(1_000);
    const got: Message<string>[] = [];
    const { options } = consumer(time);
    const queue = new StandardQueue<string>(time, {
      ...options,
      concurrency: 1,
      handle: async (batch) => {
        got.push(...batch);
        return new Set();
      },
    });
    queue.send('x', 0, { OriginalMessageId: 'first' });
    await time.run();
    const attributes = { OriginalMessageId: 'first' };
    expect(got).toEqual([{ id: 'm-1', sentAt: 1_000, body: 'x', attributes, receiveCount: 1 }]);
  });
});

describe('a FIFO queue with one message group', () => {
  test('delivers one batch at a time, in order, and drops duplicates', async () => {
    const time = new VirtualTime(0);
    const { batches, options } = consumer(time);
    const queue = new FifoQueue<string>(time, options);
    for (const body of ['a', 'b', 'c']) queue.send(body, body);
    queue.send('again', 'a');
    await time.run();
    expect(batches).toEqual([
      { at: 10, bodies: ['a', 'b'] },
      { at: 1_020, bodies: ['c'] },
    ]);
    queue.send('much later', 'a');
    await time.run(200_000);
    expect(batches.length).toBe(2);
    await time.run(301_000);
    queue.send('after five minutes', 'a');
    await time.run();
    expect(batches.at(-1)?.bodies).toEqual(['after five minutes']);
  });

  test('a failed batch blocks the group until it is visible again', async () => {
    const time = new VirtualTime(0);
    let failures = 1;
    const { batches, options } = consumer(time, ({ body }) =>
      body === 'a' && failures-- > 0 ? 'all' : false,
    );
    const queue = new FifoQueue<string>(time, options);
    for (const body of ['a', 'b', 'c']) queue.send(body, body);
    await time.run();
    expect(batches).toEqual([
      { at: 10, bodies: ['a', 'b'] },
      { at: 30_020, bodies: ['a', 'b'] },
      { at: 31_030, bodies: ['c'] },
    ]);
  });

  test('a visibility timeout that is too short leads to a second delivery', async () => {
    const time = new VirtualTime(0);
    const { batches, options } = consumer(time);
    const queue = new FifoQueue<string>(time, options);
    queue.send('a', 'a');
    time.after(500, () => queue.expireVisibility());
    await time.run();
    expect(batches).toEqual([
      { at: 10, bodies: ['a'] },
      { at: 510, bodies: ['a'] },
    ]);
  });
});
