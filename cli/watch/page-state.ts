import type { NextChange } from '../state/next-change.ts';
import type { RecentHour } from '../state/recent-hour.ts';
import type { SystemState } from '../state/system-state.ts';

/** What the page shows: the event `state` of the stream. */
export interface PageState {
  readonly state: SystemState;
  readonly hour: RecentHour;
  /** The next changes of the contacts that are shown, by `instanceId#contactId`. */
  readonly next: Readonly<Record<string, NextChange>>;
  /** Tags that the policies in force name. */
  readonly tagNames: readonly string[];
  /** What is refused of the configuration, one sentence each. */
  readonly refusals: readonly string[];
}

/** The event `failure` of the stream: a look at the table that failed. What was shown before is older then. */
export interface LookFailure {
  readonly message: string;
}
