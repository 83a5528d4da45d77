import { MathExpression, Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { IEventBus, Rule } from 'aws-cdk-lib/aws-events';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Duration, Fn } from 'aws-cdk-lib/core';
import { ownMetric } from '../metrics.ts';
import {
  type AlarmDefinition,
  type AlarmSubjects,
  type Evaluation,
  minutes,
  ONCE,
  PERSISTENT,
} from './definition.ts';

const MINUTE = Duration.minutes(1);
const HOUR = Duration.hours(1);

/**
 * What Connect counts of an instance by itself. Of tasks and e-mails it counts only those that are active.
 * https://docs.aws.amazon.com/connect/latest/adminguide/monitoring-cloudwatch.html
 */
const STARTED_CONTACTS = [
  { id: 'calls', metricName: 'CallsPerInterval', group: 'VoiceCalls' },
  { id: 'chats', metricName: 'SuccessfulChatsPerInterval', group: 'Chats' },
];

/**
 * An alarm may use ten metrics. Two are those of the sweeps and of the contact events.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-limits.html
 */
const MAX_CONTACT_METRICS = 8;

/** An hour with so many sweeps is one in which the system was there all the time: of a new deployment nothing is known. */
const SWEEPS_OF_AN_HOUR = 50;

/** Each contact has at least the event of its end; so one event for ten started contacts is far too few. */
const CONTACTS_PER_EVENT = 10;

/** Five minutes, and some more for metrics that come late. */
const SILENT_MINUTES: Evaluation = { periods: 10, datapoints: 5, missingData: TreatMissingData.IGNORE };

/** The alarms on what should happen and does not, or waits where nobody sees it. */
export function silenceAlarms(subjects: AlarmSubjects) {
  const { contactEvents, ruleMessages } = subjects;
  return {
    SweepMissing: sweepMissing(),
    ContactEventsMissing: contactEventsMissing(subjects),
    ContactEventsLate: {
      severity: 'callersAffected',
      // Rises with each retry, and while the function is throttled.
      metric: contactEvents.function.metric('AsyncEventAge', { period: MINUTE, statistic: Stats.MAXIMUM }),
      threshold: 60_000,
      evaluation: PERSISTENT,
      meaning: (ms) =>
        `Contact events wait ${ms / 1_000} seconds or more before they are processed: contacts are escalated late.`,
      runbookAnchor: 'contact-events-are-late',
    },
    ContactEventsDropped: {
      severity: 'lookToday',
      metric: contactEvents.function.metric('AsyncEventsDropped', { period: MINUTE, statistic: Stats.SUM }),
      threshold: 1,
      evaluation: ONCE,
      meaning: 'Lambda gave up a contact event after its retries: it is a dead letter, or lost.',
      runbookAnchor: 'contact-events-are-late',
    },
    ContactEventsUndelivered: undelivered(
      contactEvents.rule,
      subjects.eventBus,
      'EventBridge cannot deliver contact events to their function: contacts are not escalated.',
    ),
    RuleEventsUndelivered: undelivered(
      ruleMessages.rule,
      subjects.eventBus,
      'EventBridge cannot deliver rule events of Connect to their queue: these signals have no effect.',
    ),
    RuleMessagesWaiting: waiting(ruleMessages.signals.queue, 'signals', 300),
    OperatorMessagesWaiting: waiting(ruleMessages.operators.queue, "operators' messages", 300),
    // Twenty minutes, since the age may include the delay of a wake-up, which is 15 minutes at most.
    WakeUpsWaiting: waiting(ruleMessages.wakeUps.queue, 'wake-ups', 1_200),
  } satisfies Record<string, AlarmDefinition>;
}

/**
 * Rings when no sweep has reported for five of ten minutes, once one had. Before the first sweep of a new deployment the
 * expression has no value, and after ten minutes of silence it has none either: then the state of the alarm remains.
 */
