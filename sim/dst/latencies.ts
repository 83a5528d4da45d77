import type { Random } from '../random.ts';
import type { Faults } from './faults.ts';

/**
 * The target of a request: UpdateContactRoutingData, DescribeContact, or another service such as the table or
 * a queue.
 */
export type RequestKind = 'update' | 'describe' | 'service';

/** The latencies without faults, in milliseconds; each call draws a new one. */
export interface Latencies {
  /** From a process to a service, or back. */
  oneWayMs(kind: RequestKind): number;
  /** From the event in Connect to the invocation of the function. */
  eventMs(): number;
  /** Until available messages are delivered. */
  pollMs(): number;
  /** Until the indexes of the table show a write. */
  indexMs(): number;
  /** Until a new process starts its first invocation. */
  coldStartMs(): number;
}

/** The latency of a request to a service, both ways. */
const MIN_REQUEST_MS = 2;
export const MAX_REQUEST_MS = 40;

/** The maximum latency of DescribeContact, both ways. */
export const MAX_DESCRIBE_MS = 1_500;

/** The maximum lag of the indexes, normally and with a fault. */
const MAX_INDEX_MS = 100;
const MAX_LATE_INDEX_MS = 1_500;

/**
 * Latencies over a wide range, so that events interleave in many orders.
 *
 * @param longIndexMs - the lag of half of the writes in the indexes, at most; undefined: as the fault has it.
 */
export function randomLatencies(
  random: Random,
  faults: Faults,
  longIndexMs: () => number | undefined = () => undefined,
): Latencies {
  const maxIndexMs = () => {
    const longMs = longIndexMs();
    if (longMs !== undefined && random() < 0.5) return longMs;
    return faults.injects('index-lags') ? MAX_LATE_INDEX_MS : MAX_INDEX_MS;
  };
  return {
    oneWayMs(kind) {
      const maxMs = kind === 'describe' ? MAX_DESCRIBE_MS : MAX_REQUEST_MS;
      return (MIN_REQUEST_MS + random() * (maxMs - MIN_REQUEST_MS)) / 2;
    },
    eventMs: () => 20 + random() * 400,
    pollMs: () => 1 + random() * 20,
    indexMs: () => 5 + random() * maxIndexMs(),
    coldStartMs: () => 0,
  };
}
