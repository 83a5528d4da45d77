import type { AwsOptions } from '../aws/options.ts';
import type { Io } from '../io.ts';
import { type MessageMembers, messageBody } from './message.ts';

export interface SendOptions extends AwsOptions {
  readonly queueUrl?: string;
  readonly dryRun?: boolean;
}

/** Environment variable that holds the URL of the queue of rule messages. */
export const QUEUE_URL_VARIABLE = 'ESCALATOR_QUEUE_URL';

/**
 * `escalator send`: checks a rule message and sends it.
 *
 * @throws UsageError when it is malformed.
 * @throws AwsFailure
 */
export async function send(members: MessageMembers, options: SendOptions, io: Io): Promise<void> {
  const body = messageBody(members);
  if (options.dryRun) {
    io.out(`${body}\n`);
    return;
  }
  const { sendToQueue } = await import('./queue.ts');
  const queueUrl = options.queueUrl ?? io.env[QUEUE_URL_VARIABLE];
  const sent = await sendToQueue(body, options, queueUrl);
  io.out(`Sent ${members.type} to ${sent.queueUrl}, SQS message id ${sent.messageId}.\n`);
}
