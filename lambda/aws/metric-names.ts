/** CloudWatch namespace of every metric that the handlers publish. */
export const METRICS_NAMESPACE = 'ConnectEscalator';

/** Value of the dimension `service` on every metric, and of `service` on every log line. */
export const SERVICE = 'connect-escalator';

/**
 * The metrics that the handlers publish and the alarms watch. Counts, except where a unit is named.
 */
export const METRICS = {
  /** Calls that Connect refused because the quota was spent. The change stays pending. */
  throttledCalls: 'ThrottledCalls',
  /** Milliseconds between the moment that a change was due and the call that made it. */
  lateness: 'Lateness',
  /** Calls that IAM refused. Dispatching stops; everything stays pending. */
  accessDenied: 'AccessDenied',
  /** Changes that Connect refused as invalid. Not sent again until what is wanted changes. */
  rejectedChanges: 'RejectedChanges',
  /** Policies and settings that were read and found invalid. */
  invalidPolicies: 'InvalidPolicies',
  /** Rule messages that could not be understood and were put in the dead-letter queue. */
  malformedMessages: 'MalformedMessages',
  /** Contact events that could not be understood. */
  malformedEvents: 'MalformedEvents',
  /** Changes that Connect accepted. */
  changesApplied: 'ChangesApplied',
  /** Calls of which nobody knows whether they were applied: time-outs, lost connections, internal errors. */
  unknownOutcomes: 'UnknownOutcomes',
  /** Times that dispatch failed for one contact. The contact stays pending. */
  failedContacts: 'FailedContacts',
  /** Contacts that Connect says it does not know or another Region owns: closed for this system. */
  closedContacts: 'ClosedContacts',
  /** Contacts whose wake-up a sweep found overdue: lost, or late by half a minute and more. */
  overdueWakeUps: 'OverdueWakeUps',
  /** Contacts that a sweep found waiting in queues. */
  waitingContacts: 'WaitingContacts',
  /** Seconds since the oldest of the most urgent 1,000 pending changes fell due; 0 when none is pending. */
  oldestPending: 'OldestPending',
} as const;
