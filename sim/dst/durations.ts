import type { Random } from '../random.ts';
import type { Faults } from './faults.ts';

/** What a request is for: a call of UpdateContactRoutingData, of DescribeContact, or of a table or a queue. */
export type RequestKind = 'update' | 'describe' | 'service';

/** How long things take when nothing goes wrong, in milliseconds, drawn anew each time. */
export interface Durations {
  /** From a process to a service, or back. */
  halfWayMs(kind: RequestKind): number;
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
const LEAST_REQUEST_MS = 2;
export const MOST_REQUEST_MS = 40;

/** DescribeContact may take its time. */
const MOST_DESCRIBE_MS = 1_500;

/** What the indexes lag: by moments always, and now and then by more. */
const MOST_INDEX_MS = 100;
const MOST_LATE_INDEX_MS = 1_500;

/** Widely spread, so that things meet in any order. */
export function anyDurations(random: Random, faults: Faults): Durations {
  return {
    halfWayMs(kind) {
      const mostMs = kind === 'describe' ? MOST_DESCRIBE_MS : MOST_REQUEST_MS;
      return (LEAST_REQUEST_MS + random() * (mostMs - LEAST_REQUEST_MS)) / 2;
    },
    eventMs: () => 20 + random() * 400,
    pollMs: () => 1 + random() * 20,
    indexMs: () => 5 + random() * (faults.strikes('index-lags') ? MOST_LATE_INDEX_MS : MOST_INDEX_MS),
    coldStartMs: () => 0,
  };
}
