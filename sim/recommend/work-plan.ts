import { expectedContacts, type Scenario } from '../scenario/index.ts';

/**
 * The contacts that two cores of an ordinary machine simulate in a second. The budget is turned into work by this
 * number, and not by a clock: the result is the same on every machine.
 */
const CONTACTS_PER_SECOND = 16_000;

/** Less work cannot tell candidates apart. */
const MIN_RUNS = 120;

/** Candidates that are judged in the end, at most. */
export const FINALISTS = 5;

/** How the runs of a search are spent. */
export interface WorkPlan {
  /** The candidates that the search begins with. */
  readonly candidates: number;
  /** The runs that candidates have after each round; after each, the better half stays. */
  readonly rounds: readonly number[];
  /** The candidates that steps along the coordinates may try. */
  readonly steps: number;
  readonly finalRuns: number;
  readonly stressRuns: number;
}

/** Plans the work for a budget. */
export function planWork(scenario: Scenario, budgetSeconds: number): WorkPlan {
  const affordable = (budgetSeconds * CONTACTS_PER_SECOND) / Math.max(1, expectedContacts(scenario));
  const total = Math.max(MIN_RUNS, Math.floor(affordable));
  const rounds = [2, 4, 8, 16];
  return {
    // The first round takes twice their number of runs, and each later one as many runs as candidates.
    candidates: Math.max(8, Math.floor(total * 0.075)),
    rounds,
    steps: Math.max(8, Math.floor((total * 0.18) / (rounds.at(-1) ?? 1))),
    finalRuns: Math.max(6, Math.floor((total * 0.25) / (FINALISTS + 2))),
    // Six scenarios, each with none and one finalist or two.
    stressRuns: Math.max(4, Math.floor((total * 0.25) / 18)),
  };
}
