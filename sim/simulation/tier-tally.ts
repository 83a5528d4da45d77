import { Histogram } from '../statistics/index.ts';
import { WAIT_BUCKET_BOUNDS, waitBucketIndex } from './wait-buckets.ts';

/** How a contact's time in its queue ended; `waiting`: not at all. */
export type WaitEnd = 'answered' | 'abandoned' | 'waiting';

/** Counts of one run. */
interface RunCounts {
  contacts: number;
  answeredWithinTarget: number;
  abandoned: number;
  abandonedWithinTarget: number;
  answered: number;
  escalated: number;
  waitSeconds: number;
}

/** What became of the contacts of one tier under one set, over all runs. It keeps figures, and no contacts. */
export class TierTally {
  readonly waits = new Histogram();
  readonly waitBucketCounts: number[] = WAIT_BUCKET_BOUNDS.map(() => 0);
  readonly #serviceLevelSeconds: number;
  readonly #runs: RunCounts[] = [];
  /** Contacts of the tier that were passed by later ones which a policy had escalated, by that policy. */
  readonly #overtakenBy = new Map<string, number>();

  constructor(serviceLevelSeconds: number) {
    this.#serviceLevelSeconds = serviceLevelSeconds;
  }

  beginRun(): void {
    this.#runs.push({
      contacts: 0,
      answeredWithinTarget: 0,
      abandoned: 0,
      abandonedWithinTarget: 0,
      answered: 0,
      escalated: 0,
      waitSeconds: 0,
    });
  }

  /** A contact left its queue, or the run is over while it waits. */
  add(outcome: WaitEnd, waitSeconds: number, isEscalated: boolean): void {
    const run = this.#runs.at(-1);
    if (!run) return;
    const isInTime = waitSeconds <= this.#serviceLevelSeconds;
    run.contacts += 1;
    run.waitSeconds += waitSeconds;
    if (isEscalated) run.escalated += 1;
    if (outcome === 'answered') {
      run.answered += 1;
      if (isInTime) run.answeredWithinTarget += 1;
    }
    if (outcome === 'abandoned') {
      run.abandoned += 1;
      if (isInTime) run.abandonedWithinTarget += 1;
    }
    this.waits.add(waitSeconds);
    const bucket = waitBucketIndex(waitSeconds);
    this.waitBucketCounts[bucket] = (this.waitBucketCounts[bucket] ?? 0) + 1;
  }

  /** Contacts of the tier were passed by a later one. */
  addOvertaken(policy: string, contacts: number): void {
    if (contacts > 0) this.#overtakenBy.set(policy, (this.#overtakenBy.get(policy) ?? 0) + contacts);
  }

  /** The policy whose contacts passed those of the tier most often; undefined where none did. */
  get mostOvertakenBy(): string | undefined {
    const [most] = [...this.#overtakenBy].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
    return most?.[0];
  }

  get contacts(): number {
    return this.#runs.reduce((sum, { contacts }) => sum + contacts, 0);
  }

  /** Figures by run; not numbers where nobody came. */
  get serviceLevels(): number[] {
    return this.#runs.map((run) => run.answeredWithinTarget / (run.contacts - run.abandonedWithinTarget));
  }

  get abandonmentRates(): number[] {
    return this.#runs.map((run) => run.abandoned / run.contacts);
  }

  /** Shares of those who hung up, or waited to the end. */
  get unservedShares(): number[] {
    return this.#runs.map((run) => 1 - run.answered / run.contacts);
  }

  get meanWaits(): number[] {
    return this.#runs.map((run) => run.waitSeconds / run.contacts);
  }

  get escalationRates(): number[] {
    return this.#runs.map((run) => run.escalated / run.contacts);
  }
}
