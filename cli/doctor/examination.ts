import type { Deployment } from '../../lambda/aws/deployment.ts';
import type { ConfigurationInForce } from '../aws/configuration-in-force.ts';
import type { AwsOptions, PrefixOptions } from '../options/aws.ts';

/** What the checks of a deployment have in common. */
export interface Examination {
  readonly options: AwsOptions & PrefixOptions;
  readonly deployment: Deployment;
  /** Undefined where none has been compiled, or it could not be read. */
  readonly inForce: ConfigurationInForce | undefined;
  /** The time at the endpoint, in milliseconds since the epoch. */
  readonly now: number;
}
