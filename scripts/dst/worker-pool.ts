import { EMPTY_TALLY, mergeTallies, type Seeds, type Tally } from '../../sim/dst/campaign.ts';
import { askThreads } from '../threads/ask-threads.ts';

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
  function* chunks(): Generator<Seeds> {
    for (let first = seeds.first; first < end && tally.failures.length === 0; first += chunk * step) {
      const count = (Math.min(end, first + chunk * step) - first) / step;
      yield { ...seeds, first, count, step };
    }
  }
  await askThreads(new URL('./worker.ts', import.meta.url), threads, chunks(), (result: Tally) => {
    tally = mergeTallies(tally, result);
    onProgress({ tally, total: seeds.count });
  });
  return tally;
}
