import type { AwsOptions, PrefixOptions } from '../options/aws.ts';

export interface SyncOptions extends AwsOptions, PrefixOptions {
  /** Show the changes, and write nothing. */
  readonly dryRun?: boolean;
  /** Delete what the source of the sync does not have. */
  readonly prune?: boolean;
}
