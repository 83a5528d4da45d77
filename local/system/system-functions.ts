import { join } from 'node:path';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { FUNCTION_TIMEOUT_SECONDS } from '../../lambda/domain/deployment-constants.ts';
import { type EventSourceMapping, startEventSourceMapping } from '../functions/event-source-mapping.ts';
import { type LocalFunction, startFunction } from '../functions/function.ts';
import type { AwsLocation } from '../functions/worker-environment.ts';
import type { MetricStore } from '../metrics/metric-store.ts';
import type { DescribedFunction } from '../services/lambda.ts';
import type { LocalQueue, LocalQueues } from './queues.ts';
import { RESOURCES } from './resource-names.ts';

/** A module whose handler does nothing. */
export const NOOP_HANDLER = new URL('../functions/noop-handler.ts', import.meta.url);

/** The modules that export the handlers. */
export interface HandlerModules {
  readonly contactEvents: string | URL;
  readonly ruleMessages: string | URL;
  readonly dispatch: string | URL;
  readonly policyChanges: string | URL;
  readonly sweep: string | URL;
}

/** Maximum concurrent invocations by function. Dispatch, policy-changes and sweep always have 1. */
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
  readonly metrics?: MetricStore | undefined;
}

/** Creates the functions with the stack's timeouts. A function starts its threads at its first invocation. */
export function startFunctions(options: SystemFunctionsOptions): SystemFunctions {
  const { modules, concurrency: concurrencyOf, aws, environment, logDirectory, metrics } = options;
  const fn = (name: string, module: string | URL, timeoutSeconds: number, concurrency: number) =>
    startFunction({
      name,
      module,
      timeoutMs: timeoutSeconds * 1_000,
      concurrency,
      aws,
      environment,
      logFile: join(logDirectory, `${name}.log`),
      metrics,
    });
  return {
    contactEvents: fn(
      RESOURCES.functions.ContactEvents,
      modules.contactEvents,
      FUNCTION_TIMEOUT_SECONDS.contactEvents,
      concurrencyOf.contactEvents,
    ),
    ruleMessages: fn(
      RESOURCES.functions.RuleMessages,
      modules.ruleMessages,
      FUNCTION_TIMEOUT_SECONDS.ruleMessages,
      concurrencyOf.ruleMessages,
    ),
    dispatch: fn(RESOURCES.functions.Dispatch, modules.dispatch, FUNCTION_TIMEOUT_SECONDS.dispatch, 1),
    policyChanges: fn(
      RESOURCES.functions.PolicyChanges,
      modules.policyChanges,
      FUNCTION_TIMEOUT_SECONDS.policyChanges,
      1,
    ),
    sweep: fn(RESOURCES.functions.Sweep, modules.sweep, FUNCTION_TIMEOUT_SECONDS.sweep, 1),
  };
}

/** Connects rule-messages to its three queues, and dispatch to its own. */
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
    source(functions.ruleMessages, queues.operatorMessages, 1),
    source(functions.ruleMessages, queues.wakeUps, concurrency.ruleMessages),
    // All messages have one message group, so a second poller would only wait for the first.
    source(functions.dispatch, queues.dispatch, 1),
  ];
}

/** The functions as tools see them. */
export function describeFunctions(
  { ruleMessages, dispatch, ...others }: SystemFunctions,
  queues: LocalQueues,
  createdAt: number,
): DescribedFunction[] {
  const describe = ({ name, arn }: LocalFunction, queueArns: readonly string[] = []) => ({
    name,
    arn,
    queueArns,
    createdAt,
  });
  return [
    describe(ruleMessages, [queues.ruleMessages.arn, queues.operatorMessages.arn, queues.wakeUps.arn]),
    describe(dispatch, [queues.dispatch.arn]),
    ...Object.values(others).map((fn) => describe(fn)),
  ];
}
