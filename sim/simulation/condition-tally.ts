import { POLL_INTERVAL_SECONDS } from '../../lambda/domain/deployment-constants.ts';
import { estimate } from './estimate.ts';
import type { ConditionResult } from './result.ts';

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

  result(): Omit<ConditionResult, 'name'> {
    return {
      begun: estimate(this.#runs.map(({ begun }) => begun)),
      heldSeconds: estimate(this.#runs.map(({ polls }) => polls * POLL_INTERVAL_SECONDS)),
    };
  }
}
