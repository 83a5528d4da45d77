import { defined, without } from '../json.ts';
import { type Staffing, staffedFor } from '../queue/staffing.ts';
import type { RoutingCriteriaStep } from '../routing/criteria.ts';
import type { Routing } from '../routing/routing.ts';
import { expressionOf } from '../routing/step-expression.ts';
import { stableHash } from '../stable-hash.ts';

/** What is known of the agents for the criteria of one step, in one visit to a queue. */
export interface StaffingMemory {
  /** When they were first looked at, in milliseconds since the epoch. */
  readonly since: number;
  /** Hashes of the expressions that are left out, which stays so; absent: it is not decided. */
  readonly leftOut?: readonly number[];
}

/** By the step, in the words of `stepKey`. */
export type StaffingBySteps = Readonly<Record<string, StaffingMemory>>;

/** Figures that come later than this change nothing: the first steps of the criteria may have run. */
const DECIDED_WITHIN_MS = 30_000;

/** What a step sets for one contact, without the criteria for which no agent is staffed. */
export interface StaffedStep {
  /** Without criteria where no agent is staffed for any of their steps. */
  readonly set: Routing;
  readonly memory: StaffingMemory;
  /** The expressions whose figures the decision depends on; empty: it is decided. */
  readonly wanted: readonly string[];
}

/**
 * Leaves out the steps of criteria for which no agent is staffed. It is decided once all figures are known, and stays so
 * for the visit. Until then, and where they are not known within half a minute, nothing is left out.
 *
 * @param known - what was found before in this visit.
 * @param staffing - the figures of the queue.
 */
export function staffedStep(
  set: Routing,
  known: StaffingMemory | undefined,
  staffing: Staffing,
  now: number,
): StaffedStep | undefined {
  const steps = set.criteria?.Steps;
  if (!steps) return undefined;
  const since = known?.since ?? now;
  const expressions = steps.map(expressionOf);
  const figures = expressions.map((one) => one && staffedFor(staffing, one, now));
  const isKnown = figures.every((figure, index) => figure !== undefined || expressions[index] === undefined);
  const isLate = now >= since + DECIDED_WITHIN_MS;
  const unstaffed = expressions.filter((one, index) => one !== undefined && figures[index] === 0);
  const leftOut = known?.leftOut ?? (isKnown ? unstaffed.map(hashOf) : isLate ? [] : undefined);
  const memory = defined({ since, leftOut });
  const kept = steps.filter((step) => !isLeftOut(step, memory));
  const criteria =
    kept.length === 0 ? undefined : kept.length === steps.length ? set.criteria : { Steps: kept };
  return {
    set: { ...without(set, 'criteria'), ...defined({ criteria }) },
    memory,
    wanted: leftOut ? [] : expressions.filter((one) => one !== undefined),
  };
}

/** Whether a step of criteria was left out since no agent was staffed for it. */
export function isLeftOut(step: RoutingCriteriaStep, { leftOut = [] }: StaffingMemory): boolean {
  return leftOut.includes(hashOf(expressionOf(step)));
}

/** A record must stay small, and keeps no strings of the contact that it does not need. */
function hashOf(expression = ''): number {
  return stableHash(expression);
}
