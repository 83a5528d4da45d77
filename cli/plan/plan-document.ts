import type { Location } from '../parameters/location.ts';
import type { PushOptions } from '../parameters/prepare-push.ts';
import type { ParameterChange } from './parameter-changes.ts';
import type { WaitingEffect } from './waiting-contacts.ts';

/** What a push would change: what `plan` prints, and `plan --json`. */
export interface PlanDocument {
  readonly target: Location;
  readonly options: Pick<PushOptions, 'prune' | 'force' | 'endPause'>;
  readonly changes: readonly ParameterChange[];
  /** How the order of evaluation changes, in words. */
  readonly order: readonly string[];
  /** Undefined where nothing changes, or it is not known. */
  readonly waiting?: WaitingEffect & {
    /** Whether more contacts wait than were looked at. */
    readonly isPartial: boolean;
    /** Requests to the contacts table. */
    readonly requests: number;
  };
  /** Why it is not known what happens to contacts that wait. */
  readonly waitingUnknown?: string;
  /** Whether the kill switch is on: then nothing is called before it ends. */
  readonly isPaused: boolean;
}
