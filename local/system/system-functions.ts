import { join } from 'node:path';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { FUNCTION_TIMEOUT_SECONDS } from '../../lambda/domain/deployment-constants.ts';
import { type EventSourceMapping, startEventSourceMapping } from '../functions/event-source-mapping.ts';
import { type LocalFunction, startFunction } from '../functions/function.ts';
import type { AwsLocation } from '../functions/worker-environment.ts';
import type { LocalQueue, LocalQueues } from './queues.ts';

/** The modules that export the handlers. */
export interface HandlerModules {
  readonly contactEvents: string | URL;
  readonly ruleMessages: string | URL;
  readonly dispatch: string | URL;
  readonly policyChanges: string | URL;
  readonly sweep: string | URL;
}

/** Invocations at a time, of each function; for dispatch there can be one only. */
export interface Concurrency {
  readonly contactEvents: number;
  readonly ruleMessages: number;
}

export interface SystemFunctions {
  readonly contactEvents: LocalFunction;
  readonly ruleMessages: LocalFunction;
  readonly dispatch: LocalFunction;
  readonly policyChanges: LocalFunction;
  readonly sweep: LocalFunction;
}

export interface SystemFunctionsOptions {
  readonly modules: HandlerModules;
  readonly concurrency: Concurrency;
  readonly aws: AwsLocation;
  readonly environment: Readonly<Record<string, string>>;
  readonly logDirectory: string;
}

/** The functions, with the stack's timeouts. None starts a thread before it is invoked. */
export function startFunctions(options: SystemFunctionsOptions): SystemFunctions {
  const { modules, concurrency, aws: cloud, environment, logDirectory } = options;
  const fn = (name: string, module: string | URL, timeoutSeconds: number, atATime: number) =>
    startFunction({
      name,
      module,
      timeoutMs: timeoutSeconds * 1_000,
      concurrency: atATime,
      aws: cloud,
      environment,
      logFile: join(logDirectory, `${name}.log`),
    });
  return {
    contactEvents: fn(
      'contact-events',
      modules.contactEvents,
      FUNCTION_TIMEOUT_SECONDS.contactEvents,
      concurrency.contactEvents,
    ),
    ruleMessages: fn(
      'rule-messages',
      modules.ruleMessages,
      FUNCTION_TIMEOUT_SECONDS.ruleMessages,
      concurrency.ruleMessages,
    ),
    dispatch: fn('dispatch', modules.dispatch, FUNCTION_TIMEOUT_SECONDS.dispatch, 1),
    policyChanges: fn('policy-changes', modules.policyChanges, FUNCTION_TIMEOUT_SECONDS.policyChanges, 1),
    sweep: fn('sweep', modules.sweep, FUNCTION_TIMEOUT_SECONDS.sweep, 1),
  };
}

/** Has the functions work off their queues. */
export function startEventSourceMappings(
  client: SQSClient,
  functions: SystemFunctions,
  queues: LocalQueues,
  concurrency: Concurrency,
  onError: (error: unknown) => void,
): EventSourceMapping[] {
  const source = (fn: LocalFunction, queue: LocalQueue, pollers: number) =>
    startEventSourceMapping({
      fn,
      client,
      queueUrl: queue.url,
      queueArn: queue.arn,
      batchSize: 10,
      pollers,
      onError,
    });
  return [
    source(functions.ruleMessages, queues.ruleMessages, concurrency.ruleMessages),
    // One message group: more pollers would only wait for each other.
    source(functions.dispatch, queues.dispatch, 1),
  ];
}
