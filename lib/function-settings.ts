import type { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { type RemovalPolicy, Token } from 'aws-cdk-lib/core';
import { ConfigError } from './config-error.ts';
import { FUNCTION_NAMES, type HandlerName } from './handler-names.ts';
import { nameCorrection } from './name-correction.ts';

/** The log groups of the functions. */
export interface LogSettings {
  /** How long a log group keeps its lines. Default: `RetentionDays.ONE_MONTH`. */
  readonly retention?: RetentionDays;
  /** What happens to the log groups when the stack is deleted. Default: `RemovalPolicy.DESTROY`. */
  readonly removalPolicy?: RemovalPolicy;
  /** The functions log lines of this level and above. Metrics do not depend on it. Default: `INFO`. */
  readonly level?: 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';
}

/** The size of one function. */
export interface FunctionSize {
  /** Megabytes, from 128 to 10,240. Lambda allocates CPU in proportion. Default: 512. */
  readonly memorySize?: number;
  /**
   * Concurrency that is set aside for the function: at least 1, and for `ruleMessages` at least the sum of
   * `maxConcurrency`. Default: none, so that the system can be deployed in a new account, whose concurrency is 10.
   */
  readonly reservedConcurrency?: number;
}

/** The size of each function whose size is not the default. */
export type FunctionSizes = { readonly [Name in (typeof FUNCTION_NAMES)[HandlerName]]?: FunctionSize };

/** Where the functions run. */
export interface Network {
  readonly vpc: IVpc;
  readonly vpcSubnets: SubnetSelection | undefined;
  readonly securityGroups: ISecurityGroup[];
}

/** What all functions have in common. */
export interface FunctionSettings {
  /** Whether X-Ray traces the functions. */
  readonly tracing: boolean;
  readonly logs: LogSettings;
  readonly sizes: FunctionSizes;
  /** Encrypts the log groups; the functions may use it for their table and queues. Undefined for keys of AWS. */
  readonly encryptionKey: IKey | undefined;
  /** Undefined for functions outside a VPC. */
  readonly network: Network | undefined;
}

/** The size of a function, as far as it is not the default. */
export function sizeOf({ sizes }: FunctionSettings, handlerName: HandlerName): FunctionSize {
  return sizes[FUNCTION_NAMES[handlerName]] ?? {};
}

const MIN_MEMORY = 128;
const MAX_MEMORY = 10_240;

/** Checks the property `functions`. @throws ConfigError if it is invalid. */
export function parseFunctionSizes(sizes: FunctionSizes = {}): FunctionSizes {
  const names = Object.values(FUNCTION_NAMES);
  for (const [name, size] of Object.entries<FunctionSize | undefined>(sizes)) {
    if (!names.some((known) => known === name)) {
      throw new ConfigError(
        `functions has no function ${JSON.stringify(name)}. ${nameCorrection(name, names)}`,
      );
    }
    checkInteger(`functions.${name}.memorySize`, size?.memorySize, MIN_MEMORY, MAX_MEMORY);
    checkInteger(`functions.${name}.reservedConcurrency`, size?.reservedConcurrency, 1);
  }
  return sizes;
}

function checkInteger(name: string, value: unknown, min: number, max = Number.POSITIVE_INFINITY): void {
  if (value === undefined || Token.isUnresolved(value)) return;
  if (Number.isInteger(value) && (value as number) >= min && (value as number) <= max) return;
  const range = max === Number.POSITIVE_INFINITY ? `of ${min} or more` : `from ${min} to ${max}`;
  throw new ConfigError(`${name} is ${JSON.stringify(value)}; expected an integer ${range}.`);
}
