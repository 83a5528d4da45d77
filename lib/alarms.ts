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

interface AlarmsProps {
  readonly ruleMessages: RuleMessages;
  readonly dispatch: Dispatch;
  readonly contactEvents: ContactEvents;
  readonly policyChanges: PolicyChanges;
  readonly sweep: Sweep;
  /** ARN of the SNS topic that receives the alarms. Default: none. */
  readonly topicArn?: string | undefined;
}

/** A condition that an operator must investigate. */
interface AlarmDefinition {
  readonly id: string;
  readonly metric: IMetric;
  /** The alarm fires at this value and above. */
  readonly threshold: number;
  /** The alarm fires after so many minutes at the threshold, of the last five. Default: after the first. */
  readonly minutesOfFive?: number;
  /**
   * How a state that lasts is known: `measured` every minute, so that a minute without data changes nothing; or `met`
   * whenever something runs into it, so that the alarm lasts for 5 minutes after the last time. Default: an event.
   */
  readonly state?: 'measured' | 'met';
  /** What the alarm means, in one sentence. */
  readonly meaning: string;
  /** Anchor of the heading in docs/runbook.md. */
  readonly runbookAnchor: string;
}

const LATENESS_THRESHOLD_MS = 10_000;
const STUCK_THRESHOLD_SECONDS = 120;
const PENDING_THRESHOLD_SECONDS = 300;

const PERSISTENT_MINUTES = 3;

/**
 * A failed rule message comes back after three minutes, the visibility timeout of its queue: of a lasting cause, five
 * minutes may hold no more than two failures.
 */
const RETRIED_MESSAGE_MINUTES = 2;

