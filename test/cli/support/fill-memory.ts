import { setImmediate } from 'node:timers/promises';
import { createMemoryGuard } from '../../../cli/memory-guard.ts';

/* Keeps so many MB, collects garbage, and prints what the memory guard says: nothing, or its advice. */

const BLOCK = 2 ** 17;
const BLOCKS_PER_MEGABYTE = 2 ** 20 / (8 * BLOCK);

const megabytes = Number(process.argv[2]);
const guard = createMemoryGuard('replay fewer days');
const kept: number[][] = [];
try {
  for (let block = 0; block < megabytes * BLOCKS_PER_MEGABYTE; block += 1) {
    kept.push(new Array(BLOCK).fill(block + 0.5));
    if (block % 8 === 0) globalThis.gc?.();
    await setImmediate();
    guard.check();
  }
} catch (error) {
  console.log(String(error));
} finally {
  guard.end();
}
