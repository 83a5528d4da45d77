import {
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type GraphWidgetProps,
  type IMetric,
  type IWidget,
  LogQueryWidget,
  MathExpression,
  SingleValueWidget,
  Stats,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Duration, Token } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Alarms } from '../alarms/alarms.ts';
import type { AlarmSubjects } from '../alarms/definition.ts';
import { ConfigError } from '../config-error.ts';
import type { EscalatorFunction } from '../escalator-function.ts';
import { type OwnMetricName, ownMetric } from '../metrics.ts';
import { CHANGES_BY_POLICY, CONFIGURATION, CONTACTS_BY_POLICY, LATENESS_BY_PRIORITY } from './queries.ts';

/** How the dashboard of the construct looks. */
export interface DashboardOptions {
  /** Its name: letters, digits, `-` and `_`, at most 255. Default: a name that CloudFormation gives. */
  readonly name?: string | undefined;
  /** The time that it shows when it is opened. Default: three hours. */
  readonly interval?: Duration | undefined;
}

interface OperationsDashboardProps extends AlarmSubjects {
  readonly options: DashboardOptions;
  /** Undefined where the construct has no alarms. */
  readonly alarms: Alarms | undefined;
  /** Address of the runbook. */
  readonly runbookUrl: string;
}

const MINUTE = Duration.minutes(1);
const DEFAULT_INTERVAL = Duration.hours(3);
const FULL_WIDTH = 24;
const HALF_WIDTH = FULL_WIDTH / 2;
const THIRD_WIDTH = FULL_WIDTH / 3;
const HEIGHT = 6;

/**
 * What an operator wants to see first: alarms, who waits and what is pending, calls against the quota, lateness, failures,
 * and what policies did. It shows metrics that exist anyway, and queries the logs when it is opened.
 */
export class OperationsDashboard extends Dashboard {
  /** @throws ConfigError if the name is invalid. */
  constructor(scope: Construct, id: string, props: OperationsDashboardProps) {
    const { name, interval = DEFAULT_INTERVAL } = props.options;
    super(scope, id, {
      ...(name === undefined ? {} : { dashboardName: checkedName(name) }),
      defaultInterval: interval,
    });
    this.addWidgets(
      new TextWidget({
        width: FULL_WIDTH,
        height: 1,
        markdown: `**connect-escalator** · [what each alarm means, and what to do](${props.runbookUrl})`,
      }),
    );
    if (props.alarms) this.addWidgets(...alarmWidgets(props.alarms));
    this.addWidgets(...workWidgets());
    this.addWidgets(...latenessWidgets(props));
    this.addWidgets(...policyWidgets(props));
    this.addWidgets(...eventWidgets(props));
    this.addWidgets(...failureWidgets(props));
    this.addWidgets(...configurationWidgets(props));
  }
}

function checkedName(name: string): string {
  if (!Token.isUnresolved(name) && !/^[\w-]{1,255}$/.test(name)) {
    throw new ConfigError(
      `dashboard.name ${JSON.stringify(name)} is not a name of a dashboard: letters, digits, - and _, at most 255. ` +
        'Pass for example connect-escalator',
    );
  }
  return name;
}

function alarmWidgets({ bySeverity }: Alarms): IWidget[] {
  const status = (title: string, alarms: (typeof bySeverity)['lookToday']) =>
    new AlarmStatusWidget({ title, alarms: [...alarms], width: HALF_WIDTH, height: 5 });
  return [
    status('Callers are affected', bySeverity.callersAffected),
    status('Look today', bySeverity.lookToday),
  ];
}

/** Who waits, what is due, and whether calls keep up with it. */
function workWidgets(): IWidget[] {
  return [
    graph('Waiting and pending', {
      left: [own('waitingContacts', 'waiting contacts'), own('pendingChanges', 'pending changes')],
      leftYAxis: { label: 'contacts', min: 0, showUnits: false },
      right: [
        own('oldestPendingAge', 'age of the oldest change'),
        own('stuckSeconds', 'changes due without a call'),
      ],
      rightYAxis: { label: 'seconds', min: 0, showUnits: false },
    }),
    graph('Calls a minute, against the quota', {
      left: [
        math('updates that the settings allow', 'rate * 60', { rate: minutely('updateRate') }),
        math('calls', 'SUM([applied, rejected, throttled, unknown])', {
          applied: minutely('changesApplied'),
          rejected: minutely('rejectedChanges'),
          throttled: minutely('throttledCalls'),
          unknown: minutely('unknownOutcomes'),
        }),
        own('rejectedChanges', 'of which rejected'),
        own('throttledCalls', 'of which throttled'),
        own('unknownOutcomes', 'of which with an unknown outcome'),
      ],
      leftYAxis: { label: 'calls', min: 0, showUnits: false },
    }),
  ];
}

function latenessWidgets({ dispatch }: AlarmSubjects): IWidget[] {
  const lateness = (statistic: string, label: string) =>
    ownMetric('lateness', { period: MINUTE, statistic, label });
  return [
    graph('Lateness of changes', {
      left: [
        lateness(Stats.percentile(50), 'median'),
        lateness(Stats.percentile(95), 'p95'),
        lateness(Stats.MAXIMUM, 'maximum'),
      ],
      leftYAxis: { label: 'milliseconds', min: 0, showUnits: false },
    }),
    logTable('Lateness by priority', LATENESS_BY_PRIORITY, [dispatch.function]),
  ];
}

