import type { Routing } from '../../lambda/domain/routing/routing.ts';
import type { RecordingProblem } from './recording-scan.ts';

/** What policy sets would have changed in a recording: what `escalator replay --json` prints. Times are ISO 8601. */
export interface ReplayResult {
  readonly version: 1;
  readonly recording: RecordingResult;
  /** In the order asked for. */
  readonly sets: readonly ReplayedSetResult[];
  /** What was taken for granted or guessed, in sentences. */
  readonly caveats: readonly string[];
}

/** What the recording has. */
export interface RecordingResult {
  readonly files: readonly string[];
  readonly entries: number;
  /** Contact events that were taken. */
  readonly events: number;
  /** Rule events and rule messages that were taken. */
  readonly messages: number;
  /** Copies of what was taken already. */
  readonly duplicates: number;
  /** Contact events of types that the system is not told of, such as INITIATED. */
  readonly ignored: number;
  /** Outside of the part that was asked for. */
  readonly excluded: number;
  /** Entries that could not be used; the first of them stand in `problemExamples`. */
  readonly problems: number;
  readonly problemExamples: readonly RecordingProblem[];
  readonly startsAt: string;
  readonly endsAt: string;
  readonly instances: readonly string[];
  readonly region?: string;
  readonly contacts: number;
  /** Contacts that waited in a queue. */
  readonly queued: number;
  /** Contacts that still waited at the end of the recording, or whose leaving is not recorded. */
  readonly stillWaiting: number;
  /** Contacts that left a queue while nothing was recorded of their waiting there. */
  readonly unobservedWaits: number;
  /** Stays in a queue whose end is recorded too late, by another event. */
  readonly lateEnds: number;
  /** The tag that tells tiers apart; absent: the policy does. */
  readonly tierTag?: string;
}

/** What one policy set would have done. */
export interface ReplayedSetResult {
  readonly name: string;
  /** In the order in which they are asked. */
  readonly policies: readonly PolicyResult[];
  /** Contacts that would have been escalated. */
  readonly contacts: number;
  readonly calls: ReplayedCalls;
  readonly overtakings: OvertakingsResult;
  /** In the order of the calls. */
  readonly escalations: readonly Escalation[];
}

export interface PolicyResult {
  readonly policy: string;
  readonly mode: 'enforce' | 'observe';
  /** Contacts that it governed at some time. */
  readonly governed: number;
  /** Contacts that were escalated while it governed them. */
  readonly contacts: number;
  readonly escalations: number;
}

/** A call of UpdateContactRoutingData that would have been made. */
export interface Escalation {
  readonly instanceId: string;
  readonly contactId: string;
  readonly queueArn: string;
  readonly tier: string;
  /** Absent where an operator's override, or its end, is behind it. */
  readonly policy?: string;
  /** Index of the step in the policy's text. */
  readonly step?: number;
  readonly dueAt: string;
  readonly madeAt: string;
  /** How long the contact had waited in this queue when the call was made. */
  readonly waitedSeconds: number;
  /** What was in force of what the call sets: where the system does not know, Connect's default. */
  readonly from: Routing;
  readonly to: Routing;
  /**
   * Whether the contact still waited when the routing lag was over: otherwise the change came too late to matter.
   * `unknown` where the recording ends before.
   */
  readonly tookEffect: boolean | 'unknown';
}

/** Calls of UpdateContactRoutingData against the quota. */
export interface ReplayedCalls {
  readonly made: number;
  /** Calls per second that the system may make: `updateRate` x `updateShare`. */
  readonly grantedPerSecond: number;
  /** Over the whole recording. */
  readonly meanPerSecond: number;
  /** The most in one second of the clock. */
  readonly peakPerSecond: number;
  readonly peakAt?: string;
  /** The mean as a part of what is granted: 1 is all of it. */
  readonly quotaShare: number;
  /** Seconds of the clock in which more calls fell due than are granted in a second. What is over the burst waits. */
  readonly secondsOverQuota: number;
  /** How late calls were made after they fell due, in seconds; absent without a call. */
  readonly latenessSeconds?: { readonly median: number; readonly p99: number };
  /** Calls of DescribeContact that would have been made. */
  readonly describeCalls: number;
}

/** Changes of places between contacts that both waited in one queue. */
export interface OvertakingsResult {
  readonly total: number;
  /** The most frequent first. */
  readonly byTier: readonly {
    readonly overtaker: string;
    readonly overtaken: string;
    readonly times: number;
  }[];
  readonly list: readonly Overtaking[];
  /** How many more there are than the list has. */
  readonly notListed: number;
}

/** A contact came to stand before another one that it had stood behind. */
export interface Overtaking {
  readonly at: string;
  readonly queueArn: string;
  readonly overtaker: string;
  readonly overtakerTier: string;
  readonly overtaken: string;
  readonly overtakenTier: string;
}
