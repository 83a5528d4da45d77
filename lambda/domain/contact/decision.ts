import type { Routing } from '../routing/routing.ts';

/** Why a plan is as it is. */
export type PlanReason =
  /** A policy applies. */
  | 'governed'
  /** No policy lets the contact in. */
  | 'no-policy'
  /** Which policy applies depends on attributes that are not known, and the answer matters now. */
  | 'needs-attributes'
  /** As above, but the answer does not matter yet. */
  | 'attributes-later'
  /** Which policy applies depends on the name of its queue, which is not known yet. */
  | 'needs-queue-name'
  /** The contact does not wait in a queue. */
  | 'not-queued'
  /** The contact is a task that is paused. */
  | 'paused'
  /** Connect no longer lets this system act on the contact. */
  | 'closed'
  /** Another Region may act on it. */
  | 'other-region'
  /** Its instance is not among those served. */
  | 'other-instance'
  /** It is a contact of Connect's own tests, and the settings leave these out. */
  | 'test-contact';

/** Reasons under which nothing is done for a contact, not even what an operator wants. */
export const INACTIVE_REASONS: ReadonlySet<PlanReason> = new Set<PlanReason>([
  'not-queued',
  'paused',
  'closed',
  'other-region',
  'other-instance',
  'test-contact',
]);

/** What the last reconcile decided for a contact. */
export interface Decision {
  /** The queue visit that it is about, as `queueVisitId` names it; absent when the contact does not wait. */
  readonly queueVisit?: string;
  /** Counts the changes of the desired routing. It is part of what identifies an update. */
  readonly generation: number;
  readonly reason: PlanReason;
  readonly policy?: string;
  /** Index of the last step reached. */
  readonly step?: number;
  readonly desired: Routing;
  readonly allowLower: boolean;
  /** The routing that an operator sets instead. */
  readonly override?: Routing;
  /** When the desired routing fell due, in milliseconds since the epoch. */
  readonly dueAt?: number;
  /** Until when the age of the policy's target shows in the queue before the contact is due; absent: no such age. */
  readonly timelyUntil?: number;
  /** Attributes that must be known before more can be decided. */
  readonly requiredAttributes?: readonly string[];
}
