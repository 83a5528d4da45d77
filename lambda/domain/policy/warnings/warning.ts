import type { Path } from '../../validation/problem.ts';
import type { WarningCode } from './codes.ts';

/** Something in a valid policy that its author probably did not intend. */
export interface Warning {
  /** A stable identifier, such as `never-governs`. docs/diagnostics.md explains each one. */
  readonly code: WarningCode | 'nothing-to-accept';
  /** The name of the policy. */
  readonly policy: string;
  /** The position in the policy; empty for the policy as a whole. */
  readonly path: Path;
  readonly message: string;
}
