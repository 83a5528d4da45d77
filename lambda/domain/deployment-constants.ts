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
  /** Dispatch continues in another invocation before this time is over. Short, see {@link VISIBILITY_TIMEOUT_SECONDS}. */
  dispatch: 17,
} as const;

/** How long a message stays hidden after it was received, in seconds. */
export const VISIBILITY_TIMEOUT_SECONDS = {
  /**
   * Of each queue of messages: six times the function's timeout, as Lambda asks for, so that its own retries have time.
   * It counts where the function ends without a word. A message that it reports as failed comes back sooner, see
   * {@link MAX_RETRY_DELAY_SECONDS}.
   * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
   */
  ruleMessages: 6 * FUNCTION_TIMEOUT_SECONDS.ruleMessages,
  /**
   * After a crash the one message group is blocked for the rest of this time, and with it every update. Longer than the
   * function's timeout, since Lambda asks for that and a running invocation keeps its messages; with a second to
   * deliver and a cold start, updates go on within 20 seconds.
   */
  dispatch: FUNCTION_TIMEOUT_SECONDS.dispatch + 1,
} as const;

/** Messages that one invocation of rule-messages or dispatch receives, at most. */
export const BATCH_SIZE = 10;

/**
 * A message that failed so often goes to the dead-letter queue. Rule messages come back within seconds at first, so they
 * need more attempts to outlast a fault of several minutes: 12 take 12 minutes at least.
 */
export const MAX_RECEIVE_COUNT = { ruleMessages: 12, dispatch: 5 } as const;

/** A rule message that failed comes back after 2, 4, 8 … and at most so many seconds, and up to half as much again. */
export const MAX_RETRY_DELAY_SECONDS = 120;

/** The longest delay of an SQS message, in seconds. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
export const MAX_DELAY_SECONDS = 900;

/** After so long a request gets no answer any more, in milliseconds: to connect, and then to answer. */
export const REQUEST_TIMEOUT_MS = {
  /** Of Connect, which answers within a second. It is not repeated. */
  connect: { connection: 1_000, request: 2_500 },
  /** Of DynamoDB and SQS in dispatch, which answer within milliseconds. It is repeated. */
  dispatch: { connection: 500, request: 1_000 },
} as const;

/**
 * Dispatch starts no round in the last part of its time: a round with a slow question, then a slow update, and a slow
 * write of each result fits into it.
 */
export const DISPATCH_RESERVED_MS = 10_000;

/**
 * For how long Connect may still apply an update after it was marked as in flight, in milliseconds. The dispatch that
 * sends it ends within its time-out, and a call without an answer is taken to be over three seconds after that.
 */
export const LATE_UPDATE_MS = (FUNCTION_TIMEOUT_SECONDS.dispatch + 3) * 1_000;

/** Seconds from one sweep to the next. */
export const SWEEP_INTERVAL_SECONDS = 60;

/** By how much the clocks of two functions may differ, in milliseconds. */
export const CLOCK_SKEW_MS = 5_000;

/** Seconds for which the policies and settings in force are cached: a new version takes effect within this time. */
export const CONFIGURATION_MAX_AGE_SECONDS = 5;

/** Seconds after which every function decides by a change of the configuration. */
export const CONFIGURATION_PROPAGATION_SECONDS = CONFIGURATION_MAX_AGE_SECONDS + 5;

/** Seconds from one look at the load of queues to the next. A sweep schedules those of a minute. */
export const POLL_INTERVAL_SECONDS = 15;

/** Seconds after which a change of a queue's state is written, and the indexes show who entered the queue before it. */
export const QUEUE_STATE_PROPAGATION_SECONDS = 5;
