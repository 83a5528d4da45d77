import type { AwsOptions, PrefixOptions } from '../aws/options.ts';

export interface SyncOptions extends AwsOptions, PrefixOptions {
  /** Show what would be done, and do nothing. */
  readonly dryRun?: boolean;
  /** Delete what the other side does not have. */
  readonly prune?: boolean;
}
