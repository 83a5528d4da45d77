/** How the wait of a contact ended; `waiting` at the end of the run. */
export type WaitEnd = 'answered' | 'abandoned' | 'waiting';

/** How many contacts there were, and how their waits ended. The target is that of the service level. */
export interface WaitCounts {
  contacts: number;
  answered: number;
  answeredWithinTarget: number;
  abandoned: number;
  abandonedWithinTarget: number;
}

export const NO_WAITS: Readonly<WaitCounts> = {
  contacts: 0,
  answered: 0,
  answeredWithinTarget: 0,
  abandoned: 0,
  abandonedWithinTarget: 0,
};

/** Counts a contact. */
export function countWait(counts: WaitCounts, waitEnd: WaitEnd, isWithinTarget: boolean): void {
  counts.contacts += 1;
  if (waitEnd === 'answered') {
    counts.answered += 1;
    if (isWithinTarget) counts.answeredWithinTarget += 1;
  } else if (waitEnd === 'abandoned') {
    counts.abandoned += 1;
    if (isWithinTarget) counts.abandonedWithinTarget += 1;
  }
}

/** The share that was answered within the target, of all but those who abandoned within it; NaN without any. */
export function serviceLevelOf(counts: Readonly<WaitCounts>): number {
  return counts.answeredWithinTarget / (counts.contacts - counts.abandonedWithinTarget);
}
