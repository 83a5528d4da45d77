import { createDynamoDb } from '../../../local/dynamodb.ts';
import { createSqs } from '../../../local/sqs.ts';
import { createSsm } from '../../../local/ssm/service.ts';
import { ACCOUNT, endpointWith, REGION, WHERE } from '../../local/fixtures/aws.ts';

/** An AWS endpoint with all that `escalator` uses, and the options that lead there. */
export async function awsForCli(onRequest?: (name: string) => void) {
  const endpoint = await endpointWith(
    {
      ssm: createSsm({ ...WHERE, onChange: () => {} }),
      sqs: await createSqs(WHERE),
      dynamodb: createDynamoDb(WHERE),
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
  return { ...endpoint, environment, queueUrl, where: ['--endpoint-url', endpoint.url, '--region', REGION] };
}
