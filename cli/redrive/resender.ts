import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Deployment } from '../../lambda/aws/deployment.ts';
import { originalMessageAttributes } from '../../lambda/aws/original-message.ts';
import { Queues } from '../../lambda/aws/queues.ts';
import { CONFIGURATION_PROPAGATION_SECONDS } from '../../lambda/domain/deployment-constants.ts';
import { callAws } from '../aws/call-aws.ts';
import type { DeadLetter } from './dead-letter.ts';
import type { Disposition } from './disposition.ts';

/** Where letters are sent on to. */
export interface Resender {
  /** Sends a letter on, so that its receiver takes it for what it first was. */
  send(
    letter: DeadLetter,
    destiny: Extract<Disposition, { kind: 'rule-message' | 'dispatch' }>,
  ): Promise<void>;
  /** Has every contact that waits looked at again. */
  reevaluate(): Promise<void>;
}

/** The queues of a deployment. Both methods throw AwsFailure when SQS does not take what is sent. */
export function createResender(client: SQSClient, deployment: Deployment): Resender {
  const { ruleMessagesQueueUrl, dispatchQueueUrl } = deployment;
  const queues = new Queues(client, ruleMessagesQueueUrl, dispatchQueueUrl);
  return {
    send: (letter, destiny) =>
      callAws(`send on ${letter.messageId} of ${letter.queue}`, async () => {
        // Named by the letter, and not by what it first was: one that came back is to be told to dispatch again.
        if (destiny.kind === 'dispatch')
          await queues.notifyDispatch(destiny.key, `redrive of ${letter.messageId}`);
        else {
          await client.send(
            new SendMessageCommand({
              QueueUrl: ruleMessagesQueueUrl,
              MessageBody: destiny.body,
              MessageAttributes: originalMessageAttributes(letter.original),
            }),
          );
        }
      }),
    reevaluate: () =>
      callAws('have the contacts that wait looked at again', () =>
        queues.sendRuleMessages([
          { body: { type: 'reevaluate' }, delaySeconds: CONFIGURATION_PROPAGATION_SECONDS },
        ]),
      ),
  };
}
