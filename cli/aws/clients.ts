import { AWS_CLIENT } from '../../lambda/aws/clients.ts';
import { defined } from '../../lambda/domain/json.ts';
import { UsageError } from '../errors.ts';
import type { AwsOptions } from '../options/aws.ts';

const SILENT = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };

/**
 * The configuration of AWS SDK clients. Options that are undefined come from the environment of the SDK.
 *
 * @throws UsageError when the endpoint is not a URL.
 */
export function clientConfig({ endpointUrl, region, credentials }: AwsOptions) {
  if (endpointUrl !== undefined && !/^https?:\/\/[^/]+/.test(endpointUrl)) {
    throw new UsageError(
      `--endpoint-url is ${JSON.stringify(endpointUrl)}: expected a URL such as http://127.0.0.1:4600.`,
    );
  }
  return {
    ...AWS_CLIENT,
    // The default logger would print warnings between the results.
    logger: SILENT,
    ...defined({ endpoint: endpointUrl, region, credentials }),
  };
}
