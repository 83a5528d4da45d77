import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { collectThreadUsage } from './thread-usage.ts';

/** The result of draining a long backlog. */
export interface LongDrainResult {
  readonly calls: number;
  readonly invocations: number;
  readonly virtualMs: number;
  /** The maximum distance between the position of a call and the rank of its contact. */
  readonly maxDisplacement: number;
}

/** The heap limit of the thread in MB. V8 ends a thread that exceeds it. */
const OLD_GENERATION_MB = 134;
const YOUNG_GENERATION_MB = 16;

/** Drains a backlog in a thread with a heap limit. */
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
