/** The codes of all warnings about policies. docs/diagnostics.md explains each one. */
export const WARNING_CODES = [
  'advanced-parameter',
  'arn-or-id',
  'changes-nothing',
  'endless-route',
  'invented-agent',
  'literal-operator',
  'literal-wildcard',
  'may-starve',
  'never-governs',
  'number-form',
  'operator-outside-list',
  'over-quota',
  'repeated-value',
  'sooner-than-lag',
  'target-beyond-horizon',
  'time-zone',
  'tiny-rollout',
  'unknown-field',
  'unknown-value',
  'unlikely-text',
  'value-type',
  'wider-match',
] as const;

/** The code of a warning that a policy can accept. */
export type WarningCode = (typeof WARNING_CODES)[number];