function sweepMissing(): AlarmDefinition {
  const sweeps = ownMetric('waitingContacts', { period: MINUTE, statistic: Stats.SAMPLE_COUNT });
  return {
    severity: 'callersAffected',
    metric: new MathExpression({
      label: '1: a minute without a sweep',
      expression: 'IF(RUNNING_SUM(FILL(sweeps, 0)) > 0, FILL(sweeps, 0) < 1)',
      usingMetrics: { sweeps },
      period: MINUTE,
    }),
    threshold: 'yes',
    evaluation: SILENT_MINUTES,
    meaning:
      'No sweep has reported for five minutes: lost messages are not found, and what the sweep measures is not known.',
    runbookAnchor: 'the-sweep-is-missing',
  };
}

/**
 * Rings when Connect started contacts within the hour, and hardly any contact event came. It compares facts of the same
 * hour, so it does not matter when the contact centre is open, nor since when.
 */
function contactEventsMissing({ instances, contactEvents }: AlarmSubjects): AlarmDefinition {
  // The calls of all instances first: if there are too many instances for one alarm, the chats are left out.
  const started = STARTED_CONTACTS.flatMap(({ id, metricName, group }) =>
    instances.ids.map((instanceId, index) => {
      const dimensionsMap = { InstanceId: instanceId, MetricGroup: group };
      const metric = new Metric({
        namespace: 'AWS/Connect',
        metricName,
        dimensionsMap,
        statistic: Stats.SUM,
      });
      return { id: `${id}${index}`, metric };
    }),
  ).slice(0, MAX_CONTACT_METRICS);
  const events = contactEvents.function.metricInvocations();
  // A comparison takes what is missing for 0. So it does not matter whether FILL fills an hour without any event.
  const silent = started.map(({ id, metric }) => [
    `${id}Unseen`,
    new MathExpression({
      expression: `IF(${id} > ${CONTACTS_PER_EVENT} * FILL(events, 0), ${id}, 0)`,
      usingMetrics: { [id]: metric, events },
    }),
  ]);
  const sweeps = ownMetric('waitingContacts', { statistic: Stats.SAMPLE_COUNT });
  return {
    severity: 'callersAffected',
    metric: new MathExpression({
      label: 'Contacts that started while contact events were missing',
      expression: `IF(sweeps >= ${SWEEPS_OF_AN_HOUR}, MAX([${silent.map(([id]) => id).join(', ')}]), 0)`,
      usingMetrics: { sweeps, ...Object.fromEntries(silent) },
      period: HOUR,
    }),
    threshold: 20,
    evaluation: ONCE,
    meaning: (contacts) =>
      `Connect started ${contacts} contacts or more within an hour, and sent hardly any contact event.`,
    runbookAnchor: 'contact-events-are-missing',
  };
}

function undelivered(rule: Rule, eventBus: IEventBus | undefined, meaning: string): AlarmDefinition {
  return {
    severity: 'callersAffected',
    metric: new Metric({
      namespace: 'AWS/Events',
      metricName: 'FailedInvocations',
      dimensionsMap: ruleDimensions(rule, eventBus),
      statistic: Stats.SUM,
      period: MINUTE,
    }),
    threshold: 1,
    evaluation: ONCE,
    meaning,
    runbookAnchor: 'undelivered-events',
  };
}

/**
 * Of a rule on a bus of its own, `ruleName` is `<bus>|<name>`, and its metrics have the bus as a dimension.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
 */
function ruleDimensions({ ruleName }: Rule, eventBus: IEventBus | undefined): Record<string, string> {
  if (!eventBus) return { RuleName: ruleName };
  return { EventBusName: eventBus.eventBusName, RuleName: Fn.select(1, Fn.split('|', ruleName)) };
}

function waiting(queue: IQueue, what: string, threshold: number): AlarmDefinition {
  return {
    severity: 'callersAffected',
    metric: queue.metricApproximateAgeOfOldestMessage({ period: MINUTE }),
    threshold,
    evaluation: PERSISTENT,
    meaning: (seconds) =>
      `The oldest of the ${what} has waited for ${minutes(seconds)} or more: nobody takes them from their queue.`,
    runbookAnchor: 'rule-messages-wait',
  };
}
