import { escalator } from './escalator.ts';
import { naiveBaseline } from './naive-baseline.ts';
import type { Design } from './testbed.ts';

/** One environment per message, with the concurrency of a new account. */
const UNPACED = { concurrency: 1_000, batchSize: 1, gapMs: 0, timeoutMs: 10_000 };

/** Four environments with a call every 200 ms each: 20 per second, the quota. */
const PACED = { concurrency: 4, batchSize: 10, gapMs: 200, timeoutMs: 30_000 };

export const THIS_SYSTEM = '(d) this system';

/** The designs that are compared, by their names in the tables. */
export const DESIGNS: Readonly<Record<string, Design>> = {
  '(a) Lambda, standard retries': naiveBaseline({ retryMode: 'standard', callsAtOnce: true, steps: UNPACED }),
  '(b) Lambda, adaptive retries': naiveBaseline({ retryMode: 'adaptive', callsAtOnce: true, steps: UNPACED }),
  '(c) SQS, limited concurrency': naiveBaseline({ retryMode: 'standard', callsAtOnce: false, steps: PACED }),
  [THIS_SYSTEM]: escalator,
};
