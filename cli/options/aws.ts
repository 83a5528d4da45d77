import { type Command, InvalidArgumentError } from 'commander';
import { UsageError } from '../errors.ts';

/** The AWS endpoint and Region. The AWS SDK takes what is undefined from its own environment. */
export interface AwsOptions {
  readonly endpointUrl?: string;
  readonly region?: string;
  /** No command has an option for them: they are for the local system, which accepts any. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

export interface PrefixOptions {
  /** The SSM path above `policies/` and `settings`. */
  readonly prefix: string;
}

/** @throws UsageError when the prefix is not an SSM path. */
export function validatePrefix(prefix: string): void {
  if (/^(\/[\w.-]+)+$/.test(prefix)) return;
  throw new UsageError(`--prefix is ${JSON.stringify(prefix)}: expected a path such as /connect-escalator.`);
}

/** Refuses what a script passes whose variable is not set. */
function parseRegion(text: string): string {
  if (/^[a-z\d-]+$/i.test(text)) return text;
  throw new InvalidArgumentError('Expected an AWS Region, such as eu-central-1.');
}

/** Adds the options of {@link AwsOptions} to a command. */
export function addAwsOptions(command: Command): Command {
  return command
    .option(
      '--region <region>',
      'AWS Region (default: AWS_REGION, or the Region of the AWS profile)',
      parseRegion,
    )
    .option(
      '--endpoint-url <url>',
      'AWS endpoint, such as that of the local system (default: AWS_ENDPOINT_URL)',
    );
}

/** Adds `--prefix` to a command. */
export function addPrefixOption(command: Command): Command {
  return command.option('--prefix <path>', 'SSM path above policies/ and settings', '/connect-escalator');
}
