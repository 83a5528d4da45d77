import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  ApplicationLogLevel,
  Architecture,
  type FunctionOptions,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { type Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { METRICS_NAMESPACE, SERVICE } from '../lambda/aws/metric-names.ts';
import { acknowledge } from './acknowledge.ts';
import { handlerCode } from './bundling/handler-code.ts';
import { grantKey } from './encryption.ts';
import { type FunctionSettings, type LogSettings, sizeOf } from './function-settings.ts';
import type { HandlerName } from './handler-names.ts';
import { grantNetworkInterfaces } from './network.ts';

interface EscalatorFunctionProps
  extends Pick<
    FunctionOptions,
    'description' | 'environment' | 'onFailure' | 'retryAttempts' | 'maxEventAge' | 'recursiveLoop'
  > {
  /** Folder of the handler under `lambda/`. */
  readonly handlerName: HandlerName;
  readonly timeout: Duration;
  readonly settings: FunctionSettings;
}

/**
 * A handler of this project as a Lambda function, with a log group of its own and a role that allows writing
 * to that log group only. The code is one ES module that includes the AWS SDK, so that the tested code is
 * what runs. Each grant adds a permission together with the environment variable that needs it.
 */
export class EscalatorFunction extends LambdaFunction {
  declare readonly role: Role;

  constructor(scope: Construct, id: string, props: EscalatorFunctionProps) {
    const { handlerName, settings, environment, ...options } = props;
    const { tracing, logs, encryptionKey, network } = settings;
    const { memorySize, reservedConcurrency } = sizeOf(settings, handlerName);
    const logGroup = new LogGroup(scope, `${id}Logs`, {
      retention: logs.retention ?? RetentionDays.ONE_MONTH,
      removalPolicy: logs.removalPolicy ?? RemovalPolicy.DESTROY,
      encryptionKey,
    });
    // The default role has a managed policy that allows writing to every log group.
    const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    super(scope, id, {
      ...options,
      code: handlerCode(handlerName),
      handler: `${handlerName}.handler`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      // Lambda allocates CPU in proportion to memory, and an invocation mostly computes TLS and JSON.
      memorySize: memorySize ?? 512,
      reservedConcurrentExecutions: reservedConcurrency,
      ...network,
      role,
      logGroup,
      tracing: tracing ? Tracing.ACTIVE : Tracing.DISABLED,
      ...loggingOf(logs.level ?? 'INFO'),
      environment: {
        POWERTOOLS_SERVICE_NAME: SERVICE,
        POWERTOOLS_METRICS_NAMESPACE: METRICS_NAMESPACE,
        POWERTOOLS_LOG_LEVEL: logs.level ?? 'INFO',
        ...environment,
      },
    });
    logGroup.grantWrite(role);
    if (encryptionKey) grantKey(encryptionKey, role);
    if (network) grantNetworkInterfaces(role);
    if (tracing) {
      acknowledge(role, {
        id: 'AwsSolutions-IAM5[Resource::*]',
        reason: 'X-Ray has no resource-level permissions for writing traces.',
      });
    }
  }
}

/**
 * Without the lines of Lambda itself about each invocation that ended well: they cost as much as all others, and the
 * metrics of Lambda say the same. Lambda leaves them out in the JSON format alone, where it also filters by level, and
 * takes a line without a level, as metrics are, for INFO. So it must not filter by a higher one.
 *
 * Source: Lambda developer guide, "Configuring JSON and plain text log formats" and "Log-level filtering".
 */
function loggingOf(level: NonNullable<LogSettings['level']>) {
  if (level === 'WARN' || level === 'ERROR') return {};
  return {
    loggingFormat: LoggingFormat.JSON,
    applicationLogLevelV2: level === 'DEBUG' ? ApplicationLogLevel.DEBUG : ApplicationLogLevel.INFO,
    systemLogLevelV2: SystemLogLevel.WARN,
  };
}
