import { Duration } from 'aws-cdk-lib/core';
import { type OwnMetricName, ownMetric } from '../metrics.ts';
import {
  type AlarmDefinition,
  MEASURED,
  MET,
  minutes,
  ONCE,
  PERSISTENT,
  RETRIED,
  type Severity,
} from './definition.ts';

/** The alarms on what the functions report: that changes are late, rejected or not made. */
export function changeAlarms() {
  return {
    ThrottledCalls: callersAffected('throttledCalls', {
      threshold: 1,
      evaluation: PERSISTENT,
      meaning: 'Connect throttles calls because the quota is used up: updates are late.',
      runbookAnchor: 'throttled-calls',
    }),
    Lateness: callersAffected('lateness', {
      threshold: 10_000,
      evaluation: PERSISTENT,
      meaning: (ms) => `One update in twenty is sent ${ms / 1_000} seconds or more too late.`,
      runbookAnchor: 'lateness',
    }),
    AccessDenied: callersAffected('accessDenied', {
      threshold: 1,
      // Dispatch tries again once a minute while something is pending.
      evaluation: MET,
      meaning: 'IAM denies the calls to Connect: dispatch has stopped and all updates remain pending.',
      runbookAnchor: 'access-denied',
    }),
    RejectedChanges: lookToday('rejectedChanges', {
      threshold: 1,
      evaluation: ONCE,
      meaning: 'Connect rejected an update as invalid: the contact keeps its current routing.',
      runbookAnchor: 'rejected-changes',
    }),
    FailedContacts: lookToday('failedContacts', {
      threshold: 1,
      evaluation: PERSISTENT,
      meaning:
        'Dispatch fails repeatedly for a contact: its update remains pending, other contacts continue.',
      runbookAnchor: 'failed-contacts',
    }),
    FailedMessages: callersAffected('failedMessages', {
      threshold: 1,
      evaluation: RETRIED,
      meaning:
        'Rule messages fail and are retried: signals, overrides and wake-ups have no effect until then.',
      runbookAnchor: 'failed-messages',
    }),
    UnansweredQuestions: callersAffected('unansweredQuestions', {
      threshold: 1,
      evaluation: PERSISTENT,
      meaning: 'DescribeContact gives no answer: updates that might lower urgency wait until it does.',
      runbookAnchor: 'unanswered-questions',
    }),
    UnsentEvents: lookToday('unsentEvents', {
      threshold: 1,
      evaluation: PERSISTENT,
      meaning: 'EventBridge does not accept events of this system: their readers get them late.',
      runbookAnchor: 'unsent-events',
    }),
    OverdueWakeUps: callersAffected('overdueWakeUps', {
      threshold: 1,
      evaluation: PERSISTENT,
      meaning: 'Wake-ups of contacts are lost or late: their updates are half a minute or more late.',
      runbookAnchor: 'overdue-wake-ups',
    }),
    OldPendingChanges: callersAffected('oldestPendingAge', {
      threshold: 300,
      evaluation: PERSISTENT,
      meaning: (seconds) => `An update has been overdue for ${minutes(seconds)} or more.`,
      runbookAnchor: 'old-pending-changes',
    }),
    DispatchStuck: callersAffected('stuckSeconds', {
      threshold: 120,
      // One measure is enough: it covers all of its seconds.
      evaluation: ONCE,
      meaning: (seconds) =>
        `No call was made for ${minutes(seconds)} or more, although updates are due: dispatch does not work.`,
      runbookAnchor: 'dispatch-is-stuck',
    }),
    InvalidPolicies: lookToday('invalidPolicies', {
      threshold: 1,
      evaluation: MEASURED,
      meaning:
        'A policy, calendar or condition, or the settings are invalid: the last valid version, if there is one, remains in force.',
      runbookAnchor: 'invalid-policies',
    }),
    CallsStopped: callersAffected('callsStopped', {
      threshold: 'yes',
      evaluation: MEASURED,
      meaning: 'Nothing is called: the kill switch is on, or no valid settings are known.',
      runbookAnchor: 'calls-are-stopped',
    }),
  };
}

type Watch = Omit<AlarmDefinition, 'severity' | 'metric'>;

function onMetric(severity: Severity, name: OwnMetricName, watch: Watch): AlarmDefinition {
  return { severity, metric: ownMetric(name, { period: Duration.minutes(1) }), ...watch };
}

function callersAffected(name: OwnMetricName, watch: Watch): AlarmDefinition {
  return onMetric('callersAffected', name, watch);
}

function lookToday(name: OwnMetricName, watch: Watch): AlarmDefinition {
  return onMetric('lookToday', name, watch);
}
