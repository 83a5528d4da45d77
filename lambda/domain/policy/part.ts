import type { Pattern } from '../pattern/index.ts';
import type { Path } from '../problems.ts';
import type { Policy, Step } from './policy.ts';

/** A pattern, and where in its policy it stands. */
export interface PlacedPattern {
  readonly pattern: Pattern;
  readonly path: Path;
}

/** What can be judged of a policy by itself, even where the rest of it has problems. */
export interface PolicyPart {
  readonly name: string;
  readonly allowLower: boolean;
  /** The valid ones of `match` and of the steps' conditions. */
  readonly patterns: readonly PlacedPattern[];
  /** Those that stand before the first one with a problem. */
  readonly steps: readonly Step[];
}

/** A valid policy as a part that is whole. */
export function wholePart({ name, allowLower, match, steps }: Policy): PolicyPart {
  return {
    name,
    allowLower,
    steps,
    patterns: [
      ...(match ? [{ pattern: match, path: ['match'] }] : []),
      ...steps.flatMap(({ condition, source }) =>
        condition ? [{ pattern: condition, path: ['steps', source, 'when'] }] : [],
      ),
    ],
  };
}
