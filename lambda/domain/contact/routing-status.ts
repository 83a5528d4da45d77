import { defined } from '../json.ts';
import type { PutIn } from '../policy/route/put-in.ts';
import { DEFAULT_ROUTING, type Routing } from '../routing/routing.ts';

/** An update that Connect rejected. It is not sent again until the desired routing changes. */
export interface RejectedUpdate {
  readonly at: number;
  /** The `generation` of the decision that it was for. */
  readonly generation: number;
  readonly request: unknown;
  readonly message: string;
  /**
   * True where the request was invalid and set criteria: they may be what is invalid, such as an agent who is gone, so the
   * rest of the routing is sent without them. Default false: nothing is sent.
   */
  readonly onlyCriteria?: true;
}

/**
 * What this system knows of a contact's routing in Connect, for one queue visit. A new visit starts with a new status.
 *
 * Transitions, by what happens:
 *
 *     unknown      --described-->                       observed
 *     unknown      --update that cannot lower sent-->   in flight, and afterwards known in that field alone
 *     observed     --update sent-->                     in flight (its fields are `unconfirmed`)
 *     in flight    --accepted-->                        observed, or unknown but for that field
 *     in flight    --throttled, denied-->               as before the update
 *     in flight    --conflict-->                        as before, `retryAt` set; rejected after five
 *     in flight    --rejected-->                        as before, `rejected` set; the rest of it is sent without criteria
 *     in flight    --result unknown, or crash-->        stays `unconfirmed`, `retryAt` set
 *     unconfirmed  --accepted, or described-->          observed
 *
 * `test/domain/reconcile/transitions.test.ts` has the whole table.
 */
export interface RoutingStatus {
  /** The queue visit that it is about, as `queueVisitId` names it. */
  readonly queueVisit: string;
  /** The routing in effect, as far as it is known: what DescribeContact said, or what Connect last accepted. */
  readonly applied: Routing;
  /**
   * What DescribeContact said before this system's first update of the visit: the routing that the flow set. Absent:
   * not known, or Connect's defaults.
   */
  readonly initial?: Routing;
  /** True when DescribeContact said what is applied, or the settings say that flows set nothing. */
  readonly isObserved: boolean;
  /** True where nobody asked: what is applied are Connect's defaults, since the settings said that flows set nothing. */
  readonly isAssumed?: true;
  /** True since another Region may have changed the routing, until DescribeContact says what is applied. */
  readonly isForgotten?: true;
  /** The routing that was applied when an override began, until it is restored. */
  readonly restorePoint?: Routing;
  /** Fields whose last update has no known result: either the value in `applied` or the one before is in effect. */
  readonly unconfirmed?: readonly (keyof Routing)[];
  /**
   * Where ages add up: until then Connect may still apply an age whose result is not known, so no answer says for sure
   * which one is in effect. In milliseconds since the epoch.
   */
  readonly ageSettlesAt?: number;
  readonly rejected?: RejectedUpdate;
  /** Failed attempts for the current generation, conflicts included. */
  readonly attempts?: number;
  /** Attempts that failed because somebody else was changing the contact. At most `attempts`. */
  readonly conflicts?: number;
  /** No update is sent before this time, in milliseconds since the epoch. */
  readonly retryAt?: number;
  /** Seconds after which a contact without a target counts as due, as it was when the first target was worked out. */
  readonly horizonSeconds?: number;
  /** The strings of the contact that policies put into their routes, by policy and step. They stay for the visit. */
  readonly putIn?: Readonly<Record<string, Readonly<Record<string, PutIn>>>>;
  /** By policy, the steps whose criteria stay when the signal ends that brought them about. */
  readonly lasting?: Readonly<Record<string, readonly string[]>>;
  /** By policy and step, hashes of the expressions that are left out since no agent is staffed for them. */
  readonly staffing?: Readonly<
    Record<string, Readonly<Record<string, { readonly since: number; readonly leftOut?: readonly number[] }>>>
  >;
}

/** The status at the start of a queue visit. */
export function initialStatus(queueVisit: string, checkBeforeFirstChange: boolean): RoutingStatus {
  return checkBeforeFirstChange
    ? { queueVisit, applied: {}, isObserved: false }
    : { queueVisit, applied: DEFAULT_ROUTING, isObserved: true, isAssumed: true };
}

/**
 * The status after the other Region may have changed the routing: nothing of it is known any more, also where the settings
 * say that flows set nothing. What the flow set, and what the end of an override restores, stay.
 */
export function forgottenStatus({
  queueVisit,
  initial,
  restorePoint,
  isObserved,
  ageSettlesAt,
  horizonSeconds,
  putIn,
  lasting,
  staffing,
}: RoutingStatus): RoutingStatus {
  return {
    ...initialStatus(queueVisit, true),
    isForgotten: true,
    ...defined({
      initial: initial ?? (isObserved ? DEFAULT_ROUTING : undefined),
      restorePoint,
      ageSettlesAt,
      horizonSeconds,
      putIn,
      lasting,
      staffing,
    }),
  };
}

/** The status without its count of failed attempts. */
export function clearRetries(status: RoutingStatus): RoutingStatus {
  const { attempts: _attempts, conflicts: _conflicts, retryAt: _retryAt, ...rest } = status;
  return rest;
}

/** A status or a look after one more failed attempt: the next one waits 1, 2, 4 … seconds, at most 60. */
export function scheduleRetry<T extends Pick<RoutingStatus, 'attempts' | 'retryAt'>>(
  failed: T,
  now: number,
): T {
  const attempts = (failed.attempts ?? 0) + 1;
  return { ...failed, attempts, retryAt: now + Math.min(60, 2 ** (attempts - 1)) * 1_000 };
}

/** The status with Connect's defaults for what is not known. */
export function statusWithDefaults(status: RoutingStatus): RoutingStatus {
  return { ...status, isObserved: true, applied: { ...DEFAULT_ROUTING, ...status.applied } };
}

/** The status without the defaults that were assumed, since the settings say by now that flows set something. */
export function statusWithoutDefaults({ isAssumed: _isAssumed, ...status }: RoutingStatus): RoutingStatus {
  const { priority, ageSeconds, criteria } = status.applied;
  const applied: Routing = defined({
    priority: priority === DEFAULT_ROUTING.priority ? undefined : priority,
    ageSeconds: ageSeconds === DEFAULT_ROUTING.ageSeconds ? undefined : ageSeconds,
    criteria,
  });
  return { ...status, isObserved: false, applied };
}
