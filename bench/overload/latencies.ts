import type { Latencies } from '../../sim/dst/latencies.ts';
import type { Random } from '../../sim/random.ts';
import { logNormal } from '../../sim/workload/index.ts';

/** The standard deviation of the logarithm of a latency: the p99 is three times the median. */
const SPREAD = 0.5;

/** Median round trips in milliseconds, as observed within one Region. */
const MEDIAN_MS = { update: 40, describe: 40, service: 5, event: 200, index: 20, coldStart: 400 } as const;

/** The latencies for every design. */
export function typicalLatencies(random: Random): Latencies {
  const draw = (what: keyof typeof MEDIAN_MS) =>
    logNormal(random, MEDIAN_MS[what] * Math.exp(SPREAD ** 2 / 2), SPREAD);
  return {
    oneWayMs: (kind) => draw(kind) / 2,
    eventMs: () => draw('event'),
    pollMs: () => 1 + random() * 20,
    indexMs: () => draw('index'),
    coldStartMs: () => draw('coldStart'),
  };
}
