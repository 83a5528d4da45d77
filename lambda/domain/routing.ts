import { type RoutingCriteria, sameCriteria } from './routing-criteria.ts';

/** What routes a contact: its facets, each absent where it is not known or not wanted. */
export interface Routing {
  /** 1 is the most urgent; a new contact has 5. */
  readonly priority?: number;
  /** Seconds added to the time in queue, in total; negative allowed. */
  readonly ageSeconds?: number;
  readonly criteria?: RoutingCriteria;
}

/** What Connect gives a contact that no flow and no caller has touched. */
export const DEFAULT_ROUTING = { priority: 5, ageSeconds: 0 } as const satisfies Routing;

/** What UpdateContactRoutingData is asked to do, but for the contact's ids. */
export interface RoutingUpdate {
  readonly QueuePriority?: number;
  readonly QueueTimeAdjustmentSeconds?: number;
  readonly RoutingCriteria?: RoutingCriteria;
}

/** How a second QueueTimeAdjustmentSeconds acts on the first: undocumented, so it is a setting. */
export type AgeAdjustment = 'absolute' | 'incremental';

/** What decides the routing that a contact should have. */
export interface RoutingIntent {
  /** What is in force, as far as it is known. */
  readonly inForce: Routing;
  /** What was in force when an override began, while that is not yet restored. */
  readonly beforeOverride?: Routing;
  /** What the governing policy wants. */
  readonly wanted: Routing;
  /** True where the policy may lower urgency. */
  readonly allowLower: boolean;
  /** What an operator set, taken as it is. */
  readonly override?: Routing;
}

/**
 * The routing that a contact should have. Urgency only rises, unless the policy says `allowLower`: a wanted
 * priority number above the one in force, or a smaller age, is ignored (the ratchet). An override is taken as
 * it is; when it has gone, the contact returns to what it had before, raised to what its policy wants.
 */
export function targetRouting(intent: RoutingIntent): Routing {
  const ground = intent.beforeOverride ?? intent.inForce;
  const target = { ...ground, ...(intent.allowLower ? intent.wanted : raised(ground, intent.wanted)) };
  if (intent.override) return { ...target, ...intent.override };
  if (!intent.beforeOverride) return target;
  return {
    ...(intent.inForce.priority === undefined ? {} : { priority: DEFAULT_ROUTING.priority }),
    ...(intent.inForce.ageSeconds === undefined ? {} : { ageSeconds: DEFAULT_ROUTING.ageSeconds }),
    ...target,
  };
}

/**
 * The facets in which a target differs from what is in force.
 *
 * @param doubtful - facets of which it is not certain what is in force: these count as different.
 */
export function routingChanges(
  target: Routing,
  inForce: Routing,
  doubtful: readonly (keyof Routing)[] = [],
): Routing {
  const changed = FACETS.filter(
    (facet) =>
      target[facet] !== undefined &&
      (doubtful.includes(facet) || !sameRouting({ [facet]: target[facet] }, { [facet]: inForce[facet] })),
  );
  return Object.fromEntries(changed.map((facet) => [facet, target[facet]]));
}

const FACETS = ['priority', 'ageSeconds', 'criteria'] as const satisfies readonly (keyof Routing)[];

/** One call: what is sent, and which facets it settles. */
export interface RoutingCall {
  readonly update: RoutingUpdate;
  readonly settles: Routing;
}

/**
 * The next call towards the target, undefined when there is nothing to change. Priority and age never go in
 * one request, as the API forbids: where both change, priority goes first, with the criteria, and the age in
 * the call after.
 *
 * @param ageAdjustment - with `incremental` the request carries the difference to the age in force.
 */
export function nextCall(
  changes: Routing,
  inForce: Routing,
  ageAdjustment: AgeAdjustment,
): RoutingCall | undefined {
  const { priority, ageSeconds, criteria } = changes;
  const withCriteria = criteria === undefined ? {} : { RoutingCriteria: criteria };
  const settlesCriteria = criteria === undefined ? {} : { criteria };
  if (priority !== undefined) {
    return {
      update: { QueuePriority: priority, ...withCriteria },
      settles: { priority, ...settlesCriteria },
    };
  }
  if (ageSeconds !== undefined) {
    const sent = ageAdjustment === 'absolute' ? ageSeconds : ageSeconds - (inForce.ageSeconds ?? 0);
    return {
      update: { QueueTimeAdjustmentSeconds: sent, ...withCriteria },
      settles: { ageSeconds, ...settlesCriteria },
    };
  }
  return criteria === undefined ? undefined : { update: withCriteria, settles: settlesCriteria };
}

/** True when both route alike. */
export function sameRouting(a: Routing = {}, b: Routing = {}): boolean {
  return a.priority === b.priority && a.ageSeconds === b.ageSeconds && sameCriteria(a.criteria, b.criteria);
}

/** True when nothing is set. */
export function isEmptyRouting(routing: Routing): boolean {
  return routing.priority === undefined && routing.ageSeconds === undefined && routing.criteria === undefined;
}

/** What is left of the wanted routing when it may not make the contact less urgent than the ground. */
function raised(ground: Routing, wanted: Routing): Routing {
  const { priority, ageSeconds, ...rest } = wanted;
  return {
    ...rest,
    ...(priority !== undefined && priority <= (ground.priority ?? Number.POSITIVE_INFINITY)
      ? { priority }
      : {}),
    ...(ageSeconds !== undefined && ageSeconds >= (ground.ageSeconds ?? Number.NEGATIVE_INFINITY)
      ? { ageSeconds }
      : {}),
  };
}
