import type { Pattern } from '../../pattern/index.ts';
import type { Path } from '../../validation/problem.ts';
import type { Policy, Step } from '../policy.ts';

/** A pattern, and where in its policy it stands. */
export interface LocatedPattern {
  readonly pattern: Pattern;
  readonly path: Path;
}

/** What can be judged of a policy by itself, even where the rest of it has problems. */
export interface PartialPolicy {
  readonly name: string;
  readonly allowLower: boolean;
  /** The valid ones of `match` and of the steps' conditions. */
  readonly patterns: readonly LocatedPattern[];
  /** Those that stand before the first one with a problem. */
  readonly steps: readonly Step[];
}

/** A valid policy as a part that is whole. */
export function fromValidPolicy({ name, allowLower, match, steps }: Policy): PartialPolicy {
  return {
    name,
    allowLower,
    steps,
    patterns: [
      ...(match ? [{ pattern: match, path: ['match'] }] : []),
      ...steps.flatMap(({ condition, sourceIndex: source }) =>
        condition ? [{ pattern: condition, path: ['steps', source, 'when'] }] : [],
      ),
    ],
  };
}
