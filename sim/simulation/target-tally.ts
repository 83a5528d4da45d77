import { shareEstimate } from './estimate.ts';
import type { TargetResult } from './result.ts';

/** The counts of a target by run, which threads can exchange. */
export type TargetSnapshot = readonly { readonly inTime: number; readonly late: number }[];

/** How often contacts were answered within the target of one policy, over all runs. */
export class TargetTally {
  readonly #runs: { inTime: number; late: number }[] = [];

  beginRun(): void {
    this.#runs.push({ inTime: 0, late: 0 });
  }

  /**
   * Counts a contact that the policy governed. One that left unanswered before it was due counts as neither.
   *
   * @param at - when it left its queue, or the run ended, in milliseconds since the epoch, like `dueAt`.
   */
  add(isAnswered: boolean, at: number, dueAt: number): void {
    const run = this.#runs.at(-1);
    if (!run) return;
    if (at > dueAt) run.late += 1;
    else if (isAnswered) run.inTime += 1;
  }

  snapshot(): TargetSnapshot {
    return this.#runs;
  }

  /** Adds the runs of another tally. */
  absorb(runs: TargetSnapshot): void {
    this.#runs.push(...runs.map((run) => ({ ...run })));
  }

  result(): Omit<TargetResult, 'policy'> {
    return {
      contacts: this.#runs.reduce((sum, { inTime, late }) => sum + inTime + late, 0),
      inTime: shareEstimate(this.#runs.map(({ inTime, late }) => inTime / (inTime + late))),
    };
  }
}
