/**
 * A figure over several runs, with its confidence interval; with one run, `low` and `high` equal the value.
 */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The effect of policy sets on the same contacts: the JSON output of `escalator simulate --json` and the
 * input of the report.
 */
export interface SimulationResult {
  readonly version: 2;
  readonly scenario: {
    readonly name: string;
    readonly description?: string;
    /** The start of the simulated time, ISO 8601 in UTC. */
    readonly startsAt: string;
    /** The same in local time with its offset from UTC: `2026-11-23T08:00:00+01:00`. */
    readonly startsAtLocal: string;
    readonly hours: number;
    /** The target time of the service level, in seconds. */
    readonly serviceLevelSeconds: number;
    readonly agents: number;
    readonly queues: readonly string[];
  };
  readonly seed: number;
  readonly runs: number;
  /** The confidence level of all intervals, such as 0.95. */
  readonly confidence: number;
  /** The usable quota of UpdateContactRoutingData by the settings of the scenario, in calls per second. */
  readonly grantedPerSecond: number;
  /** The name of the set with which the others are compared. */
  readonly baseline: string;
  /** In the order of the command, the baseline first. */
  readonly sets: readonly SimulatedSetResult[];
  /** Each pair of sets apart from the baseline: the later one of the command compared with the earlier one. */
  readonly pairs: readonly SetPair[];
}

/** Two sets that are compared with each other. */
export interface SetPair {
  readonly set: string;
  readonly against: string;
  /** In the order of the scenario; the differences are paired by run. */
  readonly tiers: readonly { readonly tier: string; readonly change: TierChange }[];
}

/** The effect of one policy set. */
export interface SimulatedSetResult {
  /** The name of the set, such as its folder; `none` has no policy. */
  readonly name: string;
  readonly policies: readonly { readonly name: string; readonly description?: string }[];
  /** In the order of the scenario. */
  readonly tiers: readonly TierResult[];
  /** The figures of each half hour by the clock of the scenario, over all runs. */
  readonly byHalfHour: readonly HalfHourResult[];
  /** The usable quota by the settings of the set, in calls per second. */
  readonly grantedPerSecond: number;
  /** The number of contacts per run that a policy governed, with or without a call. */
  readonly governed: Estimate;
  readonly calls: SimulatedCalls;
  /** The policies with a target, in the order of evaluation; absent without any. */
  readonly targets?: readonly TargetResult[];
  /** The conditions that the policies name, in order of name; absent without any. */
  readonly conditions?: readonly ConditionResult[];
  /** The goals in the order of their file; absent without any. */
  readonly goals?: readonly GoalResult[];
  /** The tiers that this set starves. */
  readonly starvation: readonly Starvation[];
  /**
   * The timeline of the same contact in each set: the contact of the scenario's first tier that waited
   * longest under the baseline in the first run.
   */
  readonly timeline?: ContactTimeline;
}

/** The results of one tier. Waits are times in a queue, in seconds. */
export interface TierResult {
  readonly tier: string;
  /** The number of contacts in all runs. */
  readonly contacts: number;
  /** The share answered within the target time, of all contacts that did not abandon within it. */
  readonly serviceLevel: Estimate;
  /** The share that abandoned the queue. */
  readonly abandoned: Estimate;
  readonly meanWaitSeconds: Estimate;
  readonly medianWaitSeconds: number;
  readonly p90WaitSeconds: number;
  readonly p99WaitSeconds: number;
  /** The longest wait of a run, answered or not: the mean over the runs, so that more runs do not make it longer. */
  readonly maxWaitSeconds: number;
  /** The number of contacts in all runs that nobody served: they still waited when their run ended. */
  readonly unserved: number;
  /** The share of contacts for which the set made a call. */
  readonly escalated: Estimate;
  /**
   * The number of contacts by wait: `counts[i]` waited less than `upToSeconds[i]` and at least the previous
   * bound.
   */
  readonly waitHistogram: { readonly upToSeconds: readonly number[]; readonly counts: readonly number[] };
  /** The difference to the baseline, paired by run; absent in the baseline. */
  readonly change?: TierChange;
}

/** How the figures of a tier differ from those under another set, paired by run. */
export interface TierChange {
  readonly serviceLevel: Estimate;
  readonly abandoned: Estimate;
  readonly meanWaitSeconds: Estimate;
  /** The difference of the p90 waits of the runs. */
  readonly p90WaitSeconds: Estimate;
}

