import { SQSClient } from '@aws-sdk/client-sqs';
import { createDynamoDb } from '../../../local/services/dynamodb.ts';
import { createSqs } from '../../../local/services/sqs.ts';
import { createSsm } from '../../../local/ssm/service.ts';
import { putDeploymentParameter } from '../../../local/system/deployment-parameter.ts';
import { createQueues } from '../../../local/system/queues.ts';
import { ACCOUNT, AWS_LOCATION, REGION, startTestEndpoint } from '../../local/fixtures/aws.ts';

/** An AWS endpoint with all that `escalator` uses, and the options that lead there. */
export async function awsForCli(onRequest?: (name: string) => void) {
  const endpoint = await startTestEndpoint(
    {
      ssm: createSsm({ ...AWS_LOCATION, onChange: () => {} }),
      sqs: await createSqs(AWS_LOCATION),
      dynamodb: createDynamoDb(AWS_LOCATION),
    },
    onRequest,
  );
  const environment = {
    AWS_ENDPOINT_URL: endpoint.url,
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  };
  // The SDK reads this process's environment.
  Object.assign(process.env, environment);
  const queueUrl = (name: string) => `${endpoint.url}/${ACCOUNT}/${name}`;
  /** Makes the queues of a deployment, and the parameter that says where they are. */
  async function deploy(prefix = '/connect-escalator') {
    const client = new SQSClient(endpoint.clientConfig);
    const queues = await createQueues(client, AWS_LOCATION);
    await putDeploymentParameter(endpoint.clientConfig, prefix, 'Contacts', queues);
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
