import type { Command } from 'commander';
import { UsageError } from '../errors.ts';

/** Where AWS is, as the command line says; what is absent is left to the SDK's environment. */
export interface AwsOptions {
  readonly endpointUrl?: string;
  readonly region?: string;
}

/** Where the parameters are. */
export interface PrefixOptions {
  readonly prefix: string;
}

/** @throws UsageError when the prefix is no path. */
export function validatePrefix(prefix: string): void {
  if (/^(\/[\w.-]+)+$/.test(prefix)) return;
  throw new UsageError(`--prefix is ${JSON.stringify(prefix)}: expected a path such as /connect-escalator.`);
}

/** Adds the options of {@link AwsOptions} to a command. */
export function addAwsOptions(command: Command): Command {
  return command
    .option('--region <region>', 'AWS Region (default: as AWS_REGION or the AWS profile says)')
    .option(
      '--endpoint-url <url>',
      'AWS endpoint, such as that of the local system (default: AWS_ENDPOINT_URL)',
    );
}

/** Adds `--prefix` to a command. */
export function addPrefixOption(command: Command): Command {
  return command.option('--prefix <path>', 'SSM path above policies/ and settings', '/connect-escalator');
}
