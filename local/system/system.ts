import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SQSClient } from '@aws-sdk/client-sqs';
import { ENVIRONMENT } from '../../lambda/aws/environment.ts';
import { SWEEP_INTERVAL_SECONDS } from '../../lambda/domain/deployment-constants.ts';
import { defined } from '../../lambda/domain/json.ts';
import {
  contactEventRule,
  parameterChangeRule,
  ruleEventRule,
} from '../../lambda/domain/messages/event-rules.ts';
import { EVENT_SOURCE } from '../../lambda/domain/outgoing-events/outgoing-event.ts';
import { visibleLine } from '../../lambda/domain/visible-text.ts';
import { defaultRates } from '../connect/index.ts';
import { startEndpoint } from '../endpoint/endpoint.ts';
import type { LocalService } from '../endpoint/http.ts';
import type { RequestLogEntry } from '../endpoint/request-log.ts';
import { createEventBus, type EventBus, type EventEnvelope } from '../events/event-bus.ts';
import { createEventsService } from '../events/events-service.ts';
import { createAsyncInvoker } from '../functions/async-invoker.ts';
import type { LocalFunction } from '../functions/function.ts';
import { startSchedule } from '../functions/schedule.ts';
import { LOCAL_CREDENTIALS } from '../functions/worker-environment.ts';
import { MetricStore } from '../metrics/metric-store.ts';
import { createCloudWatch } from '../services/cloudwatch.ts';
import { createDynamoDb } from '../services/dynamodb.ts';
import { createLambda } from '../services/lambda.ts';
import { createScheduler } from '../services/scheduler.ts';
import { createServiceQuotas } from '../services/service-quotas.ts';
import { createSqs } from '../services/sqs.ts';
import { createSts } from '../services/sts.ts';
import { createSsm } from '../ssm/service.ts';
import type { ClientConfig } from './client-config.ts';
import { compileConfiguration } from './compile-configuration.ts';
import { putDeploymentParameter } from './deployment-parameter.ts';
import { type ActivityProbe, waitUntilIdle } from './idle.ts';
import { parameterChangeEvent } from './parameter-change-event.ts';
import { failureDestination, queueTarget } from './queue-targets.ts';
import { createQueues, type LocalQueues } from './queues.ts';
import { putQuotaGuard } from './quota-guard.ts';
import { RESOURCES } from './resource-names.ts';
import {
  type Concurrency,
  describeFunctions,
  type HandlerModules,
  startEventSourceMappings,
  startFunctions,
} from './system-functions.ts';
import { createTable } from './table.ts';

export interface LocalSystemOptions {
  /** TCP port of the endpoint on 127.0.0.1; 0 selects a free port. */
  readonly port: number;
  readonly region: string;
  /** Twelve digits. */
  readonly account: string;
  /** Ids of the Connect instances that the system handles. */
  readonly instanceIds: readonly string[];
  /** SSM path of the settings and policies, such as `/connect-escalator`. */
  readonly prefix: string;
  /** Default: the sources under `lambda/`. */
  readonly handlers?: HandlerModules;
  /** Default: 2 of each function. */
  readonly concurrency?: Concurrency;
  /** Directory that each function's log is written to, such as `dispatch.log`. */
  readonly logDirectory: string;
  /** Creates the Amazon Connect service of the endpoint. Without it the endpoint does not support Connect. */
  readonly connect?: (bus: EventBus) => LocalService;
  /** Called with `service.operation` when a request arrives. */
  readonly onRequest?: (name: string) => void;
  /** Called with each request after its response is sent. */
  readonly onResponse?: (entry: RequestLogEntry) => void;
  /** Called with each event that contact-events has handled successfully. */
  readonly onContactEventHandled?: (event: EventEnvelope) => void;
  /** Called with the URL of the queue and the body of each message that is sent to SQS. */
  readonly onMessage?: (queueUrl: string, body: string) => void;
  /** Called with each failure outside the functions. Default: writes it to stderr. */
  readonly onError?: (message: string, error: unknown) => void;
}

