import type { RoutingStatus } from '../contact/routing-status.ts';
import { defined } from '../json.ts';
import type { AgeAdjustment, Routing, RoutingUpdate } from '../routing/routing.ts';
import type { PendingWork } from './pending-work.ts';
import { sendableChanges } from './sendable-changes.ts';

/** One update: the request, and the fields that it sets. */
export interface PlannedUpdate {
  readonly update: RoutingUpdate;
  readonly sets: Routing;
  /** True where it adds to the age: to send it twice would change the age twice. */
  readonly addsToAge?: true;
}

/** What an update changes of the status while it is in flight. */
export type AppliedState = Pick<RoutingStatus, 'applied' | 'restorePoint' | 'unconfirmed' | 'ageSettlesAt'>;

/** An update as it is sent: for which queue visit and generation, under which override, and on top of what. */
export interface UpdateAttempt extends PlannedUpdate {
  readonly queueVisit: string;
  readonly generation: number;
  readonly override?: Routing;
  /** What was known to be applied before it. */
  readonly previous: AppliedState;
}

/**
 * The next update for a contact; undefined when there is none, or none before Connect was asked, see
 * {@link sendableChanges}.
 *
 * @param work - what is left to do for the contact.
 */
export function nextUpdate(
  work: PendingWork | undefined,
  ageAdjustment: AgeAdjustment,
): UpdateAttempt | undefined {
  if (work?.kind !== 'update') return undefined;
  const { queueVisit, applied, restorePoint, unconfirmed, ageSettlesAt } = work.status;
  const planned = planUpdate(sendableChanges(work, ageAdjustment), applied, ageAdjustment);
  if (!planned) return undefined;
  const { generation, override } = work.decision;
  const previous: AppliedState = defined({ applied, restorePoint, unconfirmed, ageSettlesAt });
  return { ...planned, ...defined({ queueVisit, generation, override, previous }) };
}

/**
 * The next update towards the target routing, undefined when there is nothing to change. The API forbids priority and age in
 * one request: where both change, priority goes first, with the criteria, and the age in the request after.
 *
 * @param ageAdjustment - with `incremental` the request carries the difference to the applied age.
 */
export function planUpdate(
  changes: Routing,
  applied: Routing,
  ageAdjustment: AgeAdjustment,
): PlannedUpdate | undefined {
  const { priority, ageSeconds, criteria } = changes;
  if (priority === undefined && ageSeconds === undefined && criteria === undefined) return undefined;
  const appliedAge = ageAdjustment === 'absolute' ? 0 : (applied.ageSeconds ?? 0);
  const sets = priority === undefined ? { ageSeconds, criteria } : { priority, criteria };
  return {
    update: defined({
      QueuePriority: sets.priority,
      QueueTimeAdjustmentSeconds: sets.ageSeconds === undefined ? undefined : sets.ageSeconds - appliedAge,
      RoutingCriteria: criteria,
    }),
    sets: defined(sets),
    ...(ageAdjustment === 'incremental' && sets.ageSeconds !== undefined && { addsToAge: true }),
  };
}
