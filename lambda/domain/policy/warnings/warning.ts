import type { Path } from '../../validation/problem.ts';

/** Something in valid policies that people most likely did not mean. */
export interface Warning {
  /** Stable, such as `never-governs`. */
  readonly code: string;
  readonly policy: string;
  /** Where in the policy; empty for the policy as a whole. */
  readonly path: Path;
  readonly message: string;
}
