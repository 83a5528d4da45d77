import { plainName } from '../../lambda/domain/arn.ts';
import type { CommandIo } from '../command-io.ts';
import { UsageError } from '../errors.ts';
import type { AwsOptions, PrefixOptions } from '../options/aws.ts';
import { type AddressedQueue, queueFor, queueUrlFor } from './addressed-queue.ts';
import { effectOf, regionWarnings, warningsOf } from './effect.ts';
import { createMessageBody, type MessageMembers } from './message.ts';

export interface SendOptions extends AwsOptions, PrefixOptions {
  readonly queueUrl?: string;
  readonly dryRun?: boolean;
  /** The name of the Connect queue of a signal. */
  readonly queue?: string;
}

/** The environment variables that hold the URLs of the queues that people and other systems may send to. */
const QUEUE_URL_VARIABLES = {
  RuleMessages: 'ESCALATOR_QUEUE_URL',
  OperatorMessages: 'ESCALATOR_OPERATOR_QUEUE_URL',
} as const satisfies Readonly<Record<AddressedQueue, string>>;

/** A queue of a deployment in the name that CloudFormation makes of it, after the name of the stack. */
const QUEUE_IN_NAME = /.*(RuleMessages|OperatorMessages|WakeUps)(Dlq)?/;

/** The Region in the URL of a queue; a local endpoint has none. */
const REGION_OF_QUEUE = /^https:\/\/sqs\.([a-z0-9-]+)\./;

/**
 * `escalator send`: validates a rule message and sends it.
 *
 * @throws UsageError when the message is malformed, its instance is not served by the deployment, or Connect does not
 *   know the queue that is named.
 * @throws AwsError when a request fails.
 */
export async function send(given: MessageMembers, options: SendOptions, io: CommandIo): Promise<void> {
  const members = await withNamedQueue(given, options);
  const body = createMessageBody(members);
  for (const warning of warningsOf(members)) io.err(`escalator: ${warning}\n`);
  if (options.dryRun) {
    io.out(`${body}\n`);
    return;
  }
  const queueUrl =
    options.queueUrl ??
    (io.env[QUEUE_URL_VARIABLES[queueFor(members)]] || (await findQueueUrl(members, options, io)));
  requireQueueUrl(queueUrl);
  const misdirected = otherQueue(members, queueUrl);
  if (misdirected !== undefined) io.err(`escalator: ${misdirected}\n`);
  const region = REGION_OF_QUEUE.exec(queueUrl)?.[1] ?? options.region ?? io.env.AWS_REGION;
  for (const warning of regionWarnings(members, region)) io.err(`escalator: ${warning}\n`);
  const { sendToQueue } = await import('./send-to-queue.ts');
  const messageId = await sendToQueue(body, options, queueUrl);
  io.out(`Sent ${members.type} to ${queueUrl}, SQS message id ${messageId}.\n`);
  if (misdirected === undefined) io.out(`${effectOf(JSON.parse(body))}\n`);
}

/** The message with the ARN of the queue that is named. */
async function withNamedQueue(
  members: MessageMembers,
  { queue, ...options }: SendOptions,
): Promise<MessageMembers> {
  if (queue === undefined) return members;
  if (members.queueArn !== undefined) {
    throw new UsageError('Found both --queue and --contact-queue; expected one of them: a name or an ARN.');
  }
  // An ARN where a name is expected says all that is needed.
  if (plainName(queue).startsWith('arn:')) return { ...members, queueArn: queue };
  const { instanceId } = members;
  const served = typeof instanceId === 'string' ? [instanceId] : await servedInstances(options);
  const { findQueueArn } = await import('./find-queue.ts');
  return { ...members, queueArn: await findQueueArn(queue, served, options) };
}

async function servedInstances(options: SendOptions): Promise<readonly string[]> {
  const { findDeployment } = await import('../aws/deployment.ts');
  const { instanceIds = [] } = await findDeployment(options, 'pass --instance-id');
  if (instanceIds.length > 0) return instanceIds;
  throw new UsageError('The deployment does not name its instances: pass --instance-id, or --contact-queue.');
}

/** @throws UsageError for the name or the ARN of a queue. */
function requireQueueUrl(queueUrl: string): void {
  if (/^https?:\/\//.test(queueUrl)) return;
  const [, region, account, name] = /^arn:aws[a-z-]*:sqs:([^:]+):([^:]+):(.+)$/.exec(queueUrl) ?? [];
  const example = name
    ? `https://sqs.${region}.amazonaws.com/${account}/${name}`
    : 'the output RuleMessagesQueueUrl';
  throw new UsageError(
    `The SQS queue is ${JSON.stringify(queueUrl)}: expected its URL, such as ${example}. ` +
      `Check --queue-url, ${QUEUE_URL_VARIABLES.RuleMessages} and ${QUEUE_URL_VARIABLES.OperatorMessages}.`,
  );
}

/**
 * A sentence for a queue that by its name does not take the message. A warning only, since a queue with such a name may
 * be one in between, which others empty.
 */
function otherQueue(members: MessageMembers, queueUrl: string): string | undefined {
  const wanted = queueFor(members);
  const [, found = wanted, dlq = ''] = QUEUE_IN_NAME.exec(queueUrl.split('/').at(-1) ?? '') ?? [];
  if (found === wanted && dlq === '') return undefined;
  return (
    `${queueUrl} is the queue ${found}${dlq} by its name, which takes no ${members.type}: there it has no effect. ` +
    `Pass the output ${wanted}QueueUrl, or leave out --queue-url and ${QUEUE_URL_VARIABLES[wanted]}.`
  );
}

async function findQueueUrl(members: MessageMembers, options: SendOptions, io: CommandIo): Promise<string> {
  const { findDeployment } = await import('../aws/deployment.ts');
  const { warnOfOtherVersion } = await import('../aws/deployed-version.ts');
  const deployment = await findDeployment(options, 'pass --queue-url');
  warnOfOtherVersion(deployment, io);
  // The handler would put a message to another instance aside.
  createMessageBody(members, deployment.instanceIds);
  return queueUrlFor(members, deployment);
}
