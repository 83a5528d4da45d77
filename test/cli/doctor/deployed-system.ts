import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DeleteParameterCommand,
  GetParameterCommand,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { QUOTA_GUARD_PARAMETER } from '../../../lambda/aws/deployment.ts';
import { createConnectService } from '../../../local/connect/index.ts';
import { AwsError } from '../../../local/endpoint/aws-error.ts';
import type { EndpointServices } from '../../../local/endpoint/endpoint.ts';
import type { LocalRequest, LocalResponse, LocalService } from '../../../local/endpoint/http.ts';
import { errorResponse } from '../../../local/endpoint/json-service.ts';
import { restJsonError } from '../../../local/endpoint/rest-json.ts';
import { createEventBus } from '../../../local/events/event-bus.ts';
import { createEventsService } from '../../../local/events/events-service.ts';
import { MetricStore } from '../../../local/metrics/metric-store.ts';
import { createCloudWatch } from '../../../local/services/cloudwatch.ts';
import { createLambda } from '../../../local/services/lambda.ts';
import { createScheduler } from '../../../local/services/scheduler.ts';
import { createServiceQuotas } from '../../../local/services/service-quotas.ts';
import { createSts } from '../../../local/services/sts.ts';
import { compileConfiguration } from '../../../local/system/compile-configuration.ts';
import { putQuotaGuard } from '../../../local/system/quota-guard.ts';
import { RESOURCES } from '../../../local/system/resource-names.ts';
import { createTable } from '../../../local/system/table.ts';
import { ContactCentre } from '../../../sim/centre/index.ts';
import { ACCOUNT, AWS_LOCATION, REGION } from '../../local/fixtures/aws.ts';
import { awsForCli } from '../support/aws.ts';
import { cli } from '../support/run-cli.ts';

/** Long after everything that the test writes. */
export const NOW = Date.parse('2100-01-01T12:00:30Z');
export const MINUTE_MS = 60_000;
/** An agent of the centre. */
export const ANN = '22222222-2222-3333-4444-555555555555';
const INSTANCE_ID = '11111111-2222-3333-4444-555555555555';
const PREFIX = '/connect-escalator';
const STACK = `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/Escalator/1`;
const DAY_MS = 86_400_000;

/** What a service answers in place of itself: an error, the body of a response, or undefined for its own answer. */
type Intercept = (service: string, operation: string) => AwsError | object | undefined;

