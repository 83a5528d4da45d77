import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { METRICS } from '../../lambda/aws/metric-names.ts';
import { findResource, nameOf, synthesize } from './synthesize.ts';

const ALARM = 'AWS::CloudWatch::Alarm';
const FIRST_MINUTE = { EvaluationPeriods: 1, DatapointsToAlarm: 1, Period: 60 };
/** Lasts for 5 minutes after each time that something ran into the state. */
const MET = { EvaluationPeriods: 5, DatapointsToAlarm: 1, Period: 60 };
/** Measured every minute: a minute without data changes nothing. */
const MEASURED = { ...FIRST_MINUTE, TreatMissingData: 'ignore' };
/** A failed rule message comes back after three minutes: two failures in five minutes are a lasting one. */
const RETRIED = { EvaluationPeriods: 5, DatapointsToAlarm: 2, Period: 60 };
const PERSISTENT = { EvaluationPeriods: 5, DatapointsToAlarm: 3, Period: 60 };

const OWN_METRIC = {
  Namespace: 'ConnectEscalator',
  Dimensions: [{ Name: 'service', Value: 'connect-escalator' }],
};
const DEAD_LETTERS = {
  Namespace: 'AWS/SQS',
  MetricName: 'ApproximateNumberOfMessagesVisible',
  Statistic: 'Maximum',
  Threshold: 1,
  ...FIRST_MINUTE,
};
const ERRORS = {
  Namespace: 'AWS/Lambda',
  MetricName: 'Errors',
  Statistic: 'Sum',
  Threshold: 1,
  ...PERSISTENT,
};

const ALARMS: Record<string, object> = {
  ContactEventsDeadLetters: { ...DEAD_LETTERS, of: 'EscalatorContactEventsContactEventsDlq' },
  RuleMessagesDeadLetters: { ...DEAD_LETTERS, of: 'EscalatorRuleMessagesRuleMessagesDlq' },
  DispatchDeadLetters: { ...DEAD_LETTERS, of: 'EscalatorDispatchDispatchDlq' },
  ThrottledCalls: {
    ...OWN_METRIC,
    MetricName: 'ThrottledCalls',
    Statistic: 'Sum',
    Threshold: 1,
    ...PERSISTENT,
  },
  Lateness: {
    ...OWN_METRIC,
    MetricName: 'Lateness',
    ExtendedStatistic: 'p95',
    Threshold: 10_000,
    ...PERSISTENT,
  },
  AccessDenied: {
    ...OWN_METRIC,
    MetricName: 'AccessDenied',
    Statistic: 'Sum',
    Threshold: 1,
    ...MET,
  },
  RejectedChanges: {
    ...OWN_METRIC,
    MetricName: 'RejectedChanges',
    Statistic: 'Sum',
    Threshold: 1,
    ...FIRST_MINUTE,
  },
  FailedContacts: {
    ...OWN_METRIC,
    MetricName: 'FailedContacts',
    Statistic: 'Sum',
    Threshold: 1,
    ...PERSISTENT,
  },
  FailedMessages: {
    ...OWN_METRIC,
    MetricName: 'FailedMessages',
    Statistic: 'Sum',
    Threshold: 1,
    ...RETRIED,
  },
  UnansweredQuestions: {
    ...OWN_METRIC,
    MetricName: 'UnansweredQuestions',
    Statistic: 'Sum',
    Threshold: 1,
    ...PERSISTENT,
  },
  UnsentEvents: {
    ...OWN_METRIC,
    MetricName: 'UnsentEvents',
    Statistic: 'Sum',
    Threshold: 1,
    ...PERSISTENT,
  },
  InvalidPolicies: {
    ...OWN_METRIC,
    MetricName: 'InvalidPolicies',
    Statistic: 'Maximum',
    Threshold: 1,
    ...MEASURED,
  },
  CallsStopped: {
    ...OWN_METRIC,
    MetricName: 'CallsStopped',
    Statistic: 'Maximum',
    Threshold: 1,
    ...MEASURED,
  },
  OverdueWakeUps: {
    ...OWN_METRIC,
    MetricName: 'OverdueWakeUps',
    Statistic: 'Sum',
    Threshold: 1,
    ...PERSISTENT,
  },
  OldPendingChanges: {
    ...OWN_METRIC,
    MetricName: 'OldestPendingAge',
    Statistic: 'Maximum',
    Threshold: 300,
    ...PERSISTENT,
  },
  PolicyChangesDeadLetters: { ...DEAD_LETTERS, of: 'EscalatorPolicyChangesPolicyChangesDlq' },
  PolicyChangesErrors: { ...ERRORS, of: 'EscalatorPolicyChangesFunction' },
  ContactEventsErrors: { ...ERRORS, of: 'EscalatorContactEventsFunction' },
  RuleMessagesErrors: { ...ERRORS, ...RETRIED, of: 'EscalatorRuleMessagesFunction' },
  SweepErrors: { ...ERRORS, of: 'EscalatorSweepFunction' },
  DispatchErrors: { ...ERRORS, of: 'EscalatorDispatchFunction' },
  DispatchStuck: {
    Namespace: 'AWS/SQS',
    MetricName: 'ApproximateAgeOfOldestMessage',
    Statistic: 'Maximum',
    Threshold: 120,
    ...PERSISTENT,
    of: 'EscalatorDispatch',
  },
};

const { template } = synthesize();

test('the stack has these alarms', () => {
  const ids = Object.keys(template.findResources(ALARM)).map((id) =>
    nameOf(id).replace('EscalatorAlarms', ''),
  );
  expect(ids.sort()).toEqual(Object.keys(ALARMS).sort());
});

describe('each alarm fires at its threshold and above, and treats missing data as given or as not breaching', () => {
  test.each(Object.entries(ALARMS))('%s', (id, expected) => {
    const alarm = findResource(template, `EscalatorAlarms${id}`).Properties;
    const { of, ...properties } = expected as { of?: string };
    expect(alarm).toMatchObject({
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
      ...properties,
    });
    if (of) expect(nameOf(alarm.Dimensions[0].Value)).toBe(of);
  });
});

test('the handlers publish every metric of an alarm', () => {
  const published = new Set<string>(Object.values(METRICS));
  const watched = Object.values(template.findResources(ALARM))
    .filter(({ Properties }) => Properties.Namespace === 'ConnectEscalator')
    .map(({ Properties }) => Properties.MetricName);
  expect(watched.filter((metric) => !published.has(metric))).toEqual([]);
});

describe('the description of each alarm states its meaning and names a heading of the runbook', () => {
  // Anchors as GitHub generates them.
  const anchors = [...readFileSync('docs/runbook.md', 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    String(heading)
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  );

  test.each(Object.keys(ALARMS))('%s', (id) => {
    const { AlarmDescription } = findResource(template, `EscalatorAlarms${id}`).Properties;
    const [, meaning, anchor] = /^(.{30,}\.) See docs\/runbook\.md#(.*)$/.exec(AlarmDescription) ?? [];
    expect(meaning).toBeDefined();
    expect(anchors).toContain(anchor);
  });
});

test('without a topic no alarm has an action', () => {
  for (const { Properties } of Object.values(template.findResources(ALARM))) {
    expect(Properties.AlarmActions).toBeUndefined();
  }
});

test('with a topic every alarm notifies it', () => {
  const topic = 'arn:aws:sns:eu-central-1:123456789012:on-call';
  synthesize({ alarmTopicArn: topic }).template.allResourcesProperties(ALARM, { AlarmActions: [topic] });
});
