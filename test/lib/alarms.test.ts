import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { METRICS } from '../../lambda/aws/metric-names.ts';
import { named, resourceNamed, synthesize } from './synthesize.ts';

const ALARM = 'AWS::CloudWatch::Alarm';
const FIRST_TIME = { EvaluationPeriods: 1, DatapointsToAlarm: 1, Period: 60 };
const LASTING = { EvaluationPeriods: 5, DatapointsToAlarm: 3, Period: 60 };

const OWN = {
  Namespace: 'ConnectEscalator',
  Dimensions: [{ Name: 'service', Value: 'connect-escalator' }],
};
const DEAD = {
  Namespace: 'AWS/SQS',
  MetricName: 'ApproximateNumberOfMessagesVisible',
  Statistic: 'Maximum',
  Threshold: 1,
  ...FIRST_TIME,
};
const ERRORS = { Namespace: 'AWS/Lambda', MetricName: 'Errors', Statistic: 'Sum', Threshold: 1, ...LASTING };

const ALARMS: Record<string, object> = {
  ContactEventsDeadLetters: { ...DEAD, of: 'EscalatorContactEventsContactEventsDlq' },
  RuleMessagesDeadLetters: { ...DEAD, of: 'EscalatorRuleMessagesRuleMessagesDlq' },
  DispatchDeadLetters: { ...DEAD, of: 'EscalatorDispatchDispatchDlq' },
  ThrottledCalls: { ...OWN, MetricName: 'ThrottledCalls', Statistic: 'Sum', Threshold: 1, ...LASTING },
  Lateness: { ...OWN, MetricName: 'Lateness', ExtendedStatistic: 'p95', Threshold: 10_000, ...LASTING },
  AccessDenied: { ...OWN, MetricName: 'AccessDenied', Statistic: 'Sum', Threshold: 1, ...FIRST_TIME },
  RejectedChanges: { ...OWN, MetricName: 'RejectedChanges', Statistic: 'Sum', Threshold: 1, ...FIRST_TIME },
  FailedContacts: { ...OWN, MetricName: 'FailedContacts', Statistic: 'Sum', Threshold: 1, ...LASTING },
  InvalidPolicies: { ...OWN, MetricName: 'InvalidPolicies', Statistic: 'Sum', Threshold: 1, ...FIRST_TIME },
  OverdueWakeUps: { ...OWN, MetricName: 'OverdueWakeUps', Statistic: 'Sum', Threshold: 1, ...LASTING },
  OldPendingChanges: {
    ...OWN,
    MetricName: 'OldestPendingAge',
    Statistic: 'Maximum',
    Threshold: 300,
    ...LASTING,
  },
  PolicyChangesDeadLetters: { ...DEAD, of: 'EscalatorPolicyChangesPolicyChangesDlq' },
  PolicyChangesErrors: { ...ERRORS, of: 'EscalatorPolicyChangesFunction' },
  ContactEventsErrors: { ...ERRORS, of: 'EscalatorContactEventsFunction' },
  RuleMessagesErrors: { ...ERRORS, of: 'EscalatorRuleMessagesFunction' },
  SweepErrors: { ...ERRORS, of: 'EscalatorSweepFunction' },
  DispatchErrors: { ...ERRORS, of: 'EscalatorDispatchFunction' },
  DispatchStuck: {
    Namespace: 'AWS/SQS',
    MetricName: 'ApproximateAgeOfOldestMessage',
    Statistic: 'Maximum',
    Threshold: 120,
    ...LASTING,
    of: 'EscalatorDispatch',
  },
};

const { template } = synthesize();

test('these are all the alarms', () => {
  const ids = Object.keys(template.findResources(ALARM)).map((id) =>
    named(id).replace('EscalatorAlarms', ''),
  );
  expect(ids.sort()).toEqual(Object.keys(ALARMS).sort());
});

describe('each alarm watches at this value and above, and takes silence for health', () => {
  test.each(Object.entries(ALARMS))('%s', (id, expected) => {
    const alarm = resourceNamed(template, `EscalatorAlarms${id}`).Properties;
    const { of, ...properties } = expected as { of?: string };
    expect(alarm).toMatchObject({
      ...properties,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
    });
    if (of) expect(named(alarm.Dimensions[0].Value)).toBe(of);
  });
});

test('each metric of the handlers that is watched is one that they publish', () => {
  const published = new Set<string>(Object.values(METRICS));
  const watched = Object.values(template.findResources(ALARM))
    .filter(({ Properties }) => Properties.Namespace === 'ConnectEscalator')
    .map(({ Properties }) => Properties.MetricName);
  expect(watched.filter((metric) => !published.has(metric))).toEqual([]);
});

describe('each alarm says what it means and names a heading of the runbook', () => {
  // As GitHub makes anchors of headings.
  const anchors = [...readFileSync('docs/runbook.md', 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    String(heading)
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  );

  test.each(Object.keys(ALARMS))('%s', (id) => {
    const { AlarmDescription } = resourceNamed(template, `EscalatorAlarms${id}`).Properties;
    const [, meaning, anchor] = /^(.{30,}\.) See docs\/runbook\.md#(.*)$/.exec(AlarmDescription) ?? [];
    expect(meaning).toBeDefined();
    expect(anchors).toContain(anchor);
  });
});

test('without a topic nobody is told', () => {
  for (const { Properties } of Object.values(template.findResources(ALARM))) {
    expect(Properties.AlarmActions).toBeUndefined();
  }
});

test('with a topic every alarm goes to it', () => {
  const topic = 'arn:aws:sns:eu-central-1:123456789012:on-call';
  synthesize({ alarmTopicArn: topic }).template.allResourcesProperties(ALARM, { AlarmActions: [topic] });
});
