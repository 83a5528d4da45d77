/** Types of a parameter's value. */
export const PARAMETER_TYPES = ['String', 'StringList', 'SecureString'] as const;
export type ParameterType = (typeof PARAMETER_TYPES)[number];

/** Maximum characters of a value, by tier. */
export const TIER_LIMITS = { Standard: 4_096, Advanced: 8_192 } as const;
export type Tier = keyof typeof TIER_LIMITS;

/** One version of a parameter. */
export interface ParameterVersion {
  readonly name: string;
  readonly type: ParameterType;
  readonly value: string;
  /** The first version is 1. */
  readonly version: number;
  readonly tier: Tier;
  readonly description?: string;
  readonly allowedPattern?: string;
  readonly keyId?: string;
  readonly dataType: string;
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number;
  readonly modifiedBy: string;
}

/** A change, as SSM publishes it to EventBridge. */
export interface ParameterChange {
  readonly operation: 'Create' | 'Update' | 'Delete';
  readonly name: string;
  readonly type: ParameterType;
  readonly description?: string;
  readonly arn: string;
}
