import {
  Alarm,
  type AlarmProps,
  ComparisonOperator,
  type IMetric,
  Metric,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { METRICS, METRICS_NAMESPACE, SERVICE } from '../lambda/aws/metric-names.ts';
import type { ContactEvents } from './contact-events.ts';
import type { Dispatch } from './dispatch.ts';
import type { PolicyChanges } from './policy-changes.ts';
import type { RuleMessages } from './rule-messages.ts';
import type { Sweep } from './sweep.ts';

export interface AlarmsProps {
  readonly ruleMessages: RuleMessages;
  readonly dispatch: Dispatch;
  readonly contactEvents: ContactEvents;
  readonly policyChanges: PolicyChanges;
  readonly sweep: Sweep;
  /** SNS topic to tell. Default: none. */
  readonly topicArn?: string | undefined;
}

/** One thing that somebody must look at. */
interface Watch {
  readonly id: string;
  readonly metric: IMetric;
  /** Alarms at this value and above. */
  readonly threshold: number;
  /** Whether it must last: 3 of 5 minutes. Default: the first time counts. */
  readonly lasting?: boolean;
  /** What an alarm means, in one sentence. */
  readonly meaning: string;
  /** Anchor of the heading in docs/runbook.md. */
  readonly runbook: string;
}

const LATE_MS = 10_000;
const STUCK_SECONDS = 120;
const OLD_SECONDS = 300;

/** The alarms of the system. Each says what it means and which heading of the runbook has the answer. */
export class Alarms extends Construct {
  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    const topic = props.topicArn ? Topic.fromTopicArn(this, 'Topic', props.topicArn) : undefined;
    for (const watch of [...deadLetters(props), ...changes(), ...health(props)]) {
      const alarm = new Alarm(this, watch.id, alarmProps(watch));
      if (topic) alarm.addAlarmAction(new SnsAction(topic));
    }
  }
}

function deadLetters({ contactEvents, ruleMessages, dispatch, policyChanges }: AlarmsProps): Watch[] {
  return [
    {
      id: 'ContactEventsDeadLetters',
      metric: visible(contactEvents),
      threshold: 1,
      meaning: 'A contact event could not be handled: its contact may be treated as if it had not happened.',
      runbook: 'dead-letters-of-contact-events',
    },
    {
      id: 'RuleMessagesDeadLetters',
      metric: visible(ruleMessages),
      threshold: 1,
      meaning: 'A rule message was malformed or failed again and again: it had no effect.',
      runbook: 'dead-letters-of-rule-messages',
    },
    {
      id: 'DispatchDeadLetters',
      metric: visible(dispatch),
      threshold: 1,
      meaning: 'Dispatch failed again and again on a message: changes may be late.',
      runbook: 'dead-letters-of-dispatch',
    },
    {
      id: 'PolicyChangesDeadLetters',
      metric: visible(policyChanges),
      threshold: 1,
      meaning: 'A change of a policy was not followed up: contacts that wait are looked at later.',
      runbook: 'dead-letters-of-policy-changes',
    },
  ];
}

function changes(): Watch[] {
  return [
    {
      id: 'ThrottledCalls',
      metric: own(METRICS.throttledCalls),
      threshold: 1,
      lasting: true,
      meaning: 'Connect keeps refusing calls because the quota is spent: changes are late.',
      runbook: 'throttled-calls',
    },
    {
      id: 'Lateness',
      metric: own(METRICS.lateness, Stats.percentile(95)),
      threshold: LATE_MS,
      lasting: true,
      meaning: `One change in twenty is made ${LATE_MS / 1000} seconds or more after it was due.`,
      runbook: 'lateness',
    },
    {
      id: 'AccessDenied',
      metric: own(METRICS.accessDenied),
      threshold: 1,
      meaning: 'IAM refuses the calls to Connect: dispatching has stopped and all changes wait.',
      runbook: 'access-denied',
    },
    {
      id: 'RejectedChanges',
      metric: own(METRICS.rejectedChanges),
      threshold: 1,
      meaning: 'Connect refused a change as invalid: the contact keeps the routing that it has.',
      runbook: 'rejected-changes',
    },
    {
      id: 'FailedContacts',
      metric: own(METRICS.failedContacts),
      threshold: 1,
      lasting: true,
      meaning: 'Dispatch keeps failing for a contact: it stays pending, the others go on.',
      runbook: 'failed-contacts',
    },
    {
      id: 'OverdueWakeUps',
      metric: own(METRICS.overdueWakeUps),
      threshold: 1,
      lasting: true,
      meaning: 'Contacts keep missing their wake-up: their changes are half a minute or more late.',
      runbook: 'overdue-wake-ups',
    },
    {
      id: 'OldPendingChanges',
      metric: own(METRICS.oldestPending, Stats.MAXIMUM),
      threshold: OLD_SECONDS,
      lasting: true,
      meaning: `A change has been due for ${OLD_SECONDS / 60} minutes or more and is not made.`,
      runbook: 'old-pending-changes',
    },
    {
      id: 'InvalidPolicies',
      metric: own(METRICS.invalidPolicies),
      threshold: 1,
      meaning:
        'A policy or the settings are invalid: the last valid version, where one is known, is in force.',
      runbook: 'invalid-policies',
    },
  ];
}

function health({ contactEvents, ruleMessages, dispatch, policyChanges, sweep }: AlarmsProps): Watch[] {
  const functions = {
    ContactEvents: contactEvents,
    RuleMessages: ruleMessages,
    Dispatch: dispatch,
    PolicyChanges: policyChanges,
    Sweep: sweep,
  };
  return [
    ...Object.entries(functions).map(([name, { function: fn }]) => ({
      id: `${name}Errors`,
      metric: fn.metricErrors({ period: Duration.minutes(1) }),
      threshold: 1,
      lasting: true,
      meaning: `The ${name} function keeps failing: what it should handle is tried again and late.`,
      runbook: 'function-errors',
    })),
    {
      id: 'DispatchStuck',
      metric: dispatch.queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(1) }),
      threshold: STUCK_SECONDS,
      lasting: true,
      meaning: `A message has waited for dispatch for ${STUCK_SECONDS} seconds or more: no changes are made.`,
      runbook: 'dispatch-is-stuck',
    },
  ];
}

function alarmProps({ metric, threshold, lasting, meaning, runbook }: Watch): AlarmProps {
  return {
    metric,
    threshold,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: lasting ? 5 : 1,
    datapointsToAlarm: lasting ? 3 : 1,
    treatMissingData: TreatMissingData.NOT_BREACHING,
    alarmDescription: `${meaning} See docs/runbook.md#${runbook}`,
  };
}

function visible({ deadLetterQueue }: ContactEvents | RuleMessages | Dispatch | PolicyChanges): IMetric {
  return deadLetterQueue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1) });
}

function own(metricName: string, statistic: string = Stats.SUM): IMetric {
  return new Metric({
    namespace: METRICS_NAMESPACE,
    metricName,
    dimensionsMap: { service: SERVICE },
    statistic,
    period: Duration.minutes(1),
  });
}
