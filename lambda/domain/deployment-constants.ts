/**
 * Numbers of the deployment, in one place: the stack sets them, the local system and the simulation run with them, and
 * the flow relies on them.
 */

/** How long an invocation of each function may take, in seconds. */
export const FUNCTION_TIMEOUT_SECONDS = {
  contactEvents: 30,
  ruleMessages: 30,
  policyChanges: 30,
  /** Less than the minute between two sweeps: one ends before the next begins. */
  sweep: 45,
  /** Dispatch works for up to this long in one invocation, then continues in another. */
  dispatch: 60,
} as const;

/** How long a message stays hidden after it was received, in seconds. */
export const VISIBILITY_TIMEOUT_SECONDS = {
  /**
   * Six times the function's timeout, as Lambda asks for, so that its own retries have time.
   * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
   */
  ruleMessages: 6 * FUNCTION_TIMEOUT_SECONDS.ruleMessages,
  /** Twice the function's timeout only: after a crash the one message group is blocked for this long. */
  dispatch: 2 * FUNCTION_TIMEOUT_SECONDS.dispatch,
} as const;

/** Messages that one invocation of rule-messages or dispatch receives, at most. */
export const BATCH_SIZE = 10;

/** A message that failed so often goes to the dead-letter queue. */
export const MAX_RECEIVE_COUNT = 5;

/** The longest delay of an SQS message, in seconds. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
export const MAX_DELAY_SECONDS = 900;

/** Dispatch starts no round in the last part of its time: longer than a slow call takes, so that its result is recorded. */
export const DISPATCH_RESERVED_MS = 15_000;

/** Seconds from one sweep to the next. */
export const SWEEP_INTERVAL_SECONDS = 60;

/** Seconds for which the policies and settings in force are cached: a new version takes effect within this time. */
export const CONFIGURATION_MAX_AGE_SECONDS = 5;

/** Seconds after which every function decides by a change of the configuration. */
export const CONFIGURATION_PROPAGATION_SECONDS = CONFIGURATION_MAX_AGE_SECONDS + 5;

/** Seconds for which an update counts as the same one: longer than any redelivery of a message. */
export const IDEMPOTENCY_SECONDS = 3_600;
