/**
 * Name, below the prefix, of the SSM parameter that lists a deployment's table and queues for operators' tools. The
 * stack writes it, since the names of its resources are generated; the local system writes the same one. No handler
 * reads it.
 */
export const DEPLOYMENT_PARAMETER = 'deployment';

/**
 * Name of the SSM parameter of the stack that has the quota of UpdateContactRoutingData, whatever its prefix: SSM
 * parameters belong to one account and Region, as the quota does. The local system writes it, too.
 *
 * A sentence, since it is what CloudFormation shows when another stack has the parameter: "Resource of type
 * 'AWS::SSM::Parameter' with identifier '…' already exists." It never changes: under another name it would guard
 * nothing.
 */
export const QUOTA_GUARD_PARAMETER =
  '/connect-escalator-quota/only-one-connect-escalator-in-each-account-and-region';

/** Who has the quota: the value of the parameter, as JSON. */
export interface QuotaOwner {
  /** ARN of the stack. */
  readonly stack: string;
  readonly prefix: string;
}

/** The dead-letter queues. */
export const DEAD_LETTER_QUEUES = [
  'ContactEventsDlq',
  'RuleMessagesDlq',
  'OperatorMessagesDlq',
  'WakeUpsDlq',
  'DispatchDlq',
  'PolicyChangesDlq',
] as const;

export type DeadLetterQueueName = (typeof DEAD_LETTER_QUEUES)[number];

/** The Lambda functions. */
export const FUNCTIONS = ['ContactEvents', 'RuleMessages', 'Dispatch', 'PolicyChanges', 'Sweep'] as const;

export type FunctionName = (typeof FUNCTIONS)[number];

/** The names of what has to run, for those who look whether it does. */
export interface DeployedResources {
  readonly functions: Readonly<Record<FunctionName, string>>;
  /** Names of the EventBridge rules; `<bus>|<name>` on a bus of their own. */
  readonly rules: readonly string[];
  /** Name of the schedule of the sweep. */
  readonly schedule: string;
  /** What the name of each alarm begins with. Absent: there are no alarms. */
  readonly alarmPrefix?: string | undefined;
}

/** A deployment's version, instances, table and queues: the value of the parameter, as JSON. */
export interface Deployment {
  /** Version of connect-escalator that was deployed, such as `0.1.0`. Absent if it is older than this member. */
  readonly version?: string | undefined;
  /** Ids of the Connect instances that it serves. Absent if it is older than this member. */
  readonly instanceIds?: readonly string[] | undefined;
  /**
   * Names, below the prefix, of the policies and settings that the stack itself writes, such as `policies/gold-callers`.
   * Absent if there are none.
   */
  readonly stackParameters?: readonly string[] | undefined;
  /** Name of the DynamoDB table. */
  readonly contactsTable: string;
  /** The queue of signals and rule events. */
  readonly ruleMessagesQueueUrl: string;
  /** The queue of overrides, releases and `reevaluate`. */
  readonly operatorMessagesQueueUrl: string;
  /** The queue of what the system sends to itself. */
  readonly wakeUpsQueueUrl: string;
  readonly dispatchQueueUrl: string;
  readonly deadLetterQueueUrls: Readonly<Record<DeadLetterQueueName, string>>;
  /** Absent if it is older than this member. */
  readonly resources?: DeployedResources | undefined;
}
