import { parentPort } from 'node:worker_threads';
import { runSeeds } from '../../sim/dst/campaign.ts';

/* Runs chunks of seeds and posts their tallies. */

parentPort?.on('message', ({ first, count, step }: { first: number; count: number; step: number }) => {
  runSeeds(first, count, step).then(
    (tally) => parentPort?.postMessage({ first, tally }),
    // An error is a bug of DST itself. It ends the campaign.
    (error: unknown) => {
      throw error;
    },
  );
});