/** Means over the runs of one half hour. */
export interface HalfHourResult {
  /** From the start of the scenario. */
  readonly fromMinute: number;
  /** 30, or less for the first and the last one. */
  readonly minutes: number;
  /** The mean number of agents on shift. */
  readonly agents: number;
  /**
   * The time that agents spent on contacts and after-contact work, divided by the time that they had for as many contacts
   * as each may have at once. Null without agents; above 1 where contacts last beyond the end of a shift.
   */
  readonly occupancy: number | null;
  /** In the order of the scenario. Contacts count in the half hour in which they came. */
  readonly tiers: readonly {
    readonly tier: string;
    readonly arrivals: number;
    /** Null without arrivals, as for the others. */
    readonly serviceLevel: number | null;
    readonly abandoned: number | null;
    /** The mean wait of those who were answered. */
    readonly speedOfAnswerSeconds: number | null;
    /** The mean number of contacts in the queue. */
    readonly waiting: number;
  }[];
}

/** Calls of UpdateContactRoutingData. */
export interface SimulatedCalls {
  /** The number per run. */
  readonly made: Estimate;
  /** The maximum in one second, over all runs. */
  readonly peakPerSecond: number;
  /** The first run by minute from its start: the mean calls per second, and the maximum in one second. */
  readonly byMinute: readonly { readonly minute: number; readonly mean: number; readonly peak: number }[];
  /** The time from when a change is due until it is made, in seconds. */
  readonly latenessSeconds: { readonly median: number; readonly p99: number };
  /** Changes that were superseded: the contact left, or the desired routing changed. */
  readonly superseded: Estimate;
}

/** How often contacts were answered within the target of a policy. */
export interface TargetResult {
  readonly policy: string;
  /** The contacts of all runs that it governed when they left the queue, without those that left unanswered before. */
  readonly contacts: number;
  /** The share of them that was answered within the target. */
  readonly inTime: Estimate;
}

/** A condition on the load of queues, over all queues together. */
export interface ConditionResult {
  readonly name: string;
  /** How often it began, per run. */
  readonly begun: Estimate;
  /** How long it held, per run, in steps of the 15 seconds between two looks at the load. */
  readonly heldSeconds: Estimate;
}

/** How a set does by one goal. Shares are from 0 to 1, waits in seconds. */
export interface GoalResult {
  /** `everybody`: all tiers together. */
  readonly tier: string;
  /** As it was written: `90 % within 60s`. */
  readonly goal: string;
  readonly figure: 'answered' | 'abandoned' | 'longest' | 'mean';
  /** Whether `found` and `limit` are differences to the baseline. */
  readonly isChange: boolean;
  /** What `found` must be at least (`answered`) or at most (all others). */
  readonly limit: number;
  /** The number of contacts of the tier, in all runs. */
  readonly contacts: number;
  readonly found: Estimate;
  /**
   * `met`: the whole interval of `found` clears the limit. `missed`: no part of it does. `unclear`: a part does, or
   * the tier has no contacts.
   */
  readonly verdict: 'met' | 'missed' | 'unclear';
}

/** A tier that is starved: some of its contacts are never served while others are. */
export interface Starvation {
  readonly tier: string;
  /** The policy whose contacts overtake those of the tier most often. */
  readonly policy: string;
  /** The name of the set with which the tier is compared: the baseline, or `none`. */
  readonly against: string;
  /** The mean wait of the tier divided by that under the other set. */
  readonly waitRatio: number;
  readonly maxWaitSeconds: number;
  /** A sentence for people. */
  readonly reason: string;
}

/** The history of one contact. */
export interface ContactTimeline {
  readonly contactId: string;
  readonly tier: string;
  readonly waitEnd: 'answered' | 'abandoned' | 'waiting';
  readonly waitedSeconds: number;
  /** `atSeconds` counts from when the contact was queued. */
  readonly moments: readonly { readonly atSeconds: number; readonly description: string }[];
  /** Contacts of its queue that came later and were answered before it left. */
  readonly overtakenBy: readonly OvertakingContacts[];
  /** Contacts of its queue that came earlier and still waited when it was answered. */
  readonly overtook: readonly OvertakingContacts[];
}

/** Contacts of one tier that went first for one reason. */
export interface OvertakingContacts {
  readonly tier: string;
  /** The policy that changed the routing of those that went first; absent where none did. */
  readonly policy?: string;
  readonly contacts: number;
}
