import type { AwsOptions, PrefixOptions } from '../options/aws.ts';

/** Where the parameters of a command are. */
export interface StoreOptions extends AwsOptions, PrefixOptions {}

export interface SyncOptions extends StoreOptions {
  /** Show the changes, and write nothing. */
  readonly dryRun?: boolean;
  /** Delete what this tool wrote, and the source of the sync does not have any more. */
  readonly prune?: boolean;
  /** Delete without a question. */
  readonly yes?: boolean;
  /** Also write over what was changed since the last push or pull. */
  readonly force?: boolean;
}
