import { parentPort } from 'node:worker_threads';
import { runSeeds } from '../../sim/dst/campaign.ts';

/** Runs the seeds that it is told to, and tells what came of them. */
parentPort?.on('message', ({ first, count }: { first: number; count: number }) => {
  runSeeds(first, count).then(
    (tally) => parentPort?.postMessage({ first, tally }),
    // What the simulation itself cannot do is a bug of it, and ends the campaign.
    (error: unknown) => {
      throw error;
    },
  );
});
