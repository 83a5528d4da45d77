import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { collectThreadUsage } from './thread-usage.ts';

/** What came of draining a long backlog. */
export interface LongDrainResult {
  readonly calls: number;
  readonly invocations: number;
  readonly virtualMs: number;
  /** By how many places a call was made before or after its turn, at most. */
  readonly maxDisplacement: number;
}

/** As much heap as the thread gets, in MB: with more, V8 ends it. */
const OLD_GENERATION_MB = 134;
const YOUNG_GENERATION_MB = 16;

/** Drains a backlog in a thread whose heap is bounded. */
export async function measureLongDrain(
  contacts: number,
): Promise<LongDrainResult & { readonly maxHeapBytes: number }> {
  const thread = collectThreadUsage();
  const worker = new Worker(new URL('./long-drain-worker.ts', import.meta.url), {
    workerData: { contacts },
    resourceLimits: {
      maxOldGenerationSizeMb: OLD_GENERATION_MB,
      maxYoungGenerationSizeMb: YOUNG_GENERATION_MB,
    },
  });
  const [result] = (await once(worker, 'message')) as [LongDrainResult];
  thread.stop();
  await worker.terminate();
  return { ...result, maxHeapBytes: thread.maxHeapBytes() };
}
