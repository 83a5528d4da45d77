import { INSTANCE, QUIET_QUEUE } from '../demo/centre-config.ts';
import type { LocalSystem } from '../system/system.ts';

/** What tells the AWS CLI, and `escalator`, where the endpoint is. */
function environmentOf({ url }: Pick<LocalSystem, 'url'>): string {
  const { region } = INSTANCE;
  return (
    `AWS_ENDPOINT_URL=${url} AWS_REGION=${region} AWS_DEFAULT_REGION=${region} ` +
    'AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local'
  );
}

/** How a user sees who waits, in a browser, while the demo runs and afterwards. */
export function consoleHint(system: Pick<LocalSystem, 'url'>): string {
  return (
    'To see who waits, who is next and why, run in another terminal, and open the address that it prints:\n\n' +
    `  ${environmentOf(system)} npx escalator watch\n\n`
  );
}

/** Commands that a user can paste into another terminal while the endpoint is available. */
export function usageHint(system: LocalSystem, prefix: string): string {
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
The endpoint remains available until Ctrl-C. To try it with the AWS CLI, run in another terminal:

  export ${environmentOf(system)}
  aws ssm get-parameters-by-path --path ${prefix} --recursive --query 'Parameters[].Name'
  aws events put-events --entries '${entry}'
  aws connect describe-contact --instance-id ${id} --contact-id my-contact --query 'Contact.QueuePriority'
  aws sqs send-message --endpoint-url ${system.url} --queue-url ${queueUrl} --message-body '${override}'
  npx escalator explain --contact-id my-contact

(Version 1 of the AWS CLI ignores AWS_ENDPOINT_URL for SQS; that is why send-message has --endpoint-url.)

`;
}
