import { Histogram } from '../statistics/index.ts';
import { WAIT_BUCKET_BOUNDS, waitBucketIndex } from './wait-buckets.ts';

/** How the wait of a contact ended; `waiting` at the end of the run. */
export type WaitEnd = 'answered' | 'abandoned' | 'waiting';

/** The counts of one run. */
interface RunCounts {
  contacts: number;
  answeredWithinTarget: number;
  abandoned: number;
  abandonedWithinTarget: number;
  answered: number;
  escalated: number;
  waitSeconds: number;
  waiting: number;
  maxWaitSeconds: number;
}

/**
 * The statistics of one tier under one set over all runs. Memory does not grow with the number of contacts.
 */
export class TierTally {
  readonly waits = new Histogram();
  readonly waitBucketCounts: number[] = WAIT_BUCKET_BOUNDS.map(() => 0);
  readonly #serviceLevelSeconds: number;
  readonly #runs: RunCounts[] = [];
  /** The waits of the current run, and the p90 of each run before it. */
  #waitsOfRun = new Histogram();
  readonly #p90Waits: number[] = [];
  /** By policy: how often contacts that it escalated overtook contacts of the tier. */
  readonly #overtakenBy = new Map<string, number>();

  constructor(serviceLevelSeconds: number) {
    this.#serviceLevelSeconds = serviceLevelSeconds;
  }

  beginRun(): void {
    if (this.#runs.length > 0) this.#p90Waits.push(p90(this.#waitsOfRun));
    this.#waitsOfRun = new Histogram();
    this.#runs.push({
      contacts: 0,
      answeredWithinTarget: 0,
      abandoned: 0,
      abandonedWithinTarget: 0,
      answered: 0,
      escalated: 0,
      waitSeconds: 0,
      waiting: 0,
      maxWaitSeconds: 0,
    });
  }

  /** Counts a contact that left its queue, or that waits at the end of the run. */
  add(waitEnd: WaitEnd, waitSeconds: number, isEscalated: boolean): void {
    const run = this.#runs.at(-1);
    if (!run) return;
    const isWithinTarget = waitSeconds <= this.#serviceLevelSeconds;
    run.contacts += 1;
    run.waitSeconds += waitSeconds;
    run.maxWaitSeconds = Math.max(run.maxWaitSeconds, waitSeconds);
    if (waitEnd === 'waiting') run.waiting += 1;
    if (isEscalated) run.escalated += 1;
    if (waitEnd === 'answered') {
      run.answered += 1;
      if (isWithinTarget) run.answeredWithinTarget += 1;
    }
    if (waitEnd === 'abandoned') {
      run.abandoned += 1;
      if (isWithinTarget) run.abandonedWithinTarget += 1;
    }
    this.waits.add(waitSeconds);
    this.#waitsOfRun.add(waitSeconds);
    const bucket = waitBucketIndex(waitSeconds);
    this.waitBucketCounts[bucket] = (this.waitBucketCounts[bucket] ?? 0) + 1;
  }

  /** Counts contacts of the tier that a contact escalated by the policy overtook. */
  addOvertaken(policy: string, contacts: number): void {
    if (contacts > 0) this.#overtakenBy.set(policy, (this.#overtakenBy.get(policy) ?? 0) + contacts);
  }

  /** The policy whose contacts overtook those of the tier most often; undefined if none did. */
  get mostOvertakenBy(): string | undefined {
    const [most] = [...this.#overtakenBy].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
    return most?.[0];
  }

  get contacts(): number {
    return this.#runs.reduce((sum, { contacts }) => sum + contacts, 0);
  }

  /** By run; NaN for a run without contacts of the tier. */
  get serviceLevels(): number[] {
    return this.#runs.map((run) => run.answeredWithinTarget / (run.contacts - run.abandonedWithinTarget));
  }

  get abandonmentRates(): number[] {
    return this.#runs.map((run) => run.abandoned / run.contacts);
  }

  /** The shares that abandoned or waited to the end. */
  get unservedShares(): number[] {
    return this.#runs.map((run) => 1 - run.answered / run.contacts);
  }

  get meanWaits(): number[] {
    return this.#runs.map((run) => run.waitSeconds / run.contacts);
  }

  /** By run. */
  get p90Waits(): number[] {
    return [...this.#p90Waits, p90(this.#waitsOfRun)];
  }

  /** The mean over the runs of the longest wait of each, in seconds; 0 without contacts. */
  get meanLongestWait(): number {
    const longest = this.#runs.filter(({ contacts }) => contacts > 0).map((run) => run.maxWaitSeconds);
    return longest.length === 0 ? 0 : longest.reduce((sum, wait) => sum + wait, 0) / longest.length;
  }

  /** Contacts of all runs that still waited at the end of their run. */
  get stillWaiting(): number {
    return this.#runs.reduce((sum, { waiting }) => sum + waiting, 0);
  }

  get escalationRates(): number[] {
    return this.#runs.map((run) => run.escalated / run.contacts);
  }
}

/** NaN without waits. */
function p90(waits: Histogram): number {
  return waits.count === 0 ? Number.NaN : waits.quantile(0.9);
}
