import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { EVERYBODY_KNOWS_SECONDS } from '../../lambda/aws/configuration.ts';
import type { Deployment } from '../../lambda/aws/deployment.ts';
import { Queues } from '../../lambda/aws/queues.ts';
import { sendingAttributes } from '../../lambda/aws/sending.ts';
import { askAws } from '../aws/failure.ts';
import type { Destiny } from './destiny.ts';
import type { Letter } from './letter.ts';

/** Where letters are sent on to. */
export interface Outgoing {
  /** Sends a letter on, so that its receiver takes it for what it first was. */
  send(letter: Letter, destiny: Extract<Destiny, { kind: 'rule-message' | 'dispatch' }>): Promise<void>;
  /** Has every contact that waits looked at again. */
  reevaluate(): Promise<void>;
}

/** The queues of a deployment. Both methods throw AwsFailure when SQS does not take what is sent. */
export function outgoing(client: SQSClient, deployment: Deployment): Outgoing {
  const { ruleMessagesQueueUrl, dispatchQueueUrl } = deployment;
  const queues = new Queues(client, ruleMessagesQueueUrl, dispatchQueueUrl);
  return {
    send: (letter, destiny) =>
      askAws(`send on ${letter.messageId} of ${letter.queue}`, async () => {
        // Named by the letter, and not by what it first was: one that came back is to be told to dispatch again.
        if (destiny.kind === 'dispatch') await queues.kick(destiny.key, `redrive of ${letter.messageId}`);
        else {
          await client.send(
            new SendMessageCommand({
              QueueUrl: ruleMessagesQueueUrl,
              MessageBody: destiny.body,
              MessageAttributes: sendingAttributes(letter.first),
            }),
          );
        }
      }),
    reevaluate: () =>
      askAws('have the contacts that wait looked at again', () =>
        queues.sendRuleMessages([{ body: { type: 'reevaluate' }, delaySeconds: EVERYBODY_KNOWS_SECONDS }]),
      ),
  };
}
