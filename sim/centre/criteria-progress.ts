import type { Expression, RoutingCriteria } from '../../lambda/domain/routing/criteria.ts';

/**
 * What has become of a step. Connect knows INTERRUPTED too, for a step of criteria that were replaced; those are
 * not shown any more here. Source: Amazon Connect administrator guide, "Set routing criteria", "What are the
 * statuses of a routing step".
 */
export type StepStatus = 'INACTIVE' | 'ACTIVE' | 'EXPIRED' | 'JOINED' | 'DEACTIVATED';

/** Routing criteria on their way through their steps, on one contact. */
export interface CriteriaProgress {
  readonly criteria: RoutingCriteria;
  /** 0 for the first criteria of the contact, 1 for those that replaced them, and so on. */
  readonly index: number;
  readonly statuses: StepStatus[];
  /** When each step expires or expired, for those that began and do expire. Milliseconds since the epoch. */
  readonly expiresAt: (number | undefined)[];
  /** Undefined until the criteria take effect. */
  activatedAt?: number;
  /** Which step holds now: -1 before they take effect, as many as there are steps when all have expired. */
  step: number;
}

/** Criteria that have not taken effect yet. */
export function newCriteriaProgress(criteria: RoutingCriteria, index: number): CriteriaProgress {
  return { criteria, index, statuses: criteria.Steps.map(() => 'INACTIVE'), expiresAt: [], step: -1 };
}

/** Lets the first step begin. */
export function activateCriteria(run: CriteriaProgress, now: number): void {
  run.activatedAt = now;
  beginStep(run, 0, now);
}

/** Ends the step that holds, and begins the next one, if there is one. */
export function expireStep(run: CriteriaProgress, now: number): void {
  run.statuses[run.step] = 'EXPIRED';
  beginStep(run, run.step + 1, now);
}

/** Says how the step that holds ended, if one does. */
export function endStep(run: CriteriaProgress | undefined, status: 'JOINED' | 'DEACTIVATED'): void {
  if (run?.statuses[run.step] === 'ACTIVE') run.statuses[run.step] = status;
}

/** What an agent must satisfy now; undefined when any agent of the queue will do. */
export function activeExpression(run: CriteriaProgress | undefined): Expression | undefined {
  return run?.criteria.Steps[run.step]?.Expression;
}

/** When the step that holds expires; undefined when none does, or never. */
export function nextExpiryAt(run: CriteriaProgress | undefined): number | undefined {
  return run?.expiresAt[run.step];
}

function beginStep(run: CriteriaProgress, index: number, now: number): void {
  const step = run.criteria.Steps[index];
  run.step = index;
  if (!step) return;
  run.statuses[index] = 'ACTIVE';
  run.expiresAt[index] = step.Expiry && now + step.Expiry.DurationInSeconds * 1_000;
}
