import type { Routing } from '../../lambda/domain/routing/routing.ts';
import type { RecordingProblem } from './recording-scan.ts';

/**
 * The changes that policy sets would have made in a recording: the JSON output of `escalator replay --json`.
 * Times are ISO 8601.
 */
export interface ReplayResult {
  readonly version: 2;
  readonly recording: RecordingResult;
  /** In the order of the command. */
  readonly sets: readonly ReplayedSetResult[];
  /** Assumptions and limits, in sentences. */
  readonly caveats: readonly string[];
}

/** The statistics of the recording. */
export interface RecordingResult {
  readonly files: readonly string[];
  readonly entries: number;
  /** Contact events that were replayed. */
  readonly events: number;
  /** Rule events and rule messages that were replayed. */
  readonly messages: number;
  /** Copies, which were skipped. */
  readonly duplicates: number;
  /** Contact events of types that the system does not receive, such as INITIATED. */
  readonly ignored: number;
  /** Entries outside the selected part. */
  readonly excluded: number;
  /** Entries that could not be read; `problemExamples` has the first ones. */
  readonly problems: number;
  readonly problemExamples: readonly RecordingProblem[];
  readonly startsAt: string;
  readonly endsAt: string;
  readonly instances: readonly string[];
  readonly region?: string;
  /** Contact events of type QUEUED. */
  readonly queuedEvents: number;
  /** Those of them that name no queue, so that the contact does not count as waiting, if any. */
  readonly withoutQueue?: number;
  readonly contacts: number;
  /** Contacts that waited in a queue. */
  readonly queued: number;
  /** Contacts that waited at the end of the recording, or whose end is not recorded. */
  readonly stillWaiting: number;
  /** Contacts whose first event is after the end of their queue visit. */
  readonly unobservedWaits: number;
  /** Queue visits whose end is recorded late, by another event. */
  readonly lateEnds: number;
  /** Events of Connect's own tests that were left out, if any. */
  readonly testEvents?: number;
  /** Events of an archive that was replayed, which were left out, if any. */
  readonly replayedEvents?: number;
  /** The tag that names the tier of a contact; absent when the governing policy is the tier. */
  readonly tierTag?: string;
}

/** The effect of one policy set. */
export interface ReplayedSetResult {
  readonly name: string;
  /** In the order of evaluation. */
  readonly policies: readonly PolicyResult[];
  /** Contacts for which an update would have been made. */
  readonly contacts: number;
  readonly calls: ReplayedCalls;
  /** Why there are no calls, as a part of a sentence; absent where there are some. */
  readonly noCallsReason?: string;
  /** The enforced policies with a target, in the order of evaluation; absent without any. */
  readonly targets?: readonly ReplayedTarget[];
  /** The conditions that the policies name, in order of name; absent without any. */
  readonly conditions?: readonly ReplayedCondition[];
  readonly overtakings: OvertakingsResult;
  /** In the order of the calls. */
  readonly escalations: readonly Escalation[];
}

export interface PolicyResult {
  readonly policy: string;
  readonly mode: 'enforce' | 'observe';
  /** Contacts that the policy governed at some time, or would have governed if it did not observe. */
  readonly governed: number;
  /** Contacts for which an update was made while the policy governed them. */
  readonly contacts: number;
  /** Updates. Those of an observing policy, and their contacts, would have been made, and no other figure has them. */
  readonly escalations: number;
}

/** How often contacts were answered within the target of a policy, by the waits of the recording. */
export interface ReplayedTarget {
  readonly policy: string;
  /** The contacts that it governed when they left the queue, without those that left unanswered before they were due. */
  readonly contacts: number;
  /** Those of them that were answered before they were due. */
  readonly inTime: number;
}

/** A condition on the load of queues, over all queues together. */
export interface ReplayedCondition {
  readonly name: string;
  /** How often it would have begun. */
  readonly begun: number;
  /** Absent where it would not have begun. */
  readonly firstAt?: string;
  readonly heldSeconds: number;
}

/** An update that would have been made. */
export interface Escalation {
  readonly instanceId: string;
  readonly contactId: string;
  readonly queueArn: string;
  readonly tier: string;
  /** Absent when the update is caused by an override or its end. */
  readonly policy?: string;
  /** The index of the step in the policy's text. */
  readonly step?: number;
  readonly dueAt: string;
  readonly madeAt: string;
  /** The wait in this queue at the time of the update. */
  readonly waitedSeconds: number;
  /**
   * The previous values of the fields that the update sets: the defaults of Connect where they are unknown.
   */
  readonly from: Routing;
  readonly to: Routing;
  /**
   * Whether the contact still waited after the routing lag; otherwise the update had no effect. `unknown`
   * when the recording ends before that.
   */
  readonly tookEffect: boolean | 'unknown';
}

/** Calls of UpdateContactRoutingData against the quota. */
export interface ReplayedCalls {
  readonly made: number;
  /** How many took effect, how many came too late, and how many are `unknown`: see `tookEffect`. */
  readonly effects: { readonly took: number; readonly tooLate: number; readonly unknown: number };
  /** The usable quota in calls per second: `updateRate` x `updateShare`. */
  readonly grantedPerSecond: number;
  /** Over the whole recording. */
  readonly meanPerSecond: number;
  /** The maximum in one second of the clock. */
  readonly peakPerSecond: number;
  readonly peakAt?: string;
  /** The mean divided by the usable quota. */
  readonly quotaShare: number;
  /**
   * Seconds of the clock in which more updates were due than the quota permits in a second. Updates beyond
   * the burst wait.
   */
  readonly secondsOverQuota: number;
  /** The time from when a change is due until it is made, in seconds; absent without updates. */
  readonly latenessSeconds?: { readonly median: number; readonly p99: number };
  /** Calls of DescribeContact that would have been made. */
  readonly describeCalls: number;
}

/** Overtakings between contacts that waited in the same queue. */
export interface OvertakingsResult {
  readonly total: number;
  /** The most frequent first. */
  readonly byTier: readonly {
    readonly overtaker: string;
    readonly overtaken: string;
    readonly times: number;
  }[];
  readonly list: readonly Overtaking[];
  /** The number of overtakings that `list` omits. */
  readonly notListed: number;
}

/** A contact overtook another one. */
export interface Overtaking {
  readonly at: string;
  readonly queueArn: string;
  readonly overtaker: string;
  readonly overtakerTier: string;
  readonly overtaken: string;
  readonly overtakenTier: string;
}
