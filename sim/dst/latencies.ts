import type { Random } from '../random.ts';
import type { Faults } from './faults.ts';

/** What a request is for: a call of UpdateContactRoutingData, of DescribeContact, or of a table or a queue. */
export type RequestKind = 'update' | 'describe' | 'service';

/** How long things take when nothing goes wrong, in milliseconds, drawn anew each time. */
export interface Latencies {
  /** From a process to a service, or back. */
  oneWayMs(kind: RequestKind): number;
  /** From what happened in Connect to the invocation that its event brings. */
  eventMs(): number;
  /** Until messages that can be received are handed over. */
  pollMs(): number;
  /** Until the indexes of the table show a writing. */
  indexMs(): number;
  /** Until a new process begins its first invocation. */
  coldStartMs(): number;
}

/** What an ordinary request takes. */
const MIN_REQUEST_MS = 2;
export const MAX_REQUEST_MS = 40;

/** DescribeContact may take its time. */
const MAX_DESCRIBE_MS = 1_500;

/** What the indexes lag: by moments always, and now and then by more. */
const MAX_INDEX_MS = 100;
const MAX_LATE_INDEX_MS = 1_500;

/** Widely spread, so that things meet in any order. */
export function randomLatencies(random: Random, faults: Faults): Latencies {
  return {
    oneWayMs(kind) {
      const mostMs = kind === 'describe' ? MAX_DESCRIBE_MS : MAX_REQUEST_MS;
      return (MIN_REQUEST_MS + random() * (mostMs - MIN_REQUEST_MS)) / 2;
    },
    eventMs: () => 20 + random() * 400,
    pollMs: () => 1 + random() * 20,
    indexMs: () => 5 + random() * (faults.injects('index-lags') ? MAX_LATE_INDEX_MS : MAX_INDEX_MS),
    coldStartMs: () => 0,
  };
}
