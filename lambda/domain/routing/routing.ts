import { defined } from '../json.ts';
import { type RoutingCriteria, sameCriteria } from './criteria.ts';

/** How a contact is routed. A field is absent where it is not known, or not desired. */
export interface Routing {
  /** 1 is the most urgent; a new contact has 5. */
  readonly priority?: number;
  /** Seconds added to the time in queue, in total; negative allowed. */
  readonly ageSeconds?: number;
  readonly criteria?: RoutingCriteria;
}

/** What Connect gives a contact that no flow and no caller has touched. */
export const DEFAULT_ROUTING = { priority: 5, ageSeconds: 0 } as const satisfies Routing;

/** QueueTimeAdjustmentSeconds is a signed 32-bit integer. */
export const MAX_AGE_SECONDS = 2 ** 31 - 1;

/** No priority is more urgent. */
export const MOST_URGENT_PRIORITY = 1;

/** The request of UpdateContactRoutingData, without the ids of the contact. */
export interface RoutingUpdate {
  readonly QueuePriority?: number;
  readonly QueueTimeAdjustmentSeconds?: number;
  readonly RoutingCriteria?: RoutingCriteria;
}

/** How a second QueueTimeAdjustmentSeconds acts on the first: undocumented, so it is a setting. */
export type AgeAdjustment = 'absolute' | 'incremental';

/** What decides the routing that a contact should have. */
export interface RoutingIntent {
  /** The routing in effect, as far as it is known. */
  readonly applied: Routing;
  /** The routing that was applied when an override began, until it is restored. */
  readonly restorePoint?: Routing | undefined;
  /** The routing that the governing policy asks for. */
  readonly desired: Routing;
  /** True where the policy may lower urgency. */
  readonly allowLower: boolean;
  /** The routing that an operator sets instead, taken as it is. */
  readonly override?: Routing | undefined;
}

/**
 * The routing that a contact should have. Urgency only rises, unless the policy says `allowLower`: a desired
 * priority number above the applied one, or a smaller age, is ignored (the ratchet). An override is taken as
 * it is; when it ends, the contact returns to its restore point, raised to what its policy asks for.
 */
export function targetRouting({
  applied,
  restorePoint,
  desired,
  allowLower,
  override,
}: RoutingIntent): Routing {
  const start = restorePoint ?? applied;
  const target = { ...start, ...(allowLower ? desired : onlyRaising(start, desired)) };
  // What an override has set, and neither restore point nor policy knows of, goes back to Connect's default.
  return {
    ...defined({
      priority: applied.priority === undefined ? undefined : DEFAULT_ROUTING.priority,
      ageSeconds: applied.ageSeconds === undefined ? undefined : DEFAULT_ROUTING.ageSeconds,
    }),
    ...target,
    ...override,
  };
}

/**
 * The fields in which a target differs from the applied routing.
 *
 * @param unconfirmed - fields whose applied value is not certain: these count as different.
 */
export function routingChanges(
  target: Routing,
  applied: Routing,
  unconfirmed: readonly (keyof Routing)[] = [],
): Routing {
  const differs = {
    priority: target.priority !== applied.priority,
    ageSeconds: target.ageSeconds !== applied.ageSeconds,
    criteria: !sameCriteria(target.criteria, applied.criteria),
  };
  const changed = (field: keyof Routing) => unconfirmed.includes(field) || differs[field];
  return defined({
    priority: changed('priority') ? target.priority : undefined,
    ageSeconds: changed('ageSeconds') ? target.ageSeconds : undefined,
    criteria: changed('criteria') ? target.criteria : undefined,
  });
}

/** True when both route a contact in the same way. */
export function sameRouting(a: Routing = {}, b: Routing = {}): boolean {
  return a.priority === b.priority && a.ageSeconds === b.ageSeconds && sameCriteria(a.criteria, b.criteria);
}

export function isEmptyRouting({ priority, ageSeconds, criteria }: Routing): boolean {
  return priority === undefined && ageSeconds === undefined && criteria === undefined;
}

/** The desired routing without the fields that would lower urgency below where the contact starts. */
function onlyRaising(start: Routing, { priority, ageSeconds, ...rest }: Routing): Routing {
  const raisesPriority = priority !== undefined && priority <= (start.priority ?? Number.POSITIVE_INFINITY);
  const raisesAge = ageSeconds !== undefined && ageSeconds >= (start.ageSeconds ?? Number.NEGATIVE_INFINITY);
  return {
    ...rest,
    ...defined({
      priority: raisesPriority ? priority : undefined,
      ageSeconds: raisesAge ? ageSeconds : undefined,
    }),
  };
}

/** The routing that earlier steps set, after a later one: a priority or an age takes the place of both. */
export function afterSet(earlier: Routing, set: Routing): Routing {
  const setsUrgency = set.priority !== undefined || set.ageSeconds !== undefined;
  return { ...(setsUrgency ? withoutUrgency(earlier) : earlier), ...set };
}

/** The routing without its priority and its age. */
export function withoutUrgency({ priority: _priority, ageSeconds: _ageSeconds, ...rest }: Routing): Routing {
  return rest;
}
