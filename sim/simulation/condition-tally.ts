import { POLL_INTERVAL_SECONDS } from '../../lambda/domain/deployment-constants.ts';
import { estimate } from './estimate.ts';
import type { ConditionResult } from './result.ts';

/** The counts of a condition by run, which threads can exchange. */
export type ConditionSnapshot = readonly { readonly begun: number; readonly polls: number }[];

/** How often one condition began, and how long it held, over all runs and queues. */
export class ConditionTally {
  readonly #runs: { begun: number; polls: number }[] = [];

  beginRun(): void {
    this.#runs.push({ begun: 0, polls: 0 });
  }

  /** Counts a poll that found that the condition holds in a queue. */
  add(begins: boolean): void {
    const run = this.#runs.at(-1);
    if (!run) return;
    run.polls += 1;
    if (begins) run.begun += 1;
  }

  snapshot(): ConditionSnapshot {
    return this.#runs;
  }

  /** Adds the runs of another tally. */
  absorb(runs: ConditionSnapshot): void {
    this.#runs.push(...runs.map((run) => ({ ...run })));
  }

  result(): Omit<ConditionResult, 'name'> {
    return {
      begun: estimate(this.#runs.map(({ begun }) => begun)),
      heldSeconds: estimate(this.#runs.map(({ polls }) => polls * POLL_INTERVAL_SECONDS)),
    };
  }
}
