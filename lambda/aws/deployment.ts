/**
 * Name, below the prefix, of the SSM parameter that lists a deployment's table and queues for operators' tools. The
 * stack writes it, since the names of its resources are generated; the local system writes the same one. No handler
 * reads it.
 */
export const DEPLOYMENT_PARAMETER = 'deployment';

/** The dead-letter queues, one for each handler. */
export const DEAD_LETTER_QUEUES = [
  'ContactEventsDlq',
  'RuleMessagesDlq',
  'DispatchDlq',
  'PolicyChangesDlq',
] as const;

export type DeadLetterQueueName = (typeof DEAD_LETTER_QUEUES)[number];

/** A deployment's table and queues: the value of the parameter, as JSON. */
export interface Deployment {
  /** Name of the DynamoDB table. */
  readonly contactsTable: string;
  readonly ruleMessagesQueueUrl: string;
  readonly dispatchQueueUrl: string;
  readonly deadLetterQueueUrls: Readonly<Record<DeadLetterQueueName, string>>;
}
