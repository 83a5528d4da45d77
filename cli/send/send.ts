import type { CommandIo } from '../command-io.ts';
import type { AwsOptions, PrefixOptions } from '../options/aws.ts';
import { effectOf, regionWarnings, warningsOf } from './effect.ts';
import { createMessageBody, type MessageMembers } from './message.ts';

export interface SendOptions extends AwsOptions, PrefixOptions {
  readonly queueUrl?: string;
  readonly dryRun?: boolean;
}

/** The environment variables that hold the URLs of the queues that people and other systems may send to. */
const QUEUE_URL_VARIABLES = {
  RuleMessages: 'ESCALATOR_QUEUE_URL',
  OperatorMessages: 'ESCALATOR_OPERATOR_QUEUE_URL',
} as const;

/** The Region in the URL of a queue; a local endpoint has none. */
const REGION_OF_QUEUE = /^https:\/\/sqs\.([a-z0-9-]+)\./;

/**
 * `escalator send`: validates a rule message and sends it.
 *
 * @throws UsageError when the message is malformed, or its instance is not served by the deployment.
 * @throws AwsError when a request fails.
 */
export async function send(members: MessageMembers, options: SendOptions, io: CommandIo): Promise<void> {
  const body = createMessageBody(members);
  for (const warning of warningsOf(members)) io.err(`escalator: ${warning}\n`);
  if (options.dryRun) {
    io.out(`${body}\n`);
    return;
  }
  const queueUrl =
    options.queueUrl ??
    (io.env[QUEUE_URL_VARIABLES[queueFor(members)]] || (await findQueueUrl(members, options, io)));
  const region = REGION_OF_QUEUE.exec(queueUrl)?.[1] ?? options.region ?? io.env.AWS_REGION;
  for (const warning of regionWarnings(members, region)) io.err(`escalator: ${warning}\n`);
  const { sendToQueue } = await import('./send-to-queue.ts');
  const messageId = await sendToQueue(body, options, queueUrl);
  io.out(
    `Sent ${members.type} to ${queueUrl}, SQS message id ${messageId}.\n${effectOf(JSON.parse(body))}\n`,
  );
}

async function findQueueUrl(members: MessageMembers, options: SendOptions, io: CommandIo): Promise<string> {
  const { findDeployment } = await import('../aws/deployment.ts');
  const { warnOfOtherVersion } = await import('../aws/deployed-version.ts');
  const deployment = await findDeployment(options, 'pass --queue-url');
  warnOfOtherVersion(deployment, io);
  // The handler would put a message to another instance aside.
  createMessageBody(members, deployment.instanceIds);
  return queueFor(members) === 'RuleMessages'
    ? deployment.ruleMessagesQueueUrl
    : deployment.operatorMessagesQueueUrl;
}

/** Signals are for other systems, all else is for operators. */
function queueFor({ type }: MessageMembers): keyof typeof QUEUE_URL_VARIABLES {
  return type === 'signal' ? 'RuleMessages' : 'OperatorMessages';
}
