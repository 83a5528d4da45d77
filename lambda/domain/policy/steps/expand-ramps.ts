import { durationSeconds } from '../../duration.ts';
import { isObject } from '../../json.ts';
import type { Path } from '../../validation/problem.ts';

/** The maximum number of steps of a policy, after the expansion of its ramps. */
export const MAX_STEPS = 50;

/** A step of the policy, or one of the steps that a ramp expands into. */
export interface ExpandedStep {
  /** The position of the step or ramp in the policy. */
  readonly path: Path;
  readonly timing: 'after' | 'by';
  readonly seconds: number;
  /** True if the step has a `when`, so it may be skipped. */
  readonly isConditional: boolean;
  readonly priority?: number;
  readonly ageSeconds?: number;
}

/**
 * Returns the steps of a policy in order, with each ramp expanded.
 *
 * @param policy - any value. Malformed steps are omitted: other checks report them.
 * @returns for a ramp that is too long, at most one step more than allowed.
 */
export function expandRamps(policy: unknown): ExpandedStep[] {
  const steps: readonly unknown[] = isObject(policy) && Array.isArray(policy.steps) ? policy.steps : [];
  return steps.flatMap((step, index) => expandStep(step, ['steps', index]));
}

function expandStep(step: unknown, path: Path): ExpandedStep[] {
  if (!isObject(step)) return [];
  const isConditional = step.when !== undefined;
  const [after, by, from, every] = [step.after, step.by, step.from, step.every].map(parseSeconds);
  if (isObject(step.ramp)) {
    if (from === undefined || every === undefined || every <= 0) return [];
    return rampValues(step.ramp).map((value, index) => ({
      path: [...path, 'ramp'],
      timing: 'after',
      seconds: from + index * every,
      isConditional,
      ...value,
    }));
  }
  const set = isObject(step.set) ? step.set : {};
  const ageSeconds = parseSeconds(set.age);
  const priority = isPriority(set.priority) ? set.priority : undefined;
  const expanded = { path, isConditional, priority, ageSeconds };
  const timing = after === undefined ? 'by' : 'after';
  const seconds = after ?? by;
  // Other checks report a negative time.
  return seconds === undefined || seconds < 0 ? [] : [{ ...expanded, timing, seconds }];
}

/** The values of a ramp: each priority between the two, or ages that grow to the cap. */
function rampValues(ramp: Readonly<Record<string, unknown>>): { priority?: number; ageSeconds?: number }[] {
  if (isObject(ramp.priority)) {
    const { from, to } = ramp.priority;
    if (!isPriority(from) || !isPriority(to)) return [];
    const [first, last] = [from, to];
    const count = Math.min(MAX_STEPS + 1, Math.abs(last - first) + 1);
    return Array.from({ length: count }, (_, index) => ({
      priority: first + Math.sign(last - first) * index,
    }));
  }
  const [add = 0, upTo = 0] = isObject(ramp.age)
    ? [parseSeconds(ramp.age.add), parseSeconds(ramp.age.upTo)]
    : [];
  if (add <= 0) return [];
  // Of an end that is not positive there are none.
  const count = Math.min(MAX_STEPS + 1, Math.ceil(upTo / add));
  return Array.from({ length: count }, (_, index) => ({ ageSeconds: Math.min(upTo, add * (index + 1)) }));
}

function isPriority(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 1;
}

function parseSeconds(text: unknown): number | undefined {
  return typeof text === 'string' ? durationSeconds(text) : undefined;
}
