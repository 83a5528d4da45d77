/** Waits between tries. */
export interface BackOff {
  /** Waits before the next try after so many conflicts, so that writers of one record do not meet again. */
  backOff(conflicts: number): Promise<void>;
}

/** The longest wait after the first conflict, in milliseconds; twice as long after each further one. */
const FIRST_BACK_OFF_MS = 20;

/** Twenty executions that write one record take turns of some 20 ms: a longer wait would only leave turns unused. */
const LONGEST_BACK_OFF_MS = 1_280;

/**
 * How long to wait before a record is tried again that somebody else wrote meanwhile, in milliseconds: up to 20, 40, 80
 * … and at most 1,280, evenly spread.
 *
 * @param random - from 0 to 1.
 */
export function backOffMs(conflicts: number, random: number): number {
  return random * Math.min(LONGEST_BACK_OFF_MS, FIRST_BACK_OFF_MS * 2 ** (conflicts - 1));
}
