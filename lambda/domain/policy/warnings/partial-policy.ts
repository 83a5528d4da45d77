import type { Pattern } from '../../pattern/index.ts';
import type { Path } from '../../validation/problem.ts';
import type { Policy, Step } from '../policy.ts';

/** A pattern and its position in the policy. */
export interface LocatedPattern {
  readonly pattern: Pattern;
  readonly path: Path;
}

/** The parts of a policy that warnings depend on. In a policy with problems, only the valid parts. */
export interface PartialPolicy {
  readonly name: string;
  readonly allowLower: boolean;
  /** The valid patterns of `match` and of the steps' `when`. */
  readonly patterns: readonly LocatedPattern[];
  /** The steps before the first step with a problem. */
  readonly steps: readonly Step[];
}

/** Returns the parts of a valid policy. */
export function fromValidPolicy({ name, allowLower, match, steps }: Policy): PartialPolicy {
  return {
    name,
    allowLower,
    steps,
    patterns: [
      ...(match ? [{ pattern: match, path: ['match'] }] : []),
      ...steps.flatMap(({ condition, sourceIndex }) =>
        condition ? [{ pattern: condition, path: ['steps', sourceIndex, 'when'] }] : [],
      ),
    ],
  };
}