export interface LocalSystem {
  /** URL of the endpoint: the value for `AWS_ENDPOINT_URL`. */
  readonly url: string;
  readonly clientConfig: ClientConfig;
  readonly bus: EventBus;
  readonly queues: LocalQueues;
  readonly tableName: string;
  /** Number of events that the system sent to the bus, by `detail-type`. */
  readonly outgoingEvents: ReadonlyMap<string, number>;
  /** Number of requests from all clients, by `service.operation`. */
  readonly requests: ReadonlyMap<string, number>;
  /** Replaces the code of every function and compiles the configuration, as a deployment does. */
  deploy(handlers: HandlerModules): Promise<void>;
  /** Compiles the policies and settings in SSM, as a deployment does. */
  compileConfiguration(): Promise<void>;
  /** Starts every thread and imports its handler, so that no cold start delays the first contacts. */
  warmUp(): Promise<void>;
  /**
   * Resolves when no event, message or invocation is in progress. It waits for retries of failed events, but
   * not for delayed messages or messages in dead-letter queues.
   *
   * @param limitMs - how long it waits at most, in real milliseconds. Default: without limit.
   * @returns false when the limit was reached before.
   */
  idle(limitMs?: number): Promise<boolean>;
  /**
   * Stops everything.
   *
   * @param isAbandoned - whether batches in progress are cut short, as nobody will look at what they leave. Default:
   *   they are finished first.
   */
  stop(isAbandoned?: boolean): Promise<void>;
}

const [CONTACT_EVENTS, PARAMETER_CHANGES, RULE_EVENTS] = RESOURCES.rules;
const TABLE_NAME = 'Contacts';
const HANDLERS = join(import.meta.dirname, '../../lambda');

/** Starts the resources that the stack creates in this process, behind one AWS endpoint. */
export async function startLocalSystem(options: LocalSystemOptions): Promise<LocalSystem> {
  const { region, account, instanceIds, prefix, onError = writeError } = options;
  const bus = createEventBus({
    region,
    account,
    onFailure: (rule, event, error) => onError(`Rule ${rule} could not deliver event ${event.id}`, error),
  });
  let activity = 0;
  const sqs = await createSqs({ region, account, ...defined({ onSend: options.onMessage }) });
  const startedAt = Date.now();
  const metrics = new MetricStore();
  const endpoint = await startEndpoint({
    port: options.port,
    services: {
      dynamodb: createDynamoDb({ region, account }),
      sqs,
      ssm: createSsm({ region, account, onChange: (change) => bus.put(parameterChangeEvent(change)) }),
      events: createEventsService(bus),
      sts: createSts(account),
      connect: options.connect?.(bus),
      cloudwatch: createCloudWatch(metrics),
      lambda: createLambda(() => describeFunctions(functions, queues, startedAt)),
      scheduler: createScheduler([RESOURCES.schedule]),
      'service-quotas': createServiceQuotas(defaultRates()),
    },
    onRequest(name) {
      activity += 1;
      options.onRequest?.(name);
    },
    onResponse: options.onResponse,
  });

  const clientConfig = { endpoint: endpoint.url, region, credentials: LOCAL_CREDENTIALS };
  const dynamoDbClient = new DynamoDBClient(clientConfig);
  const sqsClient = new SQSClient(clientConfig);
  await createTable(dynamoDbClient, TABLE_NAME);
  const queues = await createQueues(sqsClient, { region, account });
  await putDeploymentParameter(clientConfig, prefix, TABLE_NAME, queues, instanceIds);
  const stack = `arn:aws:cloudformation:${region}:${account}:stack/Local/local`;
  await putQuotaGuard(clientConfig, { stack, prefix });
  const compile = () =>
    compileConfiguration({
      clientConfig,
      prefix,
      tableName: TABLE_NAME,
      wakeUpsQueueUrl: queues.wakeUps.url,
    });
  await compile();

  const concurrency = options.concurrency ?? { contactEvents: 2, ruleMessages: 2 };
  const functions = startFunctions({
    modules: options.handlers ?? {
      contactEvents: join(HANDLERS, 'contact-events/index.ts'),
      ruleMessages: join(HANDLERS, 'rule-messages/index.ts'),
      dispatch: join(HANDLERS, 'dispatch/index.ts'),
      policyChanges: join(HANDLERS, 'policy-changes/index.ts'),
      sweep: join(HANDLERS, 'sweep/index.ts'),
    },
    concurrency,
    aws: { endpointUrl: endpoint.url, region, account },
    environment: environmentVariables(options, queues),
    logDirectory: options.logDirectory,
    metrics,
  });
  const invoker = (fn: LocalFunction, deadLetterQueueUrl: string) =>
    createAsyncInvoker({
      fn,
      onFailure: failureDestination(sqsClient, deadLetterQueueUrl),
      onLost: (record, error) =>
        onError(`Invocation ${record.requestContext.requestId} failed and was not sent to its queue`, error),
    });
  const contactEvents = invoker(
    withHandledCallback(functions.contactEvents, options.onContactEventHandled),
    queues.contactEventsDlq.url,
  );
  const policyChanges = invoker(functions.policyChanges, queues.policyChangesDlq.url);
  bus.addRule({
    name: CONTACT_EVENTS,
    pattern: contactEventRule(instanceIds),
    target: async (event) => contactEvents.send(event),
  });
  bus.addRule({
    name: PARAMETER_CHANGES,
    pattern: parameterChangeRule(prefix),
    target: async (event) => policyChanges.send(event),
  });
  bus.addRule({
    name: RULE_EVENTS,
    pattern: ruleEventRule(instanceIds),
    target: queueTarget(sqsClient, queues.ruleMessages.url),
  });
  const outgoingEvents = new Map<string, number>();
  bus.addRule({
    name: 'OutgoingEvents',
    pattern: { source: [EVENT_SOURCE] },
    async target({ 'detail-type': name }) {
      outgoingEvents.set(name, (outgoingEvents.get(name) ?? 0) + 1);
    },
  });
  const sources = startEventSourceMappings(sqsClient, functions, queues, concurrency, (error) =>
    onError('An event source mapping could not reach its queue', error),
  );
  const sweeps = startSchedule(functions.sweep, SWEEP_INTERVAL_SECONDS * 1_000);
  const allFunctions = Object.values(functions);

  return {
    url: endpoint.url,
    clientConfig,
    bus,
    queues,
    tableName: TABLE_NAME,
    outgoingEvents,
    requests: endpoint.requests,
    async deploy(handlers) {
      for (const name of Object.keys(functions) as (keyof typeof functions)[]) {
        functions[name].deploy(handlers[name]);
      }
      await compile();
    },
    compileConfiguration: compile,
    async warmUp() {
      await Promise.all(allFunctions.map((fn) => fn.warmUp()));
    },
    idle(limitMs) {
      const probe: ActivityProbe = {
        pending: () =>
          bus.pending() +
          contactEvents.pending() +
          policyChanges.pending() +
          allFunctions.reduce((total, fn) => total + fn.pending(), 0),
        activityCount: () => activity,
        depths: async () => {
          const depths = await sqs.depths();
          const { ruleMessages, operatorMessages, wakeUps, dispatch } = queues;
          return [ruleMessages, operatorMessages, wakeUps, dispatch].flatMap(
            ({ name }) => depths.get(name) ?? [],
          );
        },
      };
      return waitUntilIdle(probe, limitMs);
    },
    async stop(isAbandoned = false) {
      contactEvents.stop();
      policyChanges.stop();
      const finished = Promise.all([...sources, sweeps].map((source) => source.stop()));
      if (!isAbandoned) await finished;
      await Promise.all(allFunctions.map((fn) => fn.stop()));
      await finished;
      sqsClient.destroy();
      dynamoDbClient.destroy();
      await endpoint.stop();
    },
  };
}

