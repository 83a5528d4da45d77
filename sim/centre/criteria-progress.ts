import type { Expression, RoutingCriteria } from '../../lambda/domain/routing/criteria.ts';

/**
 * The status of a step. Connect also has INTERRUPTED, for a step of replaced criteria; the centre shows only
 * the current criteria. Source: Amazon Connect administrator guide, "Set routing criteria", "What are the
 * statuses of a routing step".
 */
export type StepStatus = 'INACTIVE' | 'ACTIVE' | 'EXPIRED' | 'JOINED' | 'DEACTIVATED';

/** The progress of a contact through the steps of its routing criteria. */
export interface CriteriaProgress {
  readonly criteria: RoutingCriteria;
  /** 0 for the first criteria of the contact, 1 for those that replaced them, and so on. */
  readonly index: number;
  readonly statuses: StepStatus[];
  /** The expiry of each step that was active and has one. Milliseconds since the epoch. */
  readonly expiresAt: (number | undefined)[];
  /** Undefined until the criteria take effect. */
  activatedAt?: number;
  /**
   * The index of the active step: -1 before the criteria take effect, the number of steps after all have
   * expired.
   */
  step: number;
}

/** Criteria that are not in effect yet. */
export function newCriteriaProgress(criteria: RoutingCriteria, index: number): CriteriaProgress {
  return { criteria, index, statuses: criteria.Steps.map(() => 'INACTIVE'), expiresAt: [], step: -1 };
}

/** Activates the first step. */
export function activateCriteria(progress: CriteriaProgress, now: number): void {
  progress.activatedAt = now;
  beginStep(progress, 0, now);
}

/** Expires the active step and activates the next one, if any. */
export function expireStep(progress: CriteriaProgress, now: number): void {
  progress.statuses[progress.step] = 'EXPIRED';
  beginStep(progress, progress.step + 1, now);
}

/** Ends the active step, if any, with a status. */
export function endStep(progress: CriteriaProgress | undefined, status: 'JOINED' | 'DEACTIVATED'): void {
  if (progress?.statuses[progress.step] === 'ACTIVE') progress.statuses[progress.step] = status;
}

/**
 * The expression that an agent must satisfy; undefined when any agent of the queue may be offered the
 * contact.
 */
export function activeExpression(progress: CriteriaProgress | undefined): Expression | undefined {
  return progress?.criteria.Steps[progress.step]?.Expression;
}

/** The expiry of the active step; undefined when there is none. */
export function nextExpiryAt(progress: CriteriaProgress | undefined): number | undefined {
  return progress?.expiresAt[progress.step];
}

function beginStep(progress: CriteriaProgress, index: number, now: number): void {
  const step = progress.criteria.Steps[index];
  progress.step = index;
  if (!step) return;
  progress.statuses[index] = 'ACTIVE';
  progress.expiresAt[index] = step.Expiry && now + step.Expiry.DurationInSeconds * 1_000;
}