/** A deployment in perfect health, whose parts a test can break. */
export async function startDeployedSystem() {
  const state = {
    intercept: (() => undefined) as Intercept,
    rules: new Set<string>(RESOURCES.rules),
    schedules: [RESOURCES.schedule] as string[],
    quotas: { UpdateContactRoutingData: 20, DescribeContact: 10 } as Record<string, number>,
    metrics: new MetricStore(),
    deployedAt: NOW - DAY_MS,
    queueArns: {} as Record<string, string[]>,
  };
  const bus = createEventBus({ ...AWS_LOCATION, onFailure: () => {} });
  const agents = [
    {
      id: ANN,
      queues: [{ queueId: 'billing', priority: 1 }],
      channels: ['VOICE'],
      proficiencies: { Language: { English: 5 } },
    },
  ];
  const centre = new ContactCentre({
    instance: { id: INSTANCE_ID, account: ACCOUNT, region: REGION },
    queues: [{ id: 'billing' }, { id: 'sales', name: 'Sales' }],
    agents,
    random: () => 0.5,
    publish() {},
  });
  const functions = () =>
    Object.values(RESOURCES.functions).map((name) => ({
      name,
      arn: `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${name}`,
      queueArns: state.queueArns[name] ?? [],
      createdAt: state.deployedAt,
    }));
  const services: EndpointServices = {
    sts: createSts(ACCOUNT),
    events: createEventsService({ ...bus, hasRule: (name) => state.rules.has(name) }),
    connect: createConnectService({
      centre,
      agents,
      clock: () => NOW,
    }),
    cloudwatch: (request) => createCloudWatch(state.metrics)(request),
    lambda: createLambda(functions),
    scheduler: (request) => createScheduler(state.schedules)(request),
    'service-quotas': (request) => createServiceQuotas(state.quotas)(request),
  };
  const intercepted = Object.entries(services).map(([name, service]) => [
    name,
    intercepting(name, service as LocalService, () => state.intercept),
  ]);
  const aws = await awsForCli({
    now: () => NOW,
    services: Object.fromEntries(intercepted),
    beforeSsm: async (operation) => respond('ssm', operation, state.intercept),
  });
  const dynamoDb = new DynamoDBClient(aws.clientConfig);
  const ssm = new SSMClient(aws.clientConfig);
  await createTable(dynamoDb, 'Contacts');
  const queues = await aws.deploy(PREFIX, [INSTANCE_ID]);
  await putQuotaGuard(aws.clientConfig, { stack: STACK, prefix: PREFIX });
  state.queueArns = {
    'rule-messages': [queues.ruleMessages.arn, queues.operatorMessages.arn, queues.wakeUps.arn],
    dispatch: [queues.dispatch.arn],
  };
  const count = (
    namespace: string,
    name: string,
    dimensions: Record<string, string>,
    at: number,
    value = 1,
  ) => state.metrics.add({ namespace, name, dimensions, at, value });
  const invoked = (fn: string, at: number) => count('AWS/Lambda', 'Invocations', { FunctionName: fn }, at);
  const measured = (name: string, at: number, value = 1) =>
    count('ConnectEscalator', name, { service: 'connect-escalator' }, at, value);
  return {
    ...aws,
    state,
    queues,
    invoked,
    measured,
    failed: (fn: string, at: number) => count('AWS/Lambda', 'Errors', { FunctionName: fn }, at),
    /** The metrics of a system that works, except for one function that was not invoked. */
    work({ without }: { readonly without?: string } = {}) {
      state.metrics = new MetricStore();
      for (const fn of Object.values(RESOURCES.functions)) {
        if (fn !== without) invoked(fn, NOW - MINUTE_MS);
      }
      measured('ChangesApplied', NOW - MINUTE_MS);
      measured('OldestPendingAge', NOW - MINUTE_MS, 0);
      measured('WaitingContacts', NOW - MINUTE_MS, 7);
    },
    async put(name: string, value: string): Promise<void> {
      await ssm.send(
        new PutParameterCommand({ Name: `${PREFIX}/${name}`, Value: value, Type: 'String', Overwrite: true }),
      );
    },
    async get(name: string): Promise<string> {
      const { Parameter } = await ssm.send(new GetParameterCommand({ Name: `${PREFIX}/${name}` }));
      return Parameter?.Value ?? '';
    },
    async deleteParameter(name: string): Promise<void> {
      await ssm.send(new DeleteParameterCommand({ Name: `${PREFIX}/${name}` }));
    },
    /** Writes the value of the parameter that names the stack with the quota; undefined: deletes the parameter. */
    async writeQuotaGuard(value: string | undefined): Promise<void> {
      const Name = QUOTA_GUARD_PARAMETER;
      if (value === undefined) await ssm.send(new DeleteParameterCommand({ Name }));
      else await ssm.send(new PutParameterCommand({ Name, Value: value, Type: 'String', Overwrite: true }));
    },
    compile: () =>
      compileConfiguration({
        clientConfig: aws.clientConfig,
        prefix: PREFIX,
        tableName: 'Contacts',
        wakeUpsQueueUrl: queues.wakeUps.url,
      }),
    /** Runs `escalator doctor`. */
    doctor: (...args: string[]) => cli(['doctor', ...aws.where, ...args], { now: NOW }),
    async stop(): Promise<void> {
      dynamoDb.destroy();
      ssm.destroy();
      await aws.stop();
    },
  };
}

function intercepting(name: string, service: LocalService, intercept: () => Intercept): LocalService {
  return async (request) => respond(name, operationOf(request), intercept()) ?? service(request);
}

function respond(service: string, operation: string, intercept: Intercept): LocalResponse | undefined {
  const answer = intercept(service, operation);
  if (answer === undefined) return undefined;
  if (!(answer instanceof AwsError)) return { status: 200, body: JSON.stringify(answer) };
  const isRest = ['lambda', 'scheduler', 'connect'].includes(service);
  return isRest ? restJsonError(answer) : errorResponse(answer);
}

/** The operation of a JSON service, or the path. */
function operationOf({ headers, path }: LocalRequest): string {
  return headers['x-amz-target']?.split('.').at(-1) ?? path;
}
