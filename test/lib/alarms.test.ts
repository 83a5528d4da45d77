import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Fn, Stack } from 'aws-cdk-lib/core';
import { METRICS } from '../../lambda/aws/metric-names.ts';
import { VERSION } from '../../lambda/domain/version.ts';
import { type AlarmOptions, ConfigError, ConnectEscalator } from '../../lib/index.ts';
import { findResource, INSTANCE, nameOf, synthesize, testApp } from './synthesize.ts';

const ALARM = 'AWS::CloudWatch::Alarm';
const FIRST_MINUTE = { EvaluationPeriods: 1, DatapointsToAlarm: 1, Period: 60 };
/** Lasts for 5 minutes after each time that something ran into the state. */
const MET = { EvaluationPeriods: 5, DatapointsToAlarm: 1, Period: 60 };
/** Measured every minute: a minute without data changes nothing. */
const MEASURED = { ...FIRST_MINUTE, TreatMissingData: 'ignore' };
/** A rule message that keeps failing fails in two of five minutes at least, one that fails once in a single one. */
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

const THROTTLES = { ...ERRORS, MetricName: 'Throttles' };
const UNDELIVERED = {
  Namespace: 'AWS/Events',
  MetricName: 'FailedInvocations',
  Statistic: 'Sum',
  Threshold: 1,
  ...FIRST_MINUTE,
};
const WAITING = {
  Namespace: 'AWS/SQS',
  MetricName: 'ApproximateAgeOfOldestMessage',
  Statistic: 'Maximum',
  ...PERSISTENT,
};
const CALLERS = 'Callers are affected.';
const TODAY = 'Look today.';

/** The metric math of these two is tested in silence.test.ts. */
const MATH = { Threshold: 1, Metrics: expect.any(Array) };

const ALARMS: Record<string, object> = {
  ContactEventsDeadLetters: { ...DEAD_LETTERS, of: 'EscalatorContactEventsContactEventsDlq' },
  RuleMessagesDeadLetters: { ...DEAD_LETTERS, of: 'EscalatorRuleMessagesRuleMessagesDlq' },
  OperatorMessagesDeadLetters: { ...DEAD_LETTERS, of: 'EscalatorRuleMessagesOperatorMessagesDlq' },
  WakeUpsDeadLetters: { ...DEAD_LETTERS, of: 'EscalatorRuleMessagesWakeUpsDlq' },
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
    Statistic: 'Maximum',
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
    ...OWN_METRIC,
    MetricName: 'StuckSeconds',
    Statistic: 'Maximum',
    Threshold: 120,
    ...FIRST_MINUTE,
  },
  PolicyChangesThrottles: { ...THROTTLES, of: 'EscalatorPolicyChangesFunction' },
  ContactEventsThrottles: { ...THROTTLES, of: 'EscalatorContactEventsFunction' },
  RuleMessagesThrottles: { ...THROTTLES, of: 'EscalatorRuleMessagesFunction' },
  SweepThrottles: { ...THROTTLES, of: 'EscalatorSweepFunction' },
  DispatchThrottles: { ...THROTTLES, of: 'EscalatorDispatchFunction' },
  SweepMissing: { ...MATH, EvaluationPeriods: 10, DatapointsToAlarm: 5, TreatMissingData: 'ignore' },
  ContactEventsMissing: { ...MATH, Threshold: 20, EvaluationPeriods: 1, DatapointsToAlarm: 1 },
  ContactEventsLate: {
    Namespace: 'AWS/Lambda',
    MetricName: 'AsyncEventAge',
    Statistic: 'Maximum',
    Threshold: 60_000,
    ...PERSISTENT,
    of: 'EscalatorContactEventsFunction',
  },
  ContactEventsDropped: {
    Namespace: 'AWS/Lambda',
    MetricName: 'AsyncEventsDropped',
    Statistic: 'Sum',
    Threshold: 1,
    ...FIRST_MINUTE,
    of: 'EscalatorContactEventsFunction',
  },
  ContactEventsUndelivered: { ...UNDELIVERED, of: 'EscalatorContactEvents' },
  RuleEventsUndelivered: { ...UNDELIVERED, of: 'EscalatorRuleMessagesRuleEvents' },
  RuleMessagesWaiting: { ...WAITING, Threshold: 300, of: 'EscalatorRuleMessages' },
  OperatorMessagesWaiting: { ...WAITING, Threshold: 300, of: 'EscalatorRuleMessagesOperatorMessages' },
  WakeUpsWaiting: { ...WAITING, Threshold: 1_200, of: 'EscalatorRuleMessagesWakeUps' },
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
    .flatMap(({ Properties }) => [Properties, ...(Properties.Metrics ?? []).map(metricOf)])
    .filter(({ Namespace }) => Namespace === 'ConnectEscalator')
    .map(({ MetricName }) => MetricName);
  expect(watched.length).toBeGreaterThan(10);
  expect(watched.filter((metric) => !published.has(metric))).toEqual([]);
});

