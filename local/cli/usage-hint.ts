import { INSTANCE, QUIET_QUEUE } from '../demo/centre-config.ts';

/** What tells the AWS CLI, and `escalator`, where the endpoint is. */
function environmentOf({ url }: HintedSystem): string {
  const { region } = INSTANCE;
  return (
    `AWS_ENDPOINT_URL=${url} AWS_REGION=${region} AWS_DEFAULT_REGION=${region} ` +
    'AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local'
  );
}

/** What the commands need to know of the local system. */
interface HintedSystem {
  readonly url: string;
  readonly queues: { readonly operatorMessages: { readonly url: string } };
}

/** Commands that a user can paste into another terminal while the endpoint is available. */
export function usageHint(system: HintedSystem, prefix: string): string {
  const { id, region, account } = INSTANCE;
  const instanceArn = `arn:aws:connect:${region}:${account}:instance/${id}`;
  const detail = JSON.stringify({
    eventType: 'QUEUED',
    contactId: 'my-contact',
    instanceArn,
    channel: 'VOICE',
    tags: { tier: 'gold' },
    queueInfo: { queueArn: `${instanceArn}/queue/${QUIET_QUEUE}`, queueType: 'STANDARD' },
  });
  const entry = JSON.stringify([
    { Source: 'aws.connect', DetailType: 'Amazon Connect Contact Event', Detail: detail },
  ]);
  const override = JSON.stringify({
    type: 'override',
    contactId: 'my-contact',
    set: { priority: 9 },
    actor: 'me',
    ttl: '1m',
  });
  const queueUrl = system.queues.operatorMessages.url;
  return `
The console and the endpoint remain available until Ctrl-C. To try the endpoint with the AWS CLI, run in another terminal:

  export ${environmentOf(system)}
  aws ssm get-parameters-by-path --path ${prefix} --recursive --query 'Parameters[].Name'
  aws events put-events --entries '${entry}'
  aws connect describe-contact --instance-id ${id} --contact-id my-contact --query 'Contact.QueuePriority'
  aws sqs send-message --endpoint-url ${system.url} --queue-url ${queueUrl} --message-body '${override}'
  npx escalator explain --contact-id my-contact

(Version 1 of the AWS CLI ignores AWS_ENDPOINT_URL for SQS; that is why send-message has --endpoint-url.)

`;
}
