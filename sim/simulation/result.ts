/** A figure from several runs, with its confidence interval; `low` and `high` equal it where there is one run only. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** What policy sets did to the same contacts: what `escalator simulate --json` prints and the report shows. */
export interface SimulationResult {
  readonly version: 1;
  readonly scenario: {
    readonly name: string;
    readonly description?: string;
    /** ISO 8601, where the simulated time begins. */
    readonly startsAt: string;
    /** The same by the clock of the scenario, with its distance from UTC: `2026-11-23T08:00:00+01:00`. */
    readonly startsAtLocal: string;
    readonly hours: number;
    /** A contact counts as served in time when it was answered within so many seconds. */
    readonly serviceLevelSeconds: number;
    readonly agents: number;
    readonly queues: readonly string[];
  };
  readonly seed: number;
  readonly runs: number;
  /** Of every interval, such as 0.95. */
  readonly confidence: number;
  /** Calls of UpdateContactRoutingData per second that the system may make. */
  readonly grantedPerSecond: number;
  /** Name of the set that the others are held against. */
  readonly baseline: string;
  /** In the order asked for, the baseline first. */
  readonly sets: readonly SimulatedSetResult[];
}

/** What one policy set did. */
export interface SimulatedSetResult {
  /** Such as the folder's name; `none` has no policy. */
  readonly name: string;
  readonly policies: readonly { readonly name: string; readonly description?: string }[];
  /** In the order of the scenario. */
  readonly tiers: readonly TierResult[];
  /** Contacts in a run that one of its policies governed, whether a call came of it or not. */
  readonly governed: Estimate;
  readonly calls: SimulatedCalls;
  /** Tiers that this set starves; empty where it starves none. */
  readonly starvation: readonly Starvation[];
  /** The same contact in each set: that of the scenario's first tier which waited longest under the baseline, in the first run. */
  readonly timeline?: ContactTimeline;
}

/** What became of the contacts of one tier. Waits are those in a queue, in seconds. */
export interface TierResult {
  readonly tier: string;
  /** Contacts of all runs. */
  readonly contacts: number;
  /** Share answered within the service level, of all that were not abandoned within it. */
  readonly serviceLevel: Estimate;
  /** Share that hung up before an agent answered. */
  readonly abandoned: Estimate;
  readonly meanWaitSeconds: Estimate;
  readonly medianWaitSeconds: number;
  readonly p90WaitSeconds: number;
  readonly p99WaitSeconds: number;
  /** Of all runs, by whoever waited, answered or not. */
  readonly maxWaitSeconds: number;
  /** Share for which the set made a call. */
  readonly escalated: Estimate;
  /** Contacts by their wait: `counts[i]` waited less than `upToSeconds[i]` and no less than the bound before it. */
  readonly waitHistogram: { readonly upToSeconds: readonly number[]; readonly counts: readonly number[] };
  /** Against the baseline, contact by contact in the same runs; absent in the baseline itself. */
  readonly change?: {
    readonly serviceLevel: Estimate;
    readonly abandoned: Estimate;
    readonly meanWaitSeconds: Estimate;
  };
}

/** Calls of UpdateContactRoutingData. */
export interface SimulatedCalls {
  /** In a run. */
  readonly made: Estimate;
  /** The most in one second, of all runs. */
  readonly peakPerSecond: number;
  /** Of the first run, by minute from its beginning: the mean per second, and the most in one second. */
  readonly byMinute: readonly { readonly minute: number; readonly mean: number; readonly peak: number }[];
  /** How late changes were made after they fell due, in seconds. */
  readonly latenessSeconds: { readonly median: number; readonly p99: number };
  /** Changes that were never made, since the contact left or something else was wanted before their turn. */
  readonly superseded: Estimate;
}

/** A tier that waits beyond all bounds because others are always served first. */
export interface Starvation {
  readonly tier: string;
  /** The policy whose contacts go first. */
  readonly policy: string;
  /** Mean wait of the tier, as a multiple of that under the baseline. */
  readonly waitRatio: number;
  readonly maxWaitSeconds: number;
  /** In words, for people. */
  readonly reason: string;
}

/** What happened to one contact. */
export interface ContactTimeline {
  readonly contactId: string;
  readonly tier: string;
  readonly waitEnd: 'answered' | 'abandoned' | 'waiting';
  readonly waitedSeconds: number;
  /** Seconds after it was queued. */
  readonly moments: readonly { readonly atSeconds: number; readonly description: string }[];
}
