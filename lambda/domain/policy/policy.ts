import type { Calendar } from '../calendar/calendar.ts';
import type { Pattern } from '../pattern/index.ts';
import type { Routing } from '../routing/routing.ts';
import type { PolicyClock } from './clock.ts';
import type { RoutePlace, RouteValue } from './route/values.ts';
import type { LastingCriteria } from './steps/lasting-criteria.ts';
import type { Accepted } from './warnings/accept.ts';

/** `enforce` governs; `observe` is a shadow: it records what it would have set, and changes nothing; `off`: neither. */
export type PolicyMode = 'enforce' | 'observe' | 'off';

/** A step of a policy, after the expansion of ramps. */
export interface Step {
  /** The index of the step in the source. A ramp expands into several steps with the same index. */
  readonly sourceIndex: number;
  /**
   * `after`: the step is reached at `seconds`. `by`: it takes effect by then, so it is reached one routing
   * lag earlier.
   */
  readonly timing: 'after' | 'by';
  readonly seconds: number;
  /** The pattern of `when`. The step is skipped while the contact does not match. */
  readonly condition?: Pattern;
  /** `condition` without its requirements on attributes. */
  readonly conditionWithoutAttributes?: Pattern;
  /** Absent where the end of a signal changes no criteria: the step sets none, or needs no signal. */
  readonly lasting?: LastingCriteria;
  /** The routing that the step sets. It replaces the same fields (urgency; criteria) of earlier steps. */
  readonly set: Routing;
  /** Where in the criteria strings of the contact stand; absent: nowhere. */
  readonly values?: readonly RoutePlace[];
}

/** The names of a field's strings that stand in the routes of steps, with repeats. */
export function valuesIn(steps: readonly Pick<Step, 'values'>[], field: RouteValue['field']): string[] {
  const values = steps.flatMap((step) => step.values ?? []).map(({ value }) => value);
  return values.filter((value) => value.field === field).map(({ name }) => name);
}

/** Seconds on the policy's clock; `horizon`: as many as a contact without a target may wait. */
export type Target = number | 'horizon';

/** A valid, compiled policy. */
export interface Policy {
  /** Lower-case letters, digits and hyphens. */
  readonly name: string;
  readonly description?: string;
  /**
   * Policies with lower numbers are evaluated first; those with equal numbers in order of name. Default 100.
   */
  readonly precedence: number;
  readonly mode: PolicyMode;
  /** The percentage of contacts that the policy governs, 0 to 100. Default 100. */
  readonly rollout: number;
  /** The hours in which the policy governs; undefined: always. */
  readonly during?: Calendar;
  /** The contacts that the policy governs; undefined: every contact. */
  readonly match?: Pattern;
  /** `match` as canonical JSON. Policies with equal texts match the same contacts. */
  readonly matchText?: string;
  /** `match` without its requirements on attributes, which take an API call to fetch. */
  readonly matchWithoutAttributes?: Pattern;
  /** True if `match` depends on attributes. */
  readonly matchNeedsAttributes: boolean;
  /** The names of the user-defined attributes in `match`, in the conditions of steps and in routes. */
  readonly attributeNames: readonly string[];
  /** Where the name of the queue is named; absent: nowhere. `match`: there, and perhaps in conditions of steps, too. */
  readonly queueNameIn?: 'match' | 'steps';
  readonly clock: PolicyClock;
  /** Whether the clock runs on while a task is paused. Default false. */
  readonly pausedCounts: boolean;
  /** The wait within which a contact should be answered; absent: none is said. */
  readonly target?: Target;
  readonly allowLower: boolean;
  /** Steps of criteria are left out for which no agent is staffed, where that is known. */
  readonly skipUnstaffed?: true;
  /** The warnings that the author accepts, by code, with the reasons. */
  readonly accept?: Accepted;
  /** May be empty where there is a target. */
  readonly steps: readonly Step[];
}
