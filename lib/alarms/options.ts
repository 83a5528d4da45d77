import type { IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';
import { type AlarmLocation, parseAlarmTopicArn, parseTopicArn } from '../alarm-topic-arn.ts';
import { ConfigError } from '../config-error.ts';
import type { Severity } from './definition.ts';

/** What an alarm does: an action of the CDK, or the ARN of an SNS topic, which may be a token. */
export type AlarmTarget = IAlarmAction | string;

/** What alarms do: all of them the same, or those of each severity something else. */
export type AlarmTargets =
  | readonly AlarmTarget[]
  | Readonly<Partial<Record<Severity, readonly AlarmTarget[]>>>;

/** How the alarms of the construct report. */
export interface AlarmOptions {
  /**
   * What happens when an alarm rings: a list for all alarms, or `{ callersAffected: […], lookToday: […] }` with a list
   * for each severity. Each entry is an action of the CDK or the ARN of an SNS topic in the Region of the stack; a list
   * has at most five. Default: nothing.
   */
  readonly actions?: AlarmTargets | undefined;
  /** What happens when an alarm ends, in the form of `actions`. Default: nothing. */
  readonly okActions?: AlarmTargets | undefined;
  /**
   * Other thresholds, by the id of the alarm, in the unit that docs/operations.md states: numbers above 0. Alarms that
   * know only yes and no have none.
   */
  readonly thresholds?: Readonly<Record<string, number>> | undefined;
  /**
   * Address of the runbook, to which each alarm appends `#` and the heading of its section. Default: the runbook of this
   * version in the repository of the package.
   */
  readonly runbookUrl?: string | undefined;
}

/** CloudWatch takes no more for one state of an alarm. */
const MAX_ACTIONS = 5;

const SEVERITIES: readonly Severity[] = ['callersAffected', 'lookToday'];

/**
 * The options of the alarms, with those of the short form `alarmTopicArn`; undefined where there are to be no alarms.
 *
 * @throws ConfigError if the short form is invalid, or is given beside what it is short for.
 */
export function alarmOptions(
  {
    alarms,
    alarmTopicArn,
  }: { readonly alarms?: false | AlarmOptions | undefined; readonly alarmTopicArn?: string | undefined },
  location: AlarmLocation,
): AlarmOptions | undefined {
  const topicArn = parseAlarmTopicArn(alarmTopicArn, location);
  if (topicArn !== undefined && (alarms === false || alarms?.actions !== undefined)) {
    throw new ConfigError(
      `alarmTopicArn and ${alarms === false ? 'alarms: false' : 'alarms.actions'} are both given. alarmTopicArn is ` +
        'short for alarms: { actions: [arn] }. Give one of them.',
    );
  }
  if (alarms === false) return undefined;
  return topicArn === undefined ? (alarms ?? {}) : { ...alarms, actions: [topicArn] };
}

/**
 * The actions of a severity, ARNs of topics included.
 *
 * @param name - of the property, for errors.
 * @throws ConfigError for a severity that is not known, an ARN that is none, or more than five actions.
 */
export function actionsFor(
  severity: Severity,
  name: 'actions' | 'okActions',
  targets: AlarmTargets | undefined,
  location: AlarmLocation,
): IAlarmAction[] {
  const bySeverity = isList(targets) ? { [severity]: targets } : (targets ?? {});
  const unknown = Object.keys(bySeverity).find((key) => !SEVERITIES.some((known) => known === key));
  if (unknown !== undefined) {
    throw new ConfigError(
      `alarms.${name} has ${JSON.stringify(unknown)}, which is no severity. Give a list for all alarms, or lists for ` +
        `${SEVERITIES.join(' and ')}.`,
    );
  }
  const chosen = bySeverity[severity] ?? [];
  if (chosen.length > MAX_ACTIONS) {
    throw new ConfigError(
      `alarms.${name} has ${chosen.length} actions for one alarm, and CloudWatch takes ${MAX_ACTIONS}. Let one SNS ` +
        'topic inform several subscribers.',
    );
  }
  return chosen.map((target) => (typeof target === 'string' ? topicAction(name, target, location) : target));
}

function isList(targets: AlarmTargets | undefined): targets is readonly AlarmTarget[] {
  return Array.isArray(targets);
}

function topicAction(name: string, arn: string, location: AlarmLocation): IAlarmAction {
  const alarmActionArn = parseTopicArn(`alarms.${name}`, arn, location);
  return { bind: () => ({ alarmActionArn }) };
}
