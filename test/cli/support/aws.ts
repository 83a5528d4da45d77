import type { IncomingMessage } from 'node:http';
import { Transform } from 'node:stream';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { EndpointServices } from '../../../local/endpoint/endpoint.ts';
import type { LocalResponse } from '../../../local/endpoint/http.ts';
import { createDynamoDb } from '../../../local/services/dynamodb.ts';
import { createSqs } from '../../../local/services/sqs.ts';
import { createSsm } from '../../../local/ssm/service.ts';
import { putDeploymentParameter } from '../../../local/system/deployment-parameter.ts';
import { createQueues } from '../../../local/system/queues.ts';
import { ACCOUNT, AWS_LOCATION, REGION, startTestEndpoint } from '../../local/fixtures/aws.ts';

/**
 * Starts an AWS endpoint with the services that `escalator` uses, and the options that lead to it.
 *
 * @param options - `onRequest` is called with `service.operation` for each request.
 *   `now` is the clock of the endpoint. Default: that of this process.
 *   `services` are those beside SQS, SSM and DynamoDB.
 *   `beforeSsm` is called with the operation before SSM handles a request, and may answer in its place.
 */
export async function awsForCli({
  onRequest,
  now,
  beforeSsm = async () => undefined,
  services = {},
}: {
  readonly onRequest?: (name: string) => void;
  readonly now?: () => number;
  readonly beforeSsm?: (operation: string) => Promise<LocalResponse | undefined>;
  /** Services beside SQS, SSM and DynamoDB. */
  readonly services?: EndpointServices;
} = {}) {
  const sqs = await createSqs(AWS_LOCATION);
  const ssm = createSsm({ ...AWS_LOCATION, onChange: () => {} });
  const endpoint = await startTestEndpoint(
    {
      ssm: async (request) => {
        const operation = request.headers['x-amz-target']?.split('.').at(-1) ?? '';
        return (await beforeSsm(operation)) ?? ssm(request);
      },
      sqs: { ...sqs, handle: (request, response) => sqs.handle(withoutLongPolling(request), response) },
      dynamodb: createDynamoDb(AWS_LOCATION),
      connect: async () => ({
        status: 200,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ Contacts: [], TotalCount: 0 }),
      }),
      ...services,
    },
    onRequest,
    now,
  );
  const environment = {
    AWS_ENDPOINT_URL: endpoint.url,
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  };
  // The SDK reads the environment of this process.
  Object.assign(process.env, environment);
  const queueUrl = (name: string) => `${endpoint.url}/${ACCOUNT}/${name}`;
  /** Creates the queues of a deployment, and the parameter that lists them. */
  async function deploy(prefix = '/connect-escalator', instanceIds = ['i-1']) {
    const client = new SQSClient(endpoint.clientConfig);
    const queues = await createQueues(client, AWS_LOCATION);
    await putDeploymentParameter(endpoint.clientConfig, prefix, 'Contacts', queues, instanceIds);
    client.destroy();
    return queues;
  }
  return {
    ...endpoint,
    environment,
    queueUrl,
    deploy,
    where: ['--endpoint-url', endpoint.url, '--region', REGION],
  };
}

/**
 * The request with `WaitTimeSeconds` 0. A long poll of an empty queue in memory only waits: unlike SQS, it
 * has no other server that may have a message.
 */
function withoutLongPolling(request: IncomingMessage): IncomingMessage {
  if (request.headers['x-amz-target'] !== 'AmazonSQS.ReceiveMessage') return request;
  const body = new Transform({
    transform(chunk, _encoding, done) {
      done(null, String(chunk).replace(/("WaitTimeSeconds":)\d/, '$10'));
    },
  });
  const { method, url, headers, socket, httpVersion } = request;
  return Object.assign(request.pipe(body), { method, url, headers, socket, httpVersion }) as never;
}