function metricOf({ MetricStat }: { MetricStat?: { Metric: object } }) {
  return MetricStat?.Metric ?? {};
}

/** The alarms for which somebody must act at once; the others can wait until somebody looks today. */
const CALLERS_AFFECTED = [
  'AccessDenied',
  'CallsStopped',
  'ContactEventsErrors',
  'ContactEventsLate',
  'ContactEventsMissing',
  'ContactEventsThrottles',
  'ContactEventsUndelivered',
  'DispatchErrors',
  'DispatchStuck',
  'DispatchThrottles',
  'FailedMessages',
  'Lateness',
  'OldPendingChanges',
  'OverdueWakeUps',
  'RuleEventsUndelivered',
  'RuleMessagesErrors',
  'RuleMessagesThrottles',
  'RuleMessagesWaiting',
  'OperatorMessagesWaiting',
  'WakeUpsWaiting',
  'SweepMissing',
  'ThrottledCalls',
  'UnansweredQuestions',
];

const isCallersAffected = (id: string) => CALLERS_AFFECTED.includes(id);

const descriptionOf = (id: string, of = template): string =>
  findResource(of, `EscalatorAlarms${id}`).Properties.AlarmDescription;

describe('the description of each alarm states its severity, its meaning and one link to the runbook', () => {
  // Anchors as GitHub generates them.
  const anchors = [...readFileSync('docs/runbook.md', 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    String(heading)
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  );
  const base = `https://github.com/connect-escalator/connect-escalator/blob/v${VERSION}/docs/runbook.md`;

  test.each(Object.keys(ALARMS))('%s', (id) => {
    const [, severity, meaning, page, anchor] =
      /^((?:[A-Z][a-z ]+)\.) (.{30,}\.) What to do: (\S+)#(\S+)$/.exec(descriptionOf(id)) ?? [];
    expect(severity).toBe(isCallersAffected(id) ? CALLERS : TODAY);
    expect(meaning).toBeDefined();
    expect(page).toBe(base);
    expect(anchors).toContain(anchor);
  });

  test('the runbook is that of the repository of package.json', () => {
    const { repository } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(`git+${base.replace(/\/blob\/.*/, '')}.git`).toBe(repository.url);
  });
});

test('the runbook may be elsewhere', () => {
  const { template: other } = synthesize({ alarms: { runbookUrl: 'https://wiki.example.com/escalator' } });
  expect(descriptionOf('Lateness', other)).toMatch(/ https:\/\/wiki\.example\.com\/escalator#lateness$/);
});

describe('actions', () => {
  const TOPIC = 'arn:aws:sns:eu-central-1:123456789012:on-call';
  const DESK = 'arn:aws:sns:eu-central-1:123456789012:desk';
  const actionsOf = (of: typeof template, property: 'AlarmActions' | 'OKActions') =>
    Object.fromEntries(
      Object.keys(ALARMS).map((id) => [id, findResource(of, `EscalatorAlarms${id}`).Properties[property]]),
    );
  const ofAll = (choose: (id: string) => string[] | undefined) =>
    Object.fromEntries(Object.keys(ALARMS).map((id) => [id, choose(id)]));

  test('without any, alarms have none', () => {
    expect(actionsOf(template, 'AlarmActions')).toEqual(ofAll(() => undefined));
    expect(actionsOf(template, 'OKActions')).toEqual(ofAll(() => undefined));
  });

  test.each([
    { name: 'the short form', props: { alarmTopicArn: TOPIC } },
    { name: 'a list', props: { alarms: { actions: [TOPIC] } } },
    { name: 'a CDK action', props: { alarms: { actions: [{ bind: () => ({ alarmActionArn: TOPIC }) }] } } },
  ])('$name informs of every alarm', ({ props }) => {
    const { template: given } = synthesize(props);
    expect(actionsOf(given, 'AlarmActions')).toEqual(ofAll(() => [TOPIC]));
    expect(actionsOf(given, 'OKActions')).toEqual(ofAll(() => undefined));
  });

  test('each severity may have its own, also for the end of alarms', () => {
    const { template: given } = synthesize({
      alarms: {
        actions: { callersAffected: [TOPIC, DESK], lookToday: [DESK] },
        okActions: { callersAffected: [TOPIC] },
      },
    });
    expect(actionsOf(given, 'AlarmActions')).toEqual(
      ofAll((id) => (isCallersAffected(id) ? [TOPIC, DESK] : [DESK])),
    );
    expect(actionsOf(given, 'OKActions')).toEqual(
      ofAll((id) => (isCallersAffected(id) ? [TOPIC] : undefined)),
    );
  });

  test('a topic may be known only at deployment', () => {
    const arn = Fn.importValue('OnCallTopic');
    for (const props of [{ alarmTopicArn: arn }, { alarms: { actions: [arn] } }]) {
      synthesize(props).template.allResourcesProperties(ALARM, {
        AlarmActions: [{ 'Fn::ImportValue': 'OnCallTopic' }],
      });
    }
  });
});

describe('thresholds', () => {
  test('may be others, and the description follows', () => {
    const { template: given } = synthesize({
      alarms: { thresholds: { Lateness: 30_000, DispatchStuck: 300 } },
    });
    const lateness = findResource(given, 'EscalatorAlarmsLateness').Properties;
    expect(lateness.Threshold).toBe(30_000);
    expect(lateness.AlarmDescription).toContain('30 seconds or more too late');
    expect(descriptionOf('DispatchStuck', given)).toContain('No call was made for 5 minutes or more');
    expect(findResource(given, 'EscalatorAlarmsOldPendingChanges').Properties.Threshold).toBe(300);
  });
});

describe('options that cannot be meant are refused', () => {
  const TOPIC = 'arn:aws:sns:eu-central-1:123456789012:on-call';
  test.each<{ message: string; alarms: AlarmOptions; alarmTopicArn?: string }>([
    {
      message: 'alarms.thresholds names "Latenes", and there is no such alarm. Did you mean Lateness?',
      alarms: { thresholds: { Latenes: 1 } },
    },
    {
      message:
        'alarms.thresholds names CallsStopped, which knows only yes and no and has no threshold. Leave it out.',
      alarms: { thresholds: { CallsStopped: 2 } },
    },
    {
      message: 'alarms.thresholds.Lateness is -1. Give a number above 0, such as 10000, the default.',
      alarms: { thresholds: { Lateness: -1 } },
    },
    {
      message: `alarms.actions "on-call" is not the ARN of a standard SNS topic. Pass for example ${TOPIC}`,
      alarms: { actions: ['on-call'] },
    },
    {
      message:
        'alarms.okActions has "urgent", which is no severity. Give a list for all alarms, or lists for ' +
        'callersAffected and lookToday.',
      alarms: { okActions: { urgent: [TOPIC] } as AlarmOptions['okActions'] },
    },
    {
      message:
        'alarms.actions has 6 actions for one alarm, and CloudWatch takes 5. Let one SNS topic inform several ' +
        'subscribers.',
      alarms: { actions: Array(6).fill(TOPIC) },
    },
    {
      message:
        'alarms.runbookUrl "docs/runbook.md" is not an absolute URL without a fragment. Each alarm appends the ' +
        'heading of its section. Pass for example https://wiki.example.com/escalator-runbook',
      alarms: { runbookUrl: 'docs/runbook.md' },
    },
    {
      message:
        'alarmTopicArn and alarms.actions are both given. alarmTopicArn is short for alarms: { actions: [arn] }. ' +
        'Give one of them.',
      alarms: { actions: [TOPIC] },
      alarmTopicArn: TOPIC,
    },
  ])('$message', ({ message, ...props }) => {
    expect(() => synthesize(props)).toThrow(new ConfigError(message));
  });
});

test('there may be no alarms, and then no topic for them', () => {
  expect(synthesize({ alarms: false }).template.findResources(ALARM)).toEqual({});
  expect(() =>
    synthesize({ alarms: false, alarmTopicArn: 'arn:aws:sns:eu-central-1:123456789012:on-call' }),
  ).toThrow('alarmTopicArn and alarms: false are both given.');
});

test('the alarms are members of the construct, by id', () => {
  const stack = new Stack(testApp(), 'UserStack');
  const { alarms } = new ConnectEscalator(stack, 'Escalator', { instanceArns: [INSTANCE] });
  expect(Object.keys(alarms).sort()).toEqual(Object.keys(ALARMS).sort());
  expect(nameOf(stack.getLogicalId(alarms.Lateness?.node.defaultChild as never))).toBe(
    'EscalatorAlarmsLateness',
  );
  expect(
    new ConnectEscalator(new Stack(testApp(), 'S'), 'E', { instanceArns: [INSTANCE], alarms: false }).alarms,
  ).toEqual({});
});
