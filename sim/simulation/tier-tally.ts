import { Histogram, type HistogramSnapshot } from '../statistics/index.ts';
import { WAIT_BUCKET_BOUNDS, waitBucketIndex } from './wait-buckets.ts';
import { countWait, NO_WAITS, serviceLevelOf, type WaitCounts, type WaitEnd } from './wait-counts.ts';

/** The counts of one run. */
interface MutableCounts extends WaitCounts {
  escalated: number;
  /** The sum of all waits. */
  waitSeconds: number;
  /** Contacts that still waited at the end of the run. */
  waiting: number;
  longestSeconds: number;
  /** Contacts that were answered within each threshold. */
  readonly answeredWithin: number[];
  /** Contacts that abandoned within each threshold. */
  readonly abandonedWithin: number[];
}

/** The counts of one tier in one run. */
export type RunCounts = { readonly [K in keyof MutableCounts]: Readonly<MutableCounts[K]> };

/** The state of a tally, which threads can exchange. */
export interface TierSnapshot {
  readonly waits: HistogramSnapshot;
  readonly waitBucketCounts: readonly number[];
  readonly runs: readonly RunCounts[];
  readonly p90Waits: readonly number[];
  readonly overtakenBy: ReadonlyMap<string, number>;
}

/**
 * The statistics of one tier under one set over all runs. Memory does not grow with the number of contacts.
 */
export class TierTally {
  readonly waits = new Histogram();
  readonly waitBucketCounts: number[] = WAIT_BUCKET_BOUNDS.map(() => 0);
  readonly #serviceLevelSeconds: number;
  readonly #thresholds: readonly number[];
  readonly #runs: MutableCounts[] = [];
  /** The waits of the current run; undefined before the first one. */
  #waitsOfRun: Histogram | undefined;
  /** Of each run before the current one. */
  readonly #p90Waits: number[] = [];
  /** By policy: how often contacts that it escalated overtook contacts of the tier. */
  readonly #overtakenBy = new Map<string, number>();

  /** @param thresholds - further target times, in seconds, within which contacts are counted. Default: none. */
  constructor(serviceLevelSeconds: number, thresholds: readonly number[] = []) {
    this.#serviceLevelSeconds = serviceLevelSeconds;
    this.#thresholds = thresholds;
  }

  beginRun(): void {
    if (this.#waitsOfRun) this.#p90Waits.push(p90(this.#waitsOfRun));
    this.#waitsOfRun = new Histogram();
    this.#runs.push({
      ...NO_WAITS,
      escalated: 0,
      waitSeconds: 0,
      waiting: 0,
      longestSeconds: 0,
      answeredWithin: this.#thresholds.map(() => 0),
      abandonedWithin: this.#thresholds.map(() => 0),
    });
  }

  /** Counts a contact that left its queue, or that waits at the end of the run. */
  add(waitEnd: WaitEnd, waitSeconds: number, isEscalated: boolean): void {
    const run = this.#runs.at(-1);
    if (!run) return;
    countWait(run, waitEnd, waitSeconds <= this.#serviceLevelSeconds);
    run.waitSeconds += waitSeconds;
    run.longestSeconds = Math.max(run.longestSeconds, waitSeconds);
    if (waitEnd === 'waiting') run.waiting += 1;
    if (isEscalated) run.escalated += 1;
    if (waitEnd === 'answered') this.#countWithin(run.answeredWithin, waitSeconds);
    if (waitEnd === 'abandoned') this.#countWithin(run.abandonedWithin, waitSeconds);
    this.waits.add(waitSeconds);
    this.#waitsOfRun?.add(waitSeconds);
    const bucket = waitBucketIndex(waitSeconds);
    this.waitBucketCounts[bucket] = (this.waitBucketCounts[bucket] ?? 0) + 1;
  }

  #countWithin(counts: number[], waitSeconds: number): void {
    for (const [index, threshold] of this.#thresholds.entries()) {
      if (waitSeconds <= threshold) counts[index] = (counts[index] ?? 0) + 1;
    }
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

  /** The counts, by run. */
  get runs(): readonly RunCounts[] {
    return this.#runs;
  }

  snapshot(): TierSnapshot {
    const { waits, waitBucketCounts, p90Waits } = this;
    return {
      waits: waits.snapshot(),
      waitBucketCounts,
      runs: this.#runs,
      p90Waits,
      overtakenBy: this.#overtakenBy,
    };
  }

  /** Adds the runs of another tally with the same thresholds. */
  absorb({ waits, waitBucketCounts, runs, p90Waits, overtakenBy }: TierSnapshot): void {
    this.waits.absorb(waits);
    for (const [index, count] of waitBucketCounts.entries()) {
      this.waitBucketCounts[index] = (this.waitBucketCounts[index] ?? 0) + count;
    }
    this.#runs.push(
      ...runs.map((run) => ({
        ...run,
        answeredWithin: [...run.answeredWithin],
        abandonedWithin: [...run.abandonedWithin],
      })),
    );
    this.#p90Waits.push(...p90Waits);
    for (const [policy, contacts] of overtakenBy) this.addOvertaken(policy, contacts);
  }

  get contacts(): number {
    return this.#runs.reduce((sum, { contacts }) => sum + contacts, 0);
  }

  /** By run; NaN for a run without contacts of the tier. */
  get serviceLevels(): number[] {
    return this.#runs.map(serviceLevelOf);
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
  get p90Waits(): readonly number[] {
    return this.#waitsOfRun ? [...this.#p90Waits, p90(this.#waitsOfRun)] : this.#p90Waits;
  }

  /** The mean over the runs of the longest wait of each, in seconds; 0 without contacts. */
  get meanLongestWait(): number {
    const longest = this.#runs.filter(({ contacts }) => contacts > 0).map((run) => run.longestSeconds);
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
