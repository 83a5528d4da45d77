import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { watchThread } from './thread.ts';

/** What came of draining a long backlog. */
export interface LongDrain {
  readonly calls: number;
  readonly invocations: number;
  readonly virtualMs: number;
  /** By how many places a call was made before or after its turn, at most. */
  readonly furthestOutOfOrder: number;
}

/** As much heap as the thread gets, in MB: with more, V8 ends it. */
const OLD_GENERATION_MB = 134;
const YOUNG_GENERATION_MB = 16;

/** Drains a backlog in a thread whose heap is bounded. */
export async function longDrain(contacts: number): Promise<LongDrain & { readonly maxHeapBytes: number }> {
  const thread = watchThread();
  const worker = new Worker(new URL('./long-drain-thread.ts', import.meta.url), {
    workerData: { contacts },
    resourceLimits: {
      maxOldGenerationSizeMb: OLD_GENERATION_MB,
      maxYoungGenerationSizeMb: YOUNG_GENERATION_MB,
    },
  });
  const [result] = (await once(worker, 'message')) as [LongDrain];
  thread.stop();
  await worker.terminate();
  return { ...result, maxHeapBytes: thread.maxHeapBytes() };
}
