import { Worker } from 'node:worker_threads';
import { EMPTY_TALLY, mergeTallies, type Seeds, type Tally } from '../../sim/dst/campaign.ts';

interface Progress {
  readonly tally: Tally;
  readonly total: number;
}

/**
 * Runs seeds on several threads, `chunk` of them at a time. After a failure it starts no larger seeds and finishes the
 * smaller ones, so that the smallest failing seed does not depend on the number of threads.
 */
export async function runOnWorkers(
  { step = 1, chunk, ...seeds }: Seeds & { readonly chunk: number },
  threads: number,
  onProgress: (progress: Progress) => void,
): Promise<Tally> {
  const end = seeds.first + seeds.count * step;
  let tally = EMPTY_TALLY;
  let next = seeds.first;
  await Promise.all(
    Array.from({ length: threads }, async () => {
      const worker = new Worker(new URL('./worker.ts', import.meta.url));
      try {
        while (next < end && tally.failures.length === 0) {
          const first = next;
          next = Math.min(end, first + chunk * step);
          const result = await requestChunk(worker, { ...seeds, first, count: (next - first) / step, step });
          tally = mergeTallies(tally, result);
          onProgress({ tally, total: seeds.count });
        }
      } finally {
        await worker.terminate();
      }
    }),
  );
  return tally;
}

function requestChunk(worker: Worker, chunk: Seeds): Promise<Tally> {
  return new Promise((resolve, reject) => {
    const onError = (error: unknown) => reject(error);
    worker.once('error', onError);
    worker.once('message', ({ tally }: { tally: Tally }) => {
      worker.off('error', onError);
      resolve(tally);
    });
    worker.postMessage(chunk);
  });
}
