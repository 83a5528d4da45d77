import { escalator } from './escalator.ts';
import { naiveBaseline } from './naive-baseline.ts';
import type { Design } from './testbed.ts';

/** One environment a message, as many at a time as a new account has. */
const UNPACED = { concurrency: 1_000, batchSize: 1, gapMs: 0, timeoutMs: 10_000 };

/**
 * Four environments that each call once in 200 ms: 20 a second, which just fits into the quota. Between their calls
 * they have the time to drop what is not wanted any more.
 */
const PACED = { concurrency: 4, batchSize: 10, gapMs: 200, timeoutMs: 30_000 };

export const THIS_SYSTEM = '(d) this system';

/** What is compared, by the name that the tables show. */
export const DESIGNS: Readonly<Record<string, Design>> = {
  '(a) Lambda, standard retries': naiveBaseline({ retryMode: 'standard', callsAtOnce: true, steps: UNPACED }),
  '(b) Lambda, adaptive retries': naiveBaseline({ retryMode: 'adaptive', callsAtOnce: true, steps: UNPACED }),
  '(c) SQS, limited concurrency': naiveBaseline({ retryMode: 'standard', callsAtOnce: false, steps: PACED }),
  [THIS_SYSTEM]: escalator,
};
