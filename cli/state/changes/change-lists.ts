import type { ContactKey } from '../../../lambda/domain/contact/contact-key.ts';
import type { NextChange } from '../next-change.ts';
import type { Cause } from './cause.ts';
import type { RecentChange } from './recent-changes.ts';

/** How long before and after a look changes are listed. */
export const LISTED_MS = 60_000;

/** Changes of each list that a page gets, at most. */
export const MAX_LISTED = 20;

/** The changes of the last minute. */
export interface RecentChangeList {
  readonly count: number;
  /** The latest first, {@link MAX_LISTED} at most. */
  readonly latest: readonly RecentChange[];
}

/** The next change of a contact that stays in its queue while no event and no message arrives. */
export interface ComingChange extends ContactKey, NextChange, Cause {}

/** The changes of the next minute. */
export interface ComingChangeList {
  readonly count: number;
  /** True where more contacts are reconciled within the minute than were examined: there may be more changes. */
  readonly isPartial?: true;
  /** The next ones first, {@link MAX_LISTED} at most. */
  readonly next: readonly ComingChange[];
}
