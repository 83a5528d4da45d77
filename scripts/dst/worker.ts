import { parentPort } from 'node:worker_threads';
import { runSeeds, type Seeds } from '../../sim/dst/campaign.ts';

/* Runs chunks of seeds and posts their tallies. */

parentPort?.on('message', (seeds: Seeds) => {
  runSeeds(seeds).then(
    (tally) => parentPort?.postMessage({ tally }),
    // An error is a bug of DST itself. It ends the campaign.
    (error: unknown) => {
      throw error;
    },
  );
});
