import { CreateQueueCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { MAX_RECEIVE_COUNT, VISIBILITY_TIMEOUT_SECONDS } from '../../lambda/domain/deployment-constants.ts';

export interface LocalQueue {
  readonly name: string;
  readonly url: string;
  readonly arn: string;
}

export interface LocalQueues {
  readonly ruleMessages: LocalQueue;
  readonly ruleMessagesDlq: LocalQueue;
  readonly operatorMessages: LocalQueue;
  readonly operatorMessagesDlq: LocalQueue;
  readonly wakeUps: LocalQueue;
  readonly wakeUpsDlq: LocalQueue;
  readonly dispatch: LocalQueue;
  readonly dispatchDlq: LocalQueue;
  readonly contactEventsDlq: LocalQueue;
  readonly policyChangesDlq: LocalQueue;
}

const DLQ_RETENTION_SECONDS = 14 * 86_400;

/** Creates the stack's queues with the stack's attributes. */
export async function createQueues(
  client: SQSClient,
  { region, account }: { readonly region: string; readonly account: string },
): Promise<LocalQueues> {
  async function create(name: string, attributes: Record<string, string>): Promise<LocalQueue> {
    const fifo = name.endsWith('.fifo') ? { FifoQueue: 'true' } : {};
    const command = new CreateQueueCommand({ QueueName: name, Attributes: { ...attributes, ...fifo } });
    const { QueueUrl: url = '' } = await client.send(command);
    return { name, url, arn: `arn:aws:sqs:${region}:${account}:${name}` };
  }

  const deadLetters = { MessageRetentionPeriod: String(DLQ_RETENTION_SECONDS) };
  const ruleMessagesDlq = await create('RuleMessagesDlq', deadLetters);
  const operatorMessagesDlq = await create('OperatorMessagesDlq', deadLetters);
  const wakeUpsDlq = await create('WakeUpsDlq', deadLetters);
  const dispatchDlq = await create('DispatchDlq.fifo', deadLetters);
  return {
    ruleMessages: await create('RuleMessages', sourceQueueAttributes('ruleMessages', ruleMessagesDlq)),
    ruleMessagesDlq,
    operatorMessages: await create(
      'OperatorMessages',
      sourceQueueAttributes('ruleMessages', operatorMessagesDlq),
    ),
    operatorMessagesDlq,
    wakeUps: await create('WakeUps', sourceQueueAttributes('ruleMessages', wakeUpsDlq)),
    wakeUpsDlq,
    dispatch: await create('Dispatch.fifo', sourceQueueAttributes('dispatch', dispatchDlq)),
    dispatchDlq,
    contactEventsDlq: await create('ContactEventsDlq', deadLetters),
    policyChangesDlq: await create('PolicyChangesDlq', deadLetters),
  };
}

function sourceQueueAttributes(
  kind: keyof typeof MAX_RECEIVE_COUNT,
  deadLetterQueue: LocalQueue,
): Record<string, string> {
  return {
    VisibilityTimeout: String(VISIBILITY_TIMEOUT_SECONDS[kind]),
    RedrivePolicy: JSON.stringify({
      deadLetterTargetArn: deadLetterQueue.arn,
      maxReceiveCount: MAX_RECEIVE_COUNT[kind],
    }),
  };
}
