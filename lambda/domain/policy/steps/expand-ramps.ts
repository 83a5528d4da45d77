import { durationSeconds } from '../../duration.ts';
import { isObject } from '../../json.ts';
import type { Path } from '../../validation/problem.ts';

/** A policy has at most so many steps, those that ramps unfold into included. */
export const MAX_STEPS = 50;

/** A plain step, as it stands in a policy or as a ramp unfolds into. */
export interface ExpandedStep {
  /** Where it stands; the steps of a ramp stand where the ramp does. */
  readonly path: Path;
  readonly timing: 'after' | 'by';
  readonly seconds: number;
  /** True where the step has a condition of its own: then it may be passed over. */
  readonly isConditional: boolean;
  readonly priority?: number;
  readonly ageSeconds?: number;
}

/**
 * The steps of a policy with its ramps unfolded, in the order in which they stand. Takes any value, and leaves out
 * what is not well-formed: its problems are told elsewhere. Of a ramp without end at most one step more than is
 * allowed.
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
  const setting = {
    ...(typeof set.priority === 'number' ? { priority: set.priority } : {}),
    ...(ageSeconds === undefined ? {} : { ageSeconds }),
  };
  if (after !== undefined) return [{ path, timing: 'after', seconds: after, isConditional, ...setting }];
  return by === undefined ? [] : [{ path, timing: 'by', seconds: by, isConditional, ...setting }];
}

/** The values that a ramp goes through: each priority from one to the other, or ages that grow up to a cap. */
function rampValues(ramp: Readonly<Record<string, unknown>>): { priority?: number; ageSeconds?: number }[] {
  if (isObject(ramp.priority)) {
    const { from, to } = ramp.priority;
    if (!Number.isInteger(from) || !Number.isInteger(to)) return [];
    const [first, last] = [from as number, to as number];
    const count = Math.min(MAX_STEPS + 1, Math.abs(last - first) + 1);
    return Array.from({ length: count }, (_, index) => ({
      priority: first + Math.sign(last - first) * index,
    }));
  }
  const [add = 0, upTo = 0] = isObject(ramp.age)
    ? [parseSeconds(ramp.age.add), parseSeconds(ramp.age.upTo)]
    : [];
  if (add <= 0 || upTo <= 0) return [];
  const count = Math.min(MAX_STEPS + 1, Math.ceil(upTo / add));
  return Array.from({ length: count }, (_, index) => ({ ageSeconds: Math.min(upTo, add * (index + 1)) }));
}

function parseSeconds(text: unknown): number | undefined {
  return typeof text === 'string' ? durationSeconds(text) : undefined;
}
