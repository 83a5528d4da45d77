import type { ContactKey } from '../../../lambda/domain/contact/contact-key.ts';
import type { NextChange } from '../next-change.ts';
import type { Cause } from './cause.ts';
import type { RecentChange } from './recent-changes.ts';

/** The changes of the last minute. */
export interface RecentChangeList {
  readonly count: number;
  /** The latest first, 20 at most. */
  readonly latest: readonly RecentChange[];
}

/** The next change of a contact that stays in its queue while no event and no message arrives. */
export interface ComingChange extends ContactKey, NextChange, Cause {}

/** The changes of the next minute. */
export interface ComingChangeList {
  readonly count: number;
  /** True where more contacts are reconciled within the minute than were looked at: then there may be more. */
  readonly isPartial?: true;
  /** The next ones first, 20 at most. */
  readonly next: readonly ComingChange[];
}
