import { Histogram } from '../statistics/index.ts';
import { WAIT_BOUNDS, waitBucket } from './wait-buckets.ts';

/** How a contact's time in its queue ended; `waiting`: not at all. */
export type Outcome = 'answered' | 'abandoned' | 'waiting';

/** Counts of one run. */
interface RunCounts {
  contacts: number;
  answeredInTime: number;
  abandoned: number;
  abandonedInTime: number;
  answered: number;
  escalated: number;
  waitSeconds: number;
}

/** What became of the contacts of one tier under one set, over all runs. It keeps figures, and no contacts. */
export class TierTally {
  readonly waits = new Histogram();
  readonly shownWaits: number[] = WAIT_BOUNDS.map(() => 0);
  readonly #serviceLevelSeconds: number;
  readonly #runs: RunCounts[] = [];
  /** Contacts of the tier that were passed by later ones which a policy had escalated, by that policy. */
  readonly #passedBy = new Map<string, number>();

  constructor(serviceLevelSeconds: number) {
    this.#serviceLevelSeconds = serviceLevelSeconds;
  }

  beginRun(): void {
    this.#runs.push({
      contacts: 0,
      answeredInTime: 0,
      abandoned: 0,
      abandonedInTime: 0,
      answered: 0,
      escalated: 0,
      waitSeconds: 0,
    });
  }

  /** A contact left its queue, or the run is over while it waits. */
  add(outcome: Outcome, waitSeconds: number, isEscalated: boolean): void {
    const run = this.#runs.at(-1);
    if (!run) return;
    const isInTime = waitSeconds <= this.#serviceLevelSeconds;
    run.contacts += 1;
    run.waitSeconds += waitSeconds;
    if (isEscalated) run.escalated += 1;
    if (outcome === 'answered') {
      run.answered += 1;
      if (isInTime) run.answeredInTime += 1;
    }
    if (outcome === 'abandoned') {
      run.abandoned += 1;
      if (isInTime) run.abandonedInTime += 1;
    }
    this.waits.add(waitSeconds);
    const bucket = waitBucket(waitSeconds);
    this.shownWaits[bucket] = (this.shownWaits[bucket] ?? 0) + 1;
  }

  /** Contacts of the tier were passed by a later one. */
  passed(policy: string, contacts: number): void {
    if (contacts > 0) this.#passedBy.set(policy, (this.#passedBy.get(policy) ?? 0) + contacts);
  }

  /** The policy whose contacts passed those of the tier most often; undefined where none did. */
  get mostPassedBy(): string | undefined {
    const [most] = [...this.#passedBy].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
    return most?.[0];
  }

  get contacts(): number {
    return this.#runs.reduce((sum, { contacts }) => sum + contacts, 0);
  }

  /** Figures by run; not numbers where nobody came. */
  get serviceLevels(): number[] {
    return this.#runs.map((run) => run.answeredInTime / (run.contacts - run.abandonedInTime));
  }

  get abandonments(): number[] {
    return this.#runs.map((run) => run.abandoned / run.contacts);
  }

  /** Shares of those who hung up, or waited to the end. */
  get unserved(): number[] {
    return this.#runs.map((run) => 1 - run.answered / run.contacts);
  }

  get meanWaits(): number[] {
    return this.#runs.map((run) => run.waitSeconds / run.contacts);
  }

  get escalations(): number[] {
    return this.#runs.map((run) => run.escalated / run.contacts);
  }
}