/** Calls `onHandled` after each successful invocation. */
function withHandledCallback(
  fn: LocalFunction,
  onHandled: (event: EventEnvelope) => void = () => {},
): LocalFunction {
  return {
    ...fn,
    async invoke(event, requestId) {
      const result = await fn.invoke(event, requestId);
      onHandled(event as EventEnvelope);
      return result;
    },
  };
}

function environmentVariables(
  { prefix, instanceIds }: LocalSystemOptions,
  queues: LocalQueues,
): Record<string, string> {
  return {
    [ENVIRONMENT.contactsTable]: TABLE_NAME,
    [ENVIRONMENT.ruleMessagesQueueUrl]: queues.ruleMessages.url,
    [ENVIRONMENT.ruleMessagesDlqUrl]: queues.ruleMessagesDlq.url,
    [ENVIRONMENT.operatorMessagesQueueUrl]: queues.operatorMessages.url,
    [ENVIRONMENT.operatorMessagesDlqUrl]: queues.operatorMessagesDlq.url,
    [ENVIRONMENT.wakeUpsQueueUrl]: queues.wakeUps.url,
    [ENVIRONMENT.wakeUpsDlqUrl]: queues.wakeUpsDlq.url,
    [ENVIRONMENT.dispatchQueueUrl]: queues.dispatch.url,
    [ENVIRONMENT.dispatchDlqUrl]: queues.dispatchDlq.url,
    [ENVIRONMENT.parameterPrefix]: prefix,
    [ENVIRONMENT.instanceIds]: instanceIds.join(','),
  };
}

function writeError(message: string, error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${visibleLine(`${message}: ${reason}`)}\n`);
}
