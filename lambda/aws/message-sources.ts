import { ChangeMessageVisibilityCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { MESSAGE_QUEUES, type MessageQueue } from '../domain/messages/message-queue.ts';
import type { MessageSource } from '../flow/ports.ts';
import { DeadLetterSender } from './dead-letters.ts';
import { type ENVIRONMENT, EnvironmentError, environment } from './environment.ts';

/** The variables with the URLs of each queue and of its dead-letter queue. */
export const MESSAGE_QUEUE_VARIABLES = {
  RuleMessages: { queueUrl: 'ruleMessagesQueueUrl', deadLetterQueueUrl: 'ruleMessagesDlqUrl' },
  OperatorMessages: { queueUrl: 'operatorMessagesQueueUrl', deadLetterQueueUrl: 'operatorMessagesDlqUrl' },
  WakeUps: { queueUrl: 'wakeUpsQueueUrl', deadLetterQueueUrl: 'wakeUpsDlqUrl' },
} as const satisfies Record<
  MessageQueue,
  Record<'queueUrl' | 'deadLetterQueueUrl', keyof typeof ENVIRONMENT>
>;

/**
 * The queue that a record of a batch came through, by the ARN that Lambda states. No sender can influence it.
 *
 * @throws EnvironmentError when the stack names no such queue.
 */
export function messageSource(client: SQSClient, eventSourceArn: string): MessageSource {
  const name = eventSourceArn.slice(eventSourceArn.lastIndexOf(':') + 1);
  const queue = MESSAGE_QUEUES.find((one) => queueUrlOf(one).endsWith(`/${name}`));
  if (!queue) {
    throw new EnvironmentError(
      `The messages come from ${eventSourceArn}, which is none of ${MESSAGE_QUEUES.map(queueUrlOf).join(', ')}. ` +
        'Remove the event source mapping that the stack did not make.',
    );
  }
  return {
    queue,
    deadLetters: new DeadLetterSender(client, environment(MESSAGE_QUEUE_VARIABLES[queue].deadLetterQueueUrl)),
    async retryAfter({ receiptHandle }, delaySeconds) {
      const input = {
        QueueUrl: queueUrlOf(queue),
        ReceiptHandle: receiptHandle,
        VisibilityTimeout: delaySeconds,
      };
      await client.send(new ChangeMessageVisibilityCommand(input));
    },
  };
}

function queueUrlOf(queue: MessageQueue): string {
  return environment(MESSAGE_QUEUE_VARIABLES[queue].queueUrl);
}
