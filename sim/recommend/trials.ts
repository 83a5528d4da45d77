import type { Scenario } from '../scenario/index.ts';
import type { RunOutcome } from '../simulation/index.ts';
import { SetTally } from '../simulation/set-tally.ts';
import type { RunKey } from '../workload/index.ts';
import { type Candidate, distinctCandidates } from './candidate.ts';

/** One run of a candidate. */
export interface TrialRun {
  readonly scenario: Scenario;
  readonly candidate: Candidate;
  readonly key: RunKey;
  readonly thresholds: readonly number[];
}

/** Simulates runs, and passes each outcome on in the order of the runs. */
export type SimulateRuns = (
  runs: readonly TrialRun[],
  onOutcome: (index: number, outcome: RunOutcome) => void,
) => Promise<void>;

/**
 * The runs of candidates in one scenario. All candidates get the same customers (common random numbers), and what was
 * simulated once is kept.
 */
export class Trials {
  readonly scenario: Scenario;
  readonly thresholds: readonly number[];
  readonly #seed: number;
  readonly #firstRun: number;
  readonly #simulateRuns: SimulateRuns;
  readonly #tallies = new Map<string, SetTally>();

  /** @param firstRun - the number of the first run. Trials whose runs have other numbers have other customers. */
  constructor(
    scenario: Scenario,
    thresholds: readonly number[],
    { seed, firstRun }: { readonly seed: number; readonly firstRun: number },
    simulateRuns: SimulateRuns,
  ) {
    this.scenario = scenario;
    this.thresholds = thresholds;
    this.#seed = seed;
    this.#firstRun = firstRun;
    this.#simulateRuns = simulateRuns;
  }

  /** Simulates what is missing, so that each candidate has at least so many runs. One may be named several times. */
  async ensure(candidates: readonly Candidate[], runs: number): Promise<void> {
    const missing = distinctCandidates(candidates).flatMap((candidate) => {
      const done = this.runCount(candidate);
      return Array.from({ length: Math.max(0, runs - done) }, (_, index): TrialRun => {
        const key = { seed: this.#seed, run: this.#firstRun + done + index };
        return { scenario: this.scenario, candidate, key, thresholds: this.thresholds };
      });
    });
    await this.#simulateRuns(missing, (index, { tally }) => {
      const run = missing[index];
      if (run) this.#tallyOf(run.candidate).absorb(tally);
    });
  }

  runCount(candidate: Candidate): number {
    return this.#tallies.get(candidate.id)?.governedContacts.length ?? 0;
  }

  /**
   * The tally of a candidate.
   *
   * @throws RangeError when it was not simulated.
   */
  tally({ id }: Candidate): SetTally {
    const tally = this.#tallies.get(id);
    if (!tally) throw new RangeError(`The candidate ${id} was not simulated.`);
    return tally;
  }

  #tallyOf({ id, set }: Candidate): SetTally {
    const known = this.#tallies.get(id);
    if (known) return known;
    const tally = new SetTally(this.scenario, set, this.thresholds);
    this.#tallies.set(id, tally);
    return tally;
  }
}
