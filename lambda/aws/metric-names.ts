/** CloudWatch namespace of every metric that the handlers publish. */
export const METRICS_NAMESPACE = 'ConnectEscalator';

/** Value of the dimension `service` on every metric, and of `service` on every log line. */
export const SERVICE = 'connect-escalator';

/**
 * The metrics that the handlers publish and the alarms watch. Counts, except where a unit is named.
 */
export const METRICS = {
  /** Calls that Connect throttled because the quota was spent. The change stays pending. */
  throttledCalls: 'ThrottledCalls',
  /** Milliseconds from the moment that a change was due to the call that made it. */
  lateness: 'Lateness',
  /** Calls that IAM denied. Dispatch stops; everything stays pending. */
  accessDenied: 'AccessDenied',
  /** Updates that Connect rejected as invalid. Not sent again until the desired routing changes. */
  rejectedChanges: 'RejectedChanges',
  /** Policies, calendars, conditions and settings whose current version is refused now; reported every minute. */
  invalidPolicies: 'InvalidPolicies',
  /** 1 while nothing is called on purpose or for want of valid settings, otherwise 0; reported every minute. */
  callsStopped: 'CallsStopped',
  /** Rule messages and notifications that could not be parsed and went to the dead-letter queue. */
  malformedMessages: 'MalformedMessages',
  /** Rule messages that failed and are delivered again, and malformed messages that could not be set aside. */
  failedMessages: 'FailedMessages',
  /** Contact events that could not be parsed. */
  malformedEvents: 'MalformedEvents',
  /** Events of test contacts, and of archives that are replayed. */
  eventsLeftOut: 'EventsLeftOut',
  /** Changes that Connect accepted. */
  changesApplied: 'ChangesApplied',
  /** Changes that observing policies would have made. */
  shadowChanges: 'ShadowChanges',
  /** Outgoing events that EventBridge did not accept in a sweep. The next sweep sends them again. */
  unsentEvents: 'UnsentEvents',
  /** Calls whose outcome is unknown: time-outs, lost connections, internal errors. */
  unknownOutcomes: 'UnknownOutcomes',
  /** Calls of DescribeContact without an answer, for a change that waits for it. */
  unansweredQuestions: 'UnansweredQuestions',
  /** Times that dispatch failed for one contact, which stays pending, or that a record before a contact was unreadable. */
  failedContacts: 'FailedContacts',
  /** Contacts that Connect does not find, or that another Region owns: closed for this system. */
  closedContacts: 'ClosedContacts',
  /** Contacts whose wake-up a sweep found overdue by half a minute or more. */
  overdueWakeUps: 'OverdueWakeUps',
  /** Contacts that a sweep found waiting in queues. */
  waitingContacts: 'WaitingContacts',
  /** Seconds since the oldest of the most urgent 1,000 pending changes fell due; 0 when none is pending. */
  oldestPendingAge: 'OldestPendingAge',
  /** Changes that a sweep found due, at most 1,000 updates and 1,000 questions of each instance. */
  pendingChanges: 'PendingChanges',
  /** Seconds for which changes have been due while dispatch made no call; 0 while none is due, or calls are made. */
  stuckSeconds: 'StuckSeconds',
  /** Updates per second that the settings allow: the quota that this system may use; 0 while paused. */
  updateRate: 'UpdateRate',
} as const;
