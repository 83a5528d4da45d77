import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Deployment } from '../../lambda/aws/deployment.ts';
import { originalMessageAttributes } from '../../lambda/aws/original-message.ts';
import { Queues } from '../../lambda/aws/queues.ts';
import { CONFIGURATION_PROPAGATION_SECONDS } from '../../lambda/domain/deployment-constants.ts';
import { callAws } from '../aws/call-aws.ts';
import type { DeadLetter } from './dead-letter.ts';
import type { Disposition } from './disposition.ts';

/** Resends dead letters. */
export interface Resender {
  /** Resends a letter with its original id and time. */
  send(
    letter: DeadLetter,
    disposition: Extract<Disposition, { kind: 'rule-message' | 'dispatch' }>,
  ): Promise<void>;
  /** Reconciles every queued contact. */
  reevaluate(): Promise<void>;
}

/** Resends to the queues of a deployment. Both methods throw AwsError when a request fails. */
export function createResender(client: SQSClient, deployment: Deployment): Resender {
  const { ruleMessagesQueueUrl, dispatchQueueUrl } = deployment;
  const queues = new Queues(client, ruleMessagesQueueUrl, dispatchQueueUrl);
  return {
    send: (letter, disposition) =>
      callAws(`resend ${letter.messageId} of ${letter.queue}`, async () => {
        if (disposition.kind === 'dispatch') {
          // Deduplicated by the id of the letter, not by the original id: a letter that failed again is
          // resent.
          await queues.notifyDispatch(disposition.key, `redrive of ${letter.messageId}`);
        } else {
          await client.send(
            new SendMessageCommand({
              QueueUrl: ruleMessagesQueueUrl,
              MessageBody: disposition.body,
              MessageAttributes: originalMessageAttributes(letter.original),
            }),
          );
        }
      }),
    reevaluate: () =>
      callAws('send the reevaluate', () =>
        queues.sendRuleMessages([
          { body: { type: 'reevaluate' }, delaySeconds: CONFIGURATION_PROPAGATION_SECONDS },
        ]),
      ),
  };
}
