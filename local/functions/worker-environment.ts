import { devNull } from 'node:os';
import { METRICS_NAMESPACE, SERVICE } from '../../lambda/aws/metric-names.ts';

/** The endpoint, Region and account of a function. */
export interface AwsLocation {
  /** URL of the AWS endpoint. */
  readonly endpointUrl: string;
  readonly region: string;
  readonly account: string;
}

/** Credentials for the local endpoint, which does not check them. */
export const LOCAL_CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' } as const;

/**
 * The environment variables of a function: those that Lambda sets, those that point the SDK to the local
 * endpoint, and the function's own. It contains nothing of the user's AWS configuration, and of this process's
 * environment only where Node.js keeps compiled code.
 */
export function workerEnvironment(
  functionName: string,
  memoryMb: number,
  aws: AwsLocation,
  own: Readonly<Record<string, string>>,
): Record<string, string> {
  return {
    AWS_LAMBDA_FUNCTION_NAME: functionName,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${functionName}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_REGION: aws.region,
    AWS_DEFAULT_REGION: aws.region,
    AWS_ENDPOINT_URL: aws.endpointUrl,
    AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: 'true',
    POWERTOOLS_SERVICE_NAME: SERVICE,
    POWERTOOLS_METRICS_NAMESPACE: METRICS_NAMESPACE,
    POWERTOOLS_LOG_LEVEL: 'INFO',
    ...compileCache(),
    ...own,
  };
}

/** Where a thread finds what others have compiled: without it, each compiles the SDK again. */
function compileCache(): Record<string, string> {
  const { NODE_COMPILE_CACHE } = process.env;
  return NODE_COMPILE_CACHE === undefined ? {} : { NODE_COMPILE_CACHE };
}
