import { afternoon } from './afternoon.ts';
import { escalator } from './escalator.ts';
import type { Design } from './site.ts';

/** One environment a message, as many at a time as a new account has. */
const ONE_EACH = { concurrency: 1_000, batchSize: 1, gapMs: 0, timeoutMs: 10_000 };

/**
 * Four environments that each call once in 200 ms: 20 a second, which just fits into the quota. Between their calls
 * they have the time to drop what is not wanted any more.
 */
const JUST_ENOUGH = { concurrency: 4, batchSize: 10, gapMs: 200, timeoutMs: 30_000 };

export const THIS_SYSTEM = '(d) this system';

/** What is compared, by the name that the tables show. */
export const DESIGNS: Readonly<Record<string, Design>> = {
  '(a) Lambda, standard retries': afternoon({ retryMode: 'standard', atOnce: true, steps: ONE_EACH }),
  '(b) Lambda, adaptive retries': afternoon({ retryMode: 'adaptive', atOnce: true, steps: ONE_EACH }),
  '(c) SQS, limited concurrency': afternoon({ retryMode: 'standard', atOnce: false, steps: JUST_ENOUGH }),
  [THIS_SYSTEM]: escalator,
};
