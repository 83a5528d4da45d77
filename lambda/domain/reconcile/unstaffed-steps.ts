import { canonicalJson, defined } from '../json.ts';
import type { Step } from '../policy/policy.ts';
import { MAX_STEPS } from '../policy/steps/expand-ramps.ts';
import { type Staffing, staffedFor } from '../queue/staffing.ts';
import type { RoutingCriteria, RoutingCriteriaStep } from '../routing/criteria.ts';
import type { Routing } from '../routing/routing.ts';
import { expressionOf } from '../routing/step-expression.ts';
import { stableHash } from '../stable-hash.ts';
import { stepKey } from './route-values.ts';

/** What is known of the agents for the criteria of one step, in one visit to a queue. */
export interface StaffingMemory {
  /** When they were first looked at, in milliseconds since the epoch. */
  readonly since: number;
  /** Hashes of the expressions that are left out, which stays so; absent: it is not decided. */
  readonly leftOut?: readonly number[];
}

/** By the step, in the words of {@link staffingKey}. */
export type StaffingBySteps = Readonly<Record<string, StaffingMemory>>;

/** Figures that come later than this change nothing: the first steps of the criteria may have run. */
const DECIDED_WITHIN_MS = 30_000;

/** What a step sets for one contact, without the criteria for which no agent is staffed. */
export interface StaffedStep {
  /** Without criteria where no agent is staffed for any of their steps. */
  readonly set: Routing;
  /** Absent where there is nothing to keep: nothing is decided, and nothing can have been sent now. */
  readonly memory?: StaffingMemory;
  /** The expressions whose figures the decision depends on; empty: it is decided. */
  readonly wanted: readonly string[];
}

/**
 * Names a step of a policy by its time and what its criteria ask for. Steps of one time, and a step whose route or list
 * of agents is edited, are decided each by itself.
 */
export function staffingKey(step: Pick<Step, 'timing' | 'seconds'>, { Steps }: RoutingCriteria): string {
  const expressions = canonicalJson(Steps.map(({ Expression }) => Expression));
  return `${stepKey(step)} ${stableHash(expressions).toString(36)}`;
}

/** What a step sets, with criteria. */
export type RoutingWithCriteria = Routing & { readonly criteria: RoutingCriteria };

/**
 * Leaves out the steps of criteria for which no agent is staffed. It is decided once all figures are known, and stays so
 * for the visit. Until then, and where they are not known within half a minute, nothing is left out. While the kill switch
 * is on, the half minute does not begin: nothing is sent, and no figures are read.
 *
 * @param known - what was found before in this visit.
 * @param staffing - the figures of the queue.
 * @param pause - whether the kill switch is on.
 */
export function staffedStep(
  { criteria: { Steps }, ...rest }: RoutingWithCriteria,
  known: StaffingMemory | undefined,
  staffing: Staffing,
  now: number,
  pause: boolean,
): StaffedStep {
  const since = known?.since ?? now;
  const expressions = Steps.map(expressionOf);
  const figures = expressions.map((one) => one && staffedFor(staffing, one, now));
  const isKnown = figures.every((figure, index) => figure !== undefined || expressions[index] === undefined);
  const isLate = now >= since + DECIDED_WITHIN_MS;
  const unstaffed = expressions.filter((_, index) => figures[index] === 0);
  const leftOut = known?.leftOut ?? (isKnown ? unstaffed.map(hashOf) : isLate ? [] : undefined);
  const memory = defined({ since, leftOut });
  const kept = Steps.filter((step) => !isLeftOut(step, memory));
  return {
    set: { ...rest, ...(kept.length > 0 && { criteria: { Steps: kept } }) },
    ...((leftOut || !pause) && { memory }),
    wanted: leftOut ? [] : expressions.filter((one) => one !== undefined),
  };
}

/** What is kept of a policy, with what was found now: as much as its steps need, whatever is edited during a visit. */
export function mergeStaffing(past: StaffingBySteps | undefined, found: StaffingBySteps): StaffingBySteps {
  return Object.fromEntries(Object.entries({ ...past, ...found }).slice(-MAX_STEPS));
}

/** Whether a step of criteria was left out since no agent was staffed for it. */
export function isLeftOut(step: RoutingCriteriaStep, { leftOut = [] }: StaffingMemory): boolean {
  return leftOut.includes(hashOf(expressionOf(step)));
}

/** A record must stay small, and keeps no strings of the contact that it does not need. */
function hashOf(expression = ''): number {
  return stableHash(expression);
}
