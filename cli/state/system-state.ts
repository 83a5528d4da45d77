import type { CallsStopped } from '../../lambda/domain/configuration/acting-settings.ts';
import type { Refusal } from '../../lambda/domain/configuration/compiled.ts';
import type { PolicyMode } from '../../lambda/domain/policy/policy.ts';
import type { QueueLine } from './queue-line.ts';

/** The state of the whole system at a moment, as far as the table has it. Times are milliseconds since the epoch. */
export interface SystemState {
  readonly at: number;
  /** The version that is deployed; absent where it does not state its number. */
  readonly version?: string;
  readonly calls: Calls;
  readonly queues: readonly QueueLine[];
  /** In order of evaluation. */
  readonly policies: readonly PolicyLine[];
  /** Versions of parameters that are not in force. */
  readonly refused: readonly Refusal[];
  /** Since when the configuration has been as it is; absent where there is none. */
  readonly configuredAt?: number;
  /** Whether more contacts wait than were read. */
  readonly isPartial: boolean;
  /** Contacts whose records could not be read, such as those that a newer version wrote. */
  readonly unreadable: number;
}

/** The calls of UpdateContactRoutingData. */
export interface Calls {
  /** Why none are made; absent while they are. */
  readonly stopped?: CallsStopped;
  /** What stops them, and since when, as sentences; empty while calls are made. */
  readonly reasons: readonly string[];
  /** Calls per second that the settings allow. */
  readonly perSecond: number;
  /** Changes that are due, the most urgent priority first. */
  readonly due: readonly DueCount[];
  /** Since when the oldest of them is due. */
  readonly oldestDueAt?: number;
  /** Contacts for which DescribeContact is to be asked first. */
  readonly questions: number;
  /** Contacts of which Connect rejected an update. */
  readonly rejected: number;
}

export interface DueCount {
  /** The priority that the contact shall have. */
  readonly priority: number;
  readonly count: number;
}

/** A policy in force. */
export interface PolicyLine {
  readonly name: string;
  readonly mode: PolicyMode;
  readonly since: number;
  /** The version of its parameter. */
  readonly version: number;
  /** Contacts that wait and that it governs; of one that observes: those that it would govern. */
  readonly governs: number;
  /** Contacts among them whose target is over. */
  readonly late: number;
  /** Contacts among them that were escalated; of one that observes: those that it would have changed. */
  readonly escalated: number;
  /** Of a policy that observes: what is in force for the contacts that it would govern. */
  readonly beside?: readonly BesidePolicy[];
}

/** What a policy that observes would do, beside what is in force. */
export interface BesidePolicy {
  /** The policy in force; absent: none governs them. */
  readonly policy?: string;
  readonly contacts: number;
  /** Contacts among them that would be more urgent, by priority and then by age. */
  readonly moreUrgent: number;
  /** Contacts among them that would be less urgent. */
  readonly lessUrgent: number;
}
