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
interface AlarmDefinition {
  readonly id: string;
  readonly metric: IMetric;
  /** Alarms at this value and above. */
  readonly threshold: number;
  /** Whether it must last: 3 of 5 minutes. Default: the first time counts. */
  readonly mustPersist?: boolean;
  /** What an alarm means, in one sentence. */
  readonly meaning: string;
  /** Anchor of the heading in docs/runbook.md. */
  readonly runbookAnchor: string;
}

const LATENESS_THRESHOLD_MS = 10_000;
const STUCK_THRESHOLD_SECONDS = 120;
const PENDING_THRESHOLD_SECONDS = 300;

/** The alarms of the system. Each says what it means and which heading of the runbook has the answer. */
export class Alarms extends Construct {
  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    const topic = props.topicArn ? Topic.fromTopicArn(this, 'Topic', props.topicArn) : undefined;
    for (const watch of [...deadLetterAlarms(props), ...changeAlarms(), ...healthAlarms(props)]) {
      const alarm = new Alarm(this, watch.id, alarmProps(watch));
      if (topic) alarm.addAlarmAction(new SnsAction(topic));
    }
  }
}

function deadLetterAlarms({
  contactEvents,
  ruleMessages,
  dispatch,
  policyChanges,
}: AlarmsProps): AlarmDefinition[] {
  return [
    {
      id: 'ContactEventsDeadLetters',
      metric: visibleMessages(contactEvents),
      threshold: 1,
      meaning: 'A contact event could not be handled: its contact may be treated as if it had not happened.',
      runbookAnchor: 'dead-letters-of-contact-events',
    },
    {
      id: 'RuleMessagesDeadLetters',
      metric: visibleMessages(ruleMessages),
      threshold: 1,
      meaning: 'A rule message was malformed or failed again and again: it had no effect.',
      runbookAnchor: 'dead-letters-of-rule-messages',
    },
    {
      id: 'DispatchDeadLetters',
      metric: visibleMessages(dispatch),
      threshold: 1,
      meaning: 'Dispatch failed again and again on a message: changes may be late.',
      runbookAnchor: 'dead-letters-of-dispatch',
    },
    {
      id: 'PolicyChangesDeadLetters',
      metric: visibleMessages(policyChanges),
      threshold: 1,
      meaning: 'A change of a policy was not followed up: contacts that wait are looked at later.',
      runbookAnchor: 'dead-letters-of-policy-changes',
    },
  ];
}

function changeAlarms(): AlarmDefinition[] {
  return [
    {
      id: 'ThrottledCalls',
      metric: ownMetric(METRICS.throttledCalls),
      threshold: 1,
      mustPersist: true,
      meaning: 'Connect keeps refusing calls because the quota is spent: changes are late.',
      runbookAnchor: 'throttled-calls',
    },
    {
      id: 'Lateness',
      metric: ownMetric(METRICS.lateness, Stats.percentile(95)),
      threshold: LATENESS_THRESHOLD_MS,
      mustPersist: true,
      meaning: `One change in twenty is made ${LATENESS_THRESHOLD_MS / 1000} seconds or more after it was due.`,
      runbookAnchor: 'lateness',
    },
    {
      id: 'AccessDenied',
      metric: ownMetric(METRICS.accessDenied),
      threshold: 1,
      meaning: 'IAM refuses the calls to Connect: dispatching has stopped and all changes wait.',
      runbookAnchor: 'access-denied',
    },
    {
      id: 'RejectedChanges',
      metric: ownMetric(METRICS.rejectedChanges),
      threshold: 1,
      meaning: 'Connect refused a change as invalid: the contact keeps the routing that it has.',
      runbookAnchor: 'rejected-changes',
    },
    {
      id: 'FailedContacts',
      metric: ownMetric(METRICS.failedContacts),
      threshold: 1,
      mustPersist: true,
      meaning: 'Dispatch keeps failing for a contact: it stays pending, the others go on.',
      runbookAnchor: 'failed-contacts',
    },
    {
      id: 'OverdueWakeUps',
      metric: ownMetric(METRICS.overdueWakeUps),
      threshold: 1,
      mustPersist: true,
      meaning: 'Contacts keep missing their wake-up: their changes are half a minute or more late.',
      runbookAnchor: 'overdue-wake-ups',
    },
    {
      id: 'OldPendingChanges',
      metric: ownMetric(METRICS.oldestPendingAge, Stats.MAXIMUM),
      threshold: PENDING_THRESHOLD_SECONDS,
      mustPersist: true,
      meaning: `A change has been due for ${PENDING_THRESHOLD_SECONDS / 60} minutes or more and is not made.`,
      runbookAnchor: 'old-pending-changes',
    },
    {
      id: 'InvalidPolicies',
      metric: ownMetric(METRICS.invalidPolicies),
      threshold: 1,
      meaning:
        'A policy or the settings are invalid: the last valid version, where one is known, is in force.',
      runbookAnchor: 'invalid-policies',
    },
  ];
}

function healthAlarms({
  contactEvents,
  ruleMessages,
  dispatch,
  policyChanges,
  sweep,
}: AlarmsProps): AlarmDefinition[] {
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
      mustPersist: true,
      meaning: `The ${name} function keeps failing: what it should handle is tried again and late.`,
      runbookAnchor: 'function-errors',
    })),
    {
      id: 'DispatchStuck',
      metric: dispatch.queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(1) }),
      threshold: STUCK_THRESHOLD_SECONDS,
      mustPersist: true,
      meaning: `A message has waited for dispatch for ${STUCK_THRESHOLD_SECONDS} seconds or more: no changes are made.`,
      runbookAnchor: 'dispatch-is-stuck',
    },
  ];
}

function alarmProps({
  metric,
  threshold,
  mustPersist: lasting,
  meaning,
  runbookAnchor: runbook,
}: AlarmDefinition): AlarmProps {
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

function visibleMessages({
  deadLetterQueue,
}: ContactEvents | RuleMessages | Dispatch | PolicyChanges): IMetric {
  return deadLetterQueue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1) });
}

function ownMetric(metricName: string, statistic: string = Stats.SUM): IMetric {
  return new Metric({
    namespace: METRICS_NAMESPACE,
    metricName,
    dimensionsMap: { service: SERVICE },
    statistic,
    period: Duration.minutes(1),
  });
}
