import { devNull } from 'node:os';
import { ENVIRONMENT } from '../../../lambda/aws/environment.ts';
import { METRICS_NAMESPACE, SERVICE } from '../../../lambda/aws/metric-names.ts';
import { MESSAGE_QUEUES } from '../../../lambda/domain/messages/message-queue.ts';

export const ACCOUNT = '123456789012';

/** The path above the parameters. */
export const PARAMETER_PREFIX = '/connect-escalator';

/** The queues that the functions send to, by name: those of messages and of dispatch, and their dead-letter queues. */
export const DISPATCH_QUEUE = 'Dispatch.fifo';

/** The name of the dead-letter queue of a queue. */
export function deadLetterQueueOf(queue: string): string {
  return queue.endsWith('.fifo') ? queue.replace('.fifo', 'Dlq.fifo') : `${queue}Dlq`;
}

export function queueArn(queue: string, region: string): string {
  return `arn:aws:sqs:${region}:${ACCOUNT}:${queue}`;
}

/** The environment variables of the functions, as the stack and Lambda set them; they log nothing. */
export function functionEnvironment(region: string, instances: readonly string[]): Record<string, string> {
  const urlOf = (queue: string) => `https://sqs.${region}.amazonaws.com/${ACCOUNT}/${queue}`;
  const [ruleMessages, operatorMessages, wakeUps] = MESSAGE_QUEUES;
  return {
    [ENVIRONMENT.contactsTable]: 'Contacts',
    [ENVIRONMENT.ruleMessagesQueueUrl]: urlOf(ruleMessages),
    [ENVIRONMENT.ruleMessagesDlqUrl]: urlOf(deadLetterQueueOf(ruleMessages)),
    [ENVIRONMENT.operatorMessagesQueueUrl]: urlOf(operatorMessages),
    [ENVIRONMENT.operatorMessagesDlqUrl]: urlOf(deadLetterQueueOf(operatorMessages)),
    [ENVIRONMENT.wakeUpsQueueUrl]: urlOf(wakeUps),
    [ENVIRONMENT.wakeUpsDlqUrl]: urlOf(deadLetterQueueOf(wakeUps)),
    [ENVIRONMENT.dispatchQueueUrl]: urlOf(DISPATCH_QUEUE),
    [ENVIRONMENT.dispatchDlqUrl]: urlOf(deadLetterQueueOf(DISPATCH_QUEUE)),
    [ENVIRONMENT.parameterPrefix]: PARAMETER_PREFIX,
    [ENVIRONMENT.region]: region,
    [ENVIRONMENT.instanceIds]: instances.join(','),
    AWS_LAMBDA_FUNCTION_NAME: 'simulated',
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    POWERTOOLS_SERVICE_NAME: SERVICE,
    POWERTOOLS_METRICS_NAMESPACE: METRICS_NAMESPACE,
    POWERTOOLS_METRICS_DISABLED: 'true',
    POWERTOOLS_LOG_LEVEL: 'SILENT',
  };
}
