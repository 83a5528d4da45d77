import { randomUUID } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { ENVIRONMENT } from '../../lambda/aws/environment.ts';
import { startEndpoint } from '../../local/endpoint/endpoint.ts';
import { LOCAL_CREDENTIALS, workerEnvironment } from '../../local/functions/worker-environment.ts';
import { createDynamoDb } from '../../local/services/dynamodb.ts';
import { createSqs } from '../../local/services/sqs.ts';
import { createSsm } from '../../local/ssm/service.ts';
import { createTable } from '../../local/system/table.ts';
import { generateDataset, type MatchSource } from '../decide/dataset.ts';
import { median } from '../median.ts';
import { inFreshProcess } from './fresh-process.ts';

const LOCATION = { region: 'eu-central-1', account: '123456789012' };
const INSTANCE = '11111111-2222-3333-4444-555555555555';
const INSTANCE_ARN = `arn:aws:connect:${LOCATION.region}:${LOCATION.account}:instance/${INSTANCE}`;

/** What the first event of a new instance of contact-events takes. */
export interface FirstEvent {
  readonly policies: number;
  /** Median of the CPU time of all threads, without the import. */
  readonly cpuMs: number;
  /** Requests to the table that read, of the slowest event. */
  readonly tableReads: number;
  /** Requests to SSM, of the slowest event. */
  readonly parameterRequests: number;
}

/**
 * Measures the first event of new processes, against services in memory. The policies are compiled and published by the
 * bundle of policy-changes before. Numbers of policies take turns.
 *
 * @param bundles - files of the bundles.
 * @param counts - the numbers of policies.
 */
export async function measureFirstEvents(
  bundles: { readonly contactEvents: string; readonly policyChanges: string },
  counts: readonly number[],
  rounds: number,
): Promise<FirstEvent[]> {
  let requests: string[] = [];
  const endpoint = await startEndpoint({
    port: 0,
    services: {
      dynamodb: createDynamoDb(LOCATION),
      sqs: await createSqs({ ...LOCATION, onSend: () => {} }),
      ssm: createSsm({ ...LOCATION, onChange: () => {} }),
    },
    onRequest: (name) => requests.push(name),
  });
  try {
    const subjects = [];
    for (const policies of counts) {
      const environment = await deploy(policies, endpoint.url);
      await invoke(bundles.policyChanges, undefined, environment);
      subjects.push({
        policies,
        environment,
        cpuMs: [] as number[],
        tableReads: 0,
        parameterRequests: 0,
      });
    }
    for (let round = 0; round < rounds; round += 1) {
      for (const subject of subjects) {
        requests = [];
        subject.cpuMs.push(await invoke(bundles.contactEvents, queuedEvent(), subject.environment));
        const reads = requests.filter((name) => /^dynamodb\.(?:GetItem|BatchGetItem|Query|Scan)$/.test(name));
        subject.tableReads = Math.max(subject.tableReads, reads.length);
        const ofSsm = requests.filter((name) => name.startsWith('ssm.'));
        subject.parameterRequests = Math.max(subject.parameterRequests, ofSsm.length);
      }
    }
    return subjects.map(({ environment: _environment, cpuMs, ...subject }) => ({
      ...subject,
      cpuMs: median(cpuMs),
    }));
  } finally {
    await endpoint.stop();
  }
}

/** Creates a table, queues and parameters. Returns the environment of the functions that use them. */
async function deploy(policies: number, url: string): Promise<Record<string, string>> {
  const configuration = { endpoint: url, region: LOCATION.region, credentials: LOCAL_CREDENTIALS };
  const [dynamoDb, sqs, ssm] = [
    new DynamoDBClient(configuration),
    new SQSClient(configuration),
    new SSMClient(configuration),
  ];
  try {
    const table = `Contacts-${policies}`;
    const prefix = `/policies-${policies}`;
    await createTable(dynamoDb, table);
    const urlOf = async (QueueName: string, Attributes?: Record<string, string>) =>
      (await sqs.send(new CreateQueueCommand({ QueueName, ...(Attributes && { Attributes }) }))).QueueUrl ??
      '';
    for (const [index, match] of patternsFor(policies).entries()) {
      const steps = [
        { after: `${index % 60}s`, set: { priority: 3 } },
        { after: '3m', set: { priority: 1 } },
      ];
      const Name = `${prefix}/policies/policy-${index}`;
      const Value = JSON.stringify({ precedence: index, match, steps });
      await ssm.send(new PutParameterCommand({ Name, Value, Type: 'String' }));
    }
    return workerEnvironment(
      'bench',
      512,
      { ...LOCATION, endpointUrl: url },
      {
        [ENVIRONMENT.contactsTable]: table,
        [ENVIRONMENT.parameterPrefix]: prefix,
        [ENVIRONMENT.wakeUpsQueueUrl]: await urlOf(`WakeUps-${policies}`),
        [ENVIRONMENT.dispatchQueueUrl]: await urlOf(`Dispatch-${policies}.fifo`, { FifoQueue: 'true' }),
        [ENVIRONMENT.instanceIds]: INSTANCE,
      },
    );
  } finally {
    for (const client of [dynamoDb, sqs, ssm]) client.destroy();
  }
}

/**
 * The patterns of a dataset without those on attributes alone: while attributes are not known, they all have to be
 * evaluated.
 */
function patternsFor(count: number): readonly MatchSource[] {
  const { patterns } = generateDataset(2 * count, 0, 0.05);
  const [general, others] = [patterns.slice(-3), patterns.slice(0, -3)];
  return [
    ...others.filter((pattern) => !('attributes' in pattern)).slice(0, count - general.length),
    ...general,
  ];
}

/** Calls the handler of a bundle in a new process. Returns the CPU time of the call, in milliseconds. */
function invoke(
  bundle: string,
  event: object | undefined,
  environment: Readonly<Record<string, string>>,
): Promise<number> {
  const code = [
    `const { handler } = await import(${JSON.stringify(pathToFileURL(bundle).href)});`,
    // The local services have no TLS. Node.js loads undici with this module, which a function on AWS does not import.
    "await import('node:http');",
    "const context = { awsRequestId: 'r-1', functionName: 'bench', getRemainingTimeInMillis: () => 10_000 };",
    'const before = process.cpuUsage();',
    `await handler(${JSON.stringify(event)}, context);`,
    'const { user, system } = process.cpuUsage(before);',
    'console.log((user + system) / 1_000);',
    'process.exit();',
  ].join('\n');
  return inFreshProcess(code, environment);
}

function queuedEvent(): object {
  return {
    source: 'aws.connect',
    'detail-type': 'Amazon Connect Contact Event',
    id: randomUUID(),
    time: new Date().toISOString(),
    region: LOCATION.region,
    detail: {
      eventType: 'QUEUED',
      contactId: randomUUID(),
      instanceArn: INSTANCE_ARN,
      channel: 'VOICE',
      initiationMethod: 'INBOUND',
      tags: { tier: 'gold', product: 'product-1' },
      queueInfo: {
        queueArn: `${INSTANCE_ARN}/queue/queue-1`,
        queueType: 'STANDARD',
        enqueueTimestamp: new Date().toISOString(),
      },
    },
  };
}