/** The alarms of the system. Each description states the meaning and the section of the runbook. */
export class Alarms extends Construct {
  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    const topic = props.topicArn ? Topic.fromTopicArn(this, 'Topic', props.topicArn) : undefined;
    for (const definition of [...deadLetterAlarms(props), ...changeAlarms(), ...healthAlarms(props)]) {
      const alarm = new Alarm(this, definition.id, alarmProps(definition));
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
      meaning: 'A contact event could not be processed: the system decides about its contact without it.',
      runbookAnchor: 'dead-letters-of-contact-events',
    },
    {
      id: 'RuleMessagesDeadLetters',
      metric: visibleMessages(ruleMessages),
      threshold: 1,
      meaning: 'A rule message was malformed or failed five times: it had no effect.',
      runbookAnchor: 'dead-letters-of-rule-messages',
    },
    {
      id: 'DispatchDeadLetters',
      metric: visibleMessages(dispatch),
      threshold: 1,
      meaning: 'Dispatch failed on a message five times: updates may be late.',
      runbookAnchor: 'dead-letters-of-dispatch',
    },
    {
      id: 'PolicyChangesDeadLetters',
      metric: visibleMessages(policyChanges),
      threshold: 1,
      meaning: 'A change of a policy was not processed: queued contacts are reconciled later than usual.',
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
      minutesOfFive: PERSISTENT_MINUTES,
      meaning: 'Connect throttles calls because the quota is used up: updates are late.',
      runbookAnchor: 'throttled-calls',
    },
    {
      id: 'Lateness',
      metric: ownMetric(METRICS.lateness, Stats.percentile(95)),
      threshold: LATENESS_THRESHOLD_MS,
      minutesOfFive: PERSISTENT_MINUTES,
      meaning: `One update in twenty is sent ${LATENESS_THRESHOLD_MS / 1000} seconds or more too late.`,
      runbookAnchor: 'lateness',
    },
    {
      id: 'AccessDenied',
      metric: ownMetric(METRICS.accessDenied),
      threshold: 1,
      // Dispatch tries again once a minute while something is pending.
      state: 'met',
      meaning: 'IAM denies the calls to Connect: dispatch has stopped and all updates remain pending.',
      runbookAnchor: 'access-denied',
    },
    {
      id: 'RejectedChanges',
      metric: ownMetric(METRICS.rejectedChanges),
      threshold: 1,
      meaning: 'Connect rejected an update as invalid: the contact keeps its current routing.',
      runbookAnchor: 'rejected-changes',
    },
    {
      id: 'FailedContacts',
      metric: ownMetric(METRICS.failedContacts),
      threshold: 1,
      minutesOfFive: PERSISTENT_MINUTES,
      meaning:
        'Dispatch fails repeatedly for a contact: its update remains pending, other contacts continue.',
      runbookAnchor: 'failed-contacts',
    },
    {
      id: 'FailedMessages',
      metric: ownMetric(METRICS.failedMessages),
      threshold: 1,
      minutesOfFive: RETRIED_MESSAGE_MINUTES,
      meaning:
        'Rule messages fail and are retried: signals, overrides and wake-ups have no effect until then.',
      runbookAnchor: 'failed-messages',
    },
    {
      id: 'UnansweredQuestions',
      metric: ownMetric(METRICS.unansweredQuestions),
      threshold: 1,
      minutesOfFive: PERSISTENT_MINUTES,
      meaning: 'DescribeContact gives no answer: updates that might lower urgency wait until it does.',
      runbookAnchor: 'unanswered-questions',
    },
    {
      id: 'UnsentEvents',
      metric: ownMetric(METRICS.unsentEvents),
      threshold: 1,
      minutesOfFive: PERSISTENT_MINUTES,
      meaning: 'EventBridge does not accept events of this system: their readers get them late.',
      runbookAnchor: 'unsent-events',
    },
    {
      id: 'OverdueWakeUps',
      metric: ownMetric(METRICS.overdueWakeUps),
      threshold: 1,
      minutesOfFive: PERSISTENT_MINUTES,
      meaning: 'Wake-ups of contacts are lost or late: their updates are half a minute or more late.',
      runbookAnchor: 'overdue-wake-ups',
    },
    {
      id: 'OldPendingChanges',
      metric: ownMetric(METRICS.oldestPendingAge, Stats.MAXIMUM),
      threshold: PENDING_THRESHOLD_SECONDS,
      minutesOfFive: PERSISTENT_MINUTES,
      meaning: `An update has been overdue for ${PENDING_THRESHOLD_SECONDS / 60} minutes or more.`,
      runbookAnchor: 'old-pending-changes',
    },
    {
      id: 'InvalidPolicies',
      metric: ownMetric(METRICS.invalidPolicies, Stats.MAXIMUM),
      threshold: 1,
      state: 'measured',
      meaning:
        'A policy or the settings are invalid: the last valid version, if there is one, remains in force.',
      runbookAnchor: 'invalid-policies',
    },
    {
      id: 'CallsStopped',
      metric: ownMetric(METRICS.callsStopped, Stats.MAXIMUM),
      threshold: 1,
      state: 'measured',
      meaning: 'Nothing is called: the kill switch is on, or no valid settings are known.',
      runbookAnchor: 'calls-are-stopped',
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
      minutesOfFive: name === 'RuleMessages' ? RETRIED_MESSAGE_MINUTES : PERSISTENT_MINUTES,
      meaning: `The ${name} function fails repeatedly: its events and messages are retried and late.`,
      runbookAnchor: 'function-errors',
    })),
    {
      id: 'DispatchStuck',
      metric: dispatch.queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(1) }),
      threshold: STUCK_THRESHOLD_SECONDS,
      minutesOfFive: PERSISTENT_MINUTES,
      meaning: `A message has been in the queue of dispatch for ${STUCK_THRESHOLD_SECONDS} seconds or more: no updates are sent.`,
      runbookAnchor: 'dispatch-is-stuck',
    },
  ];
}

function alarmProps(definition: AlarmDefinition): AlarmProps {
  const { metric, threshold, minutesOfFive, state, meaning, runbookAnchor } = definition;
  return {
    metric,
    threshold,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    evaluationPeriods: minutesOfFive !== undefined || state === 'met' ? 5 : 1,
    datapointsToAlarm: minutesOfFive ?? 1,
    treatMissingData: state === 'measured' ? TreatMissingData.IGNORE : TreatMissingData.NOT_BREACHING,
    alarmDescription: `${meaning} See docs/runbook.md#${runbookAnchor}`,
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
