import { keyedRandoms } from '../../sim/random.ts';
import { exponential } from '../../sim/workload/index.ts';

/** The signal that marks a contact as angry. */
export const ANGRY_SIGNAL = 'angry-customer';

/** The share of the contacts that become angry if they wait long enough. */
const SHARE = 0.08;
const AT_FIRST_MS = 30_000;
const MEAN_MORE_MS = 60_000;

/** For how long a contact waits until it becomes angry, in milliseconds; undefined for one that never does. */
export function angryAfterMs(contactId: string, seed: number): number | undefined {
  const random = keyedRandoms(`${seed}/angry/${contactId}`)(0, 0);
  if (random() >= SHARE) return undefined;
  return AT_FIRST_MS + exponential(random, MEAN_MORE_MS);
}
