import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Deployment } from '../../lambda/aws/deployment.ts';
import { originalMessageAttributes } from '../../lambda/aws/original-message.ts';
import { notifyDispatch, sendMessages } from '../../lambda/aws/queues.ts';
import { CONFIGURATION_PROPAGATION_SECONDS } from '../../lambda/domain/deployment-constants.ts';
import { callAws } from '../aws/call-aws.ts';
import type { DeadLetter } from './dead-letter.ts';
import type { Disposition } from './disposition.ts';

/** What is resent letter by letter. */
export type SentByItself = Extract<Disposition, { kind: 'rule-message' | 'operator-message' | 'dispatch' }>;

/** Resends dead letters. */
export interface Resender {
  /** Resends a letter with its original id and time. */
  send(letter: DeadLetter, disposition: SentByItself): Promise<void>;
  /** Reconciles every queued contact. */
  reevaluate(): Promise<void>;
}

/** Resends to the queues of a deployment. Both methods throw AwsError when a request fails. */
export function createResender(client: SQSClient, deployment: Deployment): Resender {
  const { ruleMessagesQueueUrl, operatorMessagesQueueUrl, dispatchQueueUrl } = deployment;
  return {
    send: (letter, disposition) =>
      callAws(`resend ${letter.messageId} of ${letter.queue}`, async () => {
        if (disposition.kind === 'dispatch') {
          // Deduplicated by the id of the letter, not by the original id: a letter that failed again is
          // resent.
          const deduplicationKey = `redrive of ${letter.messageId}`;
          await notifyDispatch(client, dispatchQueueUrl, disposition.key, deduplicationKey);
        } else {
          const QueueUrl =
            disposition.kind === 'operator-message' ? operatorMessagesQueueUrl : ruleMessagesQueueUrl;
          await client.send(
            new SendMessageCommand({
              QueueUrl,
              MessageBody: disposition.body,
              MessageAttributes: originalMessageAttributes(letter.original),
            }),
          );
        }
      }),
    reevaluate: () =>
      callAws('send the reevaluate', () =>
        sendMessages(client, operatorMessagesQueueUrl, [
          { body: { type: 'reevaluate' }, delaySeconds: CONFIGURATION_PROPAGATION_SECONDS },
        ]),
      ),
  };
}