function policyWidgets({ contactEvents, ruleMessages, dispatch }: AlarmSubjects): IWidget[] {
  // Any of them may learn first what became of a change, or that a contact has left.
  const recorders = [contactEvents, ruleMessages, dispatch].map(({ function: fn }) => fn);
  return [
    logTable('Contacts that each policy governed', CONTACTS_BY_POLICY, recorders),
    logTable('Changes of each policy', CHANGES_BY_POLICY, recorders),
  ];
}

function eventWidgets({ contactEvents, ruleMessages, dispatch }: AlarmSubjects): IWidget[] {
  const age = (label: string, { queue }: Pick<typeof dispatch, 'queue'>) =>
    queue.metricApproximateAgeOfOldestMessage({ period: MINUTE, label });
  return [
    graph('Contact events', {
      left: [contactEvents.function.metricInvocations({ period: MINUTE, label: 'events' })],
      leftYAxis: { label: 'events', min: 0, showUnits: false },
      right: [
        contactEvents.function.metric('AsyncEventAge', {
          period: MINUTE,
          statistic: Stats.MAXIMUM,
          label: 'age of the oldest',
        }),
      ],
      rightYAxis: { label: 'milliseconds', min: 0, showUnits: false },
      width: THIRD_WIDTH,
    }),
    graph('Age of the oldest message', {
      left: [
        age('signals', ruleMessages.signals),
        age("operators' messages", ruleMessages.operators),
        age('wake-ups', ruleMessages.wakeUps),
        age('dispatch', dispatch),
      ],
      leftYAxis: { label: 'seconds', min: 0, showUnits: false },
      width: THIRD_WIDTH,
    }),
    graph('What the sweep found', {
      left: [own('overdueWakeUps', 'overdue wake-ups')],
      leftYAxis: { label: 'contacts', min: 0, showUnits: false },
      right: [
        ownMetric('waitingContacts', { period: MINUTE, statistic: Stats.SAMPLE_COUNT, label: 'sweeps' }),
      ],
      rightYAxis: { label: 'sweeps a minute', min: 0, showUnits: false },
      width: THIRD_WIDTH,
    }),
  ];
}

function failureWidgets(subjects: AlarmSubjects): IWidget[] {
  const { contactEvents, ruleMessages, dispatch, policyChanges, sweep } = subjects;
  const functions = Object.entries({ contactEvents, ruleMessages, dispatch, policyChanges, sweep });
  const { signals, operators, wakeUps } = ruleMessages;
  const withDeadLetters = Object.entries({
    contactEvents,
    signals,
    operators,
    wakeUps,
    dispatch,
    policyChanges,
  });
  return [
    graph('Throttles', {
      left: [
        own('throttledCalls', 'calls of Connect'),
        ...functions.map(([name, { function: fn }]) =>
          fn.metricThrottles({ period: MINUTE, label: `function ${name}` }),
        ),
      ],
      leftYAxis: { label: 'a minute', min: 0, showUnits: false },
      width: THIRD_WIDTH,
    }),
    graph('Failures', {
      left: [
        own('failedMessages', 'rule messages'),
        own('failedContacts', 'contacts in dispatch'),
        own('unansweredQuestions', 'DescribeContact'),
        ...functions.map(([name, { function: fn }]) =>
          fn.metricErrors({ period: MINUTE, label: `function ${name}` }),
        ),
      ],
      leftYAxis: { label: 'a minute', min: 0, showUnits: false },
      width: THIRD_WIDTH,
    }),
    graph('Dead letters', {
      left: withDeadLetters.map(([name, { deadLetterQueue }]) =>
        deadLetterQueue.metricApproximateNumberOfMessagesVisible({ period: MINUTE, label: name }),
      ),
      leftYAxis: { label: 'messages', min: 0, showUnits: false },
      width: THIRD_WIDTH,
    }),
  ];
}

function configurationWidgets({ policyChanges, sweep }: AlarmSubjects): IWidget[] {
  return [
    new SingleValueWidget({
      title: 'Configuration',
      metrics: [
        own('invalidPolicies', 'refused parameters'),
        own('callsStopped', 'calls are stopped (1) or not (0)'),
      ],
      width: THIRD_WIDTH,
      height: HEIGHT,
    }),
    logTable(
      'Published and refused',
      CONFIGURATION,
      [policyChanges.function, sweep.function],
      FULL_WIDTH - THIRD_WIDTH,
    ),
  ];
}

function own(name: OwnMetricName, label: string): IMetric {
  return ownMetric(name, { period: MINUTE, label });
}

function minutely(name: OwnMetricName): IMetric {
  return ownMetric(name, { period: MINUTE });
}

function math(label: string, expression: string, usingMetrics: Record<string, IMetric>): IMetric {
  return new MathExpression({ label, expression, usingMetrics, period: MINUTE });
}

function graph(title: string, props: Omit<GraphWidgetProps, 'title'>): GraphWidget {
  return new GraphWidget({ title, width: HALF_WIDTH, height: HEIGHT, ...props });
}

function logTable(
  title: string,
  queryLines: string[],
  functions: readonly EscalatorFunction[],
  width = HALF_WIDTH,
): LogQueryWidget {
  const logGroupNames = functions.map(
    ({ logGroup }: { readonly logGroup: ILogGroup }) => logGroup.logGroupName,
  );
  return new LogQueryWidget({ title, logGroupNames, queryLines, width, height: HEIGHT });
}
