import type { ComingChangeList, RecentChangeList } from '../state/changes/change-lists.ts';
import type { NextChange } from '../state/next-change.ts';
import type { OutsideFigures } from '../state/outside/outside-figures.ts';
import type { PolicyAuthors } from '../state/outside/policy-authors.ts';
import type { QueueLine } from '../state/queue-line.ts';
import type { RecentHour } from '../state/recent-hour.ts';
import type { SystemState } from '../state/system-state.ts';
import type { WaitingContact } from '../state/waiting-contact.ts';

/** What the page shows. The event `state` of the stream has all of it, and the event `change` what is different. */
export interface PageState {
  readonly state: SystemState;
  readonly hour: RecentHour;
  /** The next changes of the contacts that are shown, by `instanceId#contactId`. */
  readonly next: Readonly<Record<string, NextChange>>;
  /** What was changed in the last minute. */
  readonly recent: RecentChangeList;
  /** What will be changed in the next minute. */
  readonly coming: ComingChangeList;
  /** Tags that the policies in force name. */
  readonly tagNames: readonly string[];
  /** What is refused of the configuration, one sentence each. */
  readonly refusals: readonly string[];
  /** What the table does not tell; absent until it was read. */
  readonly figures?: OutsideFigures;
  /** Who wrote the policies; absent until it was read. */
  readonly authors?: PolicyAuthors;
}

/** A queue without those who wait in it. */
export type QueueHead = Omit<QueueLine, 'contacts'>;

/** What is different since the event before. The event `change` of the stream, whose `id` is its number. */
export interface PageChange {
  /** The number of the event that it follows. A page that has another one has missed something, and asks for all again. */
  readonly from: number;
  readonly state: Omit<SystemState, 'queues'>;
  /** In their order. */
  readonly queues: readonly QueueHead[];
  /** Those that are new or different, whatever their queue. */
  readonly contacts: readonly WaitingContact[];
  /** Those that are gone, by `instanceId#contactId`. */
  readonly gone: readonly string[];
  /** Other parts that are different. */
  readonly parts: Partial<PageParts>;
}

/** The parts of the page besides the state of the system; the samples of the hour are one of their own. */
export interface PageParts extends Omit<PageState, 'state' | 'hour'> {
  readonly hour: Omit<RecentHour, 'samples'>;
  readonly samples: RecentHour['samples'];
}

/** The event `failure` of the stream: a look at the table that failed. What was shown before is older then. */
export interface LookFailure {
  readonly message: string;
}
