import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { createMemoryGuard } from '../../cli/memory-guard.ts';

const MEGABYTE = 2 ** 20;
let collectGarbage: () => void;

beforeAll(() => {
  setFlagsFromString('--expose-gc');
  collectGarbage = runInNewContext('gc');
});

/** Checks after collections of garbage, until the guard throws or has seen so many of them. */
async function checkOften(usedMegabytes: number): Promise<unknown> {
  let looks = 0;
  const guard = createMemoryGuard('replay fewer days', () => {
    looks += 1;
    return { used: usedMegabytes * MEGABYTE, limit: 520 * MEGABYTE };
  });
  try {
    while (looks < 3) {
      collectGarbage();
      await setImmediate();
      guard.check();
    }
    return undefined;
  } catch (error) {
    return error;
  } finally {
    guard.end();
  }
}

describe('the memory guard', () => {
  test('says what to do when memory is nearly full', async () => {
    expect(await checkOften(450)).toMatchObject({
      name: 'UsageError',
      message:
        'The 520 MB of memory that Node.js may use are nearly full: replay fewer days, or allow more, such as ' +
        'NODE_OPTIONS=--max-old-space-size=2048.',
    });
  });

  test('says nothing while there is room', async () => {
    expect(await checkOften(400)).toBeUndefined();
  });
});
