import { AWS_CLIENT } from '../../lambda/aws/clients.ts';
import { UsageError } from '../errors.ts';
import type { AwsOptions } from './options.ts';

const SILENT = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };

/**
 * How the clients of the AWS SDK are set up; what the options leave out is the SDK's own environment's.
 *
 * @throws UsageError when the endpoint is no URL.
 */
export function clientConfig({ endpointUrl, region }: AwsOptions) {
  if (endpointUrl !== undefined && !/^https?:\/\/[^/]+/.test(endpointUrl)) {
    throw new UsageError(
      `--endpoint-url is ${JSON.stringify(endpointUrl)}: expected a URL such as http://127.0.0.1:4600.`,
    );
  }
  return {
    ...AWS_CLIENT,
    // The SDK would write its warnings between our results.
    logger: SILENT,
    ...(endpointUrl === undefined ? {} : { endpoint: endpointUrl }),
    ...(region === undefined ? {} : { region }),
  };
}
