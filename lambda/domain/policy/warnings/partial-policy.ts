import { defined } from '../../json.ts';
import type { Pattern } from '../../pattern/index.ts';
import type { Path } from '../../validation/problem.ts';
import type { Policy, Step } from '../policy.ts';

import type { Accepted } from './accept.ts';

/** A pattern and its position in the policy. */
export interface LocatedPattern {
  readonly pattern: Pattern;
  readonly path: Path;
}

/** The parts of a policy that warnings depend on. In a policy with problems, only the valid parts. */
export interface PartialPolicy {
  readonly name: string;
  readonly allowLower: boolean;
  readonly skipUnstaffed?: true;
  readonly accept?: Accepted;
  /** Percent; undefined if it is not valid. */
  readonly rollout?: number;
  /** The time zone of the hours, if these are valid. */
  readonly timezone?: string;
  /** The valid patterns of `match` and of the steps' `when`. */
  readonly patterns: readonly LocatedPattern[];
  /** The steps before the first step with a problem. */
  readonly steps: readonly Step[];
}

/** Returns the parts of a valid policy. */
export function fromValidPolicy(policy: Policy): PartialPolicy {
  const { name, allowLower, skipUnstaffed, accept, rollout, during, match, steps } = policy;
  return {
    name,
    allowLower,
    rollout,
    ...defined({ accept, skipUnstaffed, timezone: during?.timezone }),
    steps,
    patterns: [
      ...(match ? [{ pattern: match, path: ['match'] }] : []),
      ...steps.flatMap(({ condition, sourceIndex }) =>
        condition ? [{ pattern: condition, path: ['steps', sourceIndex, 'when'] }] : [],
      ),
    ],
  };
}
