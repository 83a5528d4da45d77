/**
 * How long invocations may take and their messages stay hidden, in seconds: shared by the stack and the local
 * system, so that what is tried out is what is deployed.
 */
export const TIMEOUTS = {
  contactEvents: 30,
  ruleMessages: 30,
  policyChanges: 30,
  /** Less than the minute from one sweep to the next: one is over when the next begins. */
  sweep: 45,
  /** Dispatch drains for up to this long in one invocation, then goes on in another. */
  dispatch: 60,
  /** Six times the function's, as AWS advises for event sources. */
  ruleMessagesHidden: 180,
  /** Twice the function's: after a crash the one message group is blocked for so long. */
  dispatchHidden: 120,
} as const;

/** A message that failed so often goes to the dead-letter queue. */
export const MAX_RECEIVE_COUNT = 5;
