/**
 * The names of the environment variables that locate a handler's resources. The stack sets them
 * together with the permission to use what they name; the local system sets the same ones.
 */
export const ENVIRONMENT = {
  /** Name of the DynamoDB table. */
  contactsTable: 'CONTACTS_TABLE',
  /** URL of the standard queue of signals and rule events. */
  ruleMessagesQueueUrl: 'RULE_MESSAGES_QUEUE_URL',
  /** URL of its dead-letter queue, which receives malformed messages with their errors. */
  ruleMessagesDlqUrl: 'RULE_MESSAGES_DLQ_URL',
  /** URL of the standard queue of what people order: overrides, releases, reevaluate. */
  operatorMessagesQueueUrl: 'OPERATOR_MESSAGES_QUEUE_URL',
  /** URL of its dead-letter queue. */
  operatorMessagesDlqUrl: 'OPERATOR_MESSAGES_DLQ_URL',
  /** URL of the standard queue of what the system sends to itself: wake-ups above all. */
  wakeUpsQueueUrl: 'WAKE_UPS_QUEUE_URL',
  /** URL of its dead-letter queue. */
  wakeUpsDlqUrl: 'WAKE_UPS_DLQ_URL',
  /** URL of the FIFO queue whose one message group is the quota. */
  dispatchQueueUrl: 'DISPATCH_QUEUE_URL',
  /** URL of its dead-letter queue, which receives messages that name no contact, with their errors. */
  dispatchDlqUrl: 'DISPATCH_DLQ_URL',
  /** The path above `policies/…` and `settings` in SSM, such as `/connect-escalator`. */
  parameterPrefix: 'PARAMETER_PREFIX',
  /** The Region of the function; Lambda sets it. */
  region: 'AWS_REGION',
  /** Ids of the Connect instances served, separated by commas. */
  instanceIds: 'INSTANCE_IDS',
} as const;

/** A variable that the stack should have set is missing. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
}

/**
 * The value of one of {@link ENVIRONMENT}.
 *
 * @throws EnvironmentError when it is not set or empty.
 */
export function environment(key: keyof typeof ENVIRONMENT): string {
  const name = ENVIRONMENT[key];
  const value = process.env[name];
  if (!value) {
    throw new EnvironmentError(
      `The environment variable ${name} is not set. The stack sets it on each function; ` +
        'deploy the function with the stack, or set it by hand.',
    );
  }
  return value;
}
