import { Alarm, ComparisonOperator } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { formatAlarmDescription } from '../../lambda/aws/alarm-description.ts';
import { closestMatch } from '../../lambda/domain/validation/suggestion.ts';
import type { AlarmLocation } from '../alarm-topic-arn.ts';
import { ConfigError } from '../config-error.ts';
import { parseRunbookUrl } from '../runbook-url.ts';
import { changeAlarms } from './changes.ts';
import { deadLetterAlarms } from './dead-letters.ts';
import { type AlarmDefinition, type AlarmSubjects, SEVERITY_TEXTS } from './definition.ts';
import { functionAlarms } from './functions.ts';
import { type AlarmOptions, actionsFor } from './options.ts';
import { silenceAlarms } from './silence.ts';

interface AlarmsProps extends AlarmSubjects {
  readonly location: AlarmLocation;
  readonly options: AlarmOptions;
}

/** The definitions of all alarms, by id. */
function alarmDefinitions(subjects: AlarmSubjects) {
  return {
    ...deadLetterAlarms(subjects),
    ...changeAlarms(),
    ...functionAlarms(subjects),
    ...silenceAlarms(subjects),
  };
}

/** The id of an alarm, such as `DispatchStuck`. The runbook and docs/operations.md explain each. */
export type AlarmId = keyof ReturnType<typeof alarmDefinitions>;

/** The alarms of the system. Each description states the severity, the meaning and the section of the runbook. */
export class Alarms extends Construct {
  /** The alarms by id. */
  readonly byId: Readonly<Record<AlarmId, Alarm>>;
  /** The alarms by severity. */
  readonly bySeverity: Readonly<Record<AlarmDefinition['severity'], readonly Alarm[]>>;

  /** @throws ConfigError if an option is invalid. */
  constructor(scope: Construct, id: string, { location, options, ...subjects }: AlarmsProps) {
    super(scope, id);
    const definitions: Record<string, AlarmDefinition> = alarmDefinitions(subjects);
    const thresholds = checkedThresholds(options.thresholds ?? {}, definitions);
    const runbookUrl = parseRunbookUrl(options.runbookUrl);
    const actions = (name: 'actions' | 'okActions') => ({
      callersAffected: actionsFor('callersAffected', name, options[name], location),
      lookToday: actionsFor('lookToday', name, options[name], location),
    });
    const alarmActions = actions('actions');
    const okActions = actions('okActions');
    const create = (alarmId: string, definition: AlarmDefinition) => {
      const alarm = this.#createAlarm(alarmId, definition, thresholds[alarmId], runbookUrl);
      alarm.addAlarmAction(...alarmActions[definition.severity]);
      alarm.addOkAction(...okActions[definition.severity]);
      return alarm;
    };
    const created = Object.entries(definitions).map(([alarmId, definition]) => ({
      alarmId,
      severity: definition.severity,
      alarm: create(alarmId, definition),
    }));
    const ofSeverity = (severity: AlarmDefinition['severity']) =>
      created.filter((entry) => entry.severity === severity).map(({ alarm }) => alarm);
    this.byId = Object.fromEntries(created.map(({ alarmId, alarm }) => [alarmId, alarm])) as Record<
      AlarmId,
      Alarm
    >;
    this.bySeverity = { callersAffected: ofSeverity('callersAffected'), lookToday: ofSeverity('lookToday') };
  }

  #createAlarm(
    id: string,
    { severity, metric, threshold: normal, evaluation, meaning, runbookAnchor }: AlarmDefinition,
    otherThreshold: number | undefined,
    runbookUrl: string,
  ): Alarm {
    const threshold = otherThreshold ?? (normal === 'yes' ? 1 : normal);
    const text = typeof meaning === 'string' ? meaning : meaning(threshold);
    return new Alarm(this, id, {
      metric,
      threshold,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: evaluation.periods,
      datapointsToAlarm: evaluation.datapoints,
      treatMissingData: evaluation.missingData,
      alarmDescription: formatAlarmDescription({
        meaning: `${SEVERITY_TEXTS[severity]}. ${text}`,
        runbookUrl: `${runbookUrl}#${runbookAnchor}`,
      }),
    });
  }
}

function checkedThresholds(
  thresholds: Readonly<Record<string, number>>,
  definitions: Readonly<Record<string, AlarmDefinition>>,
): Readonly<Record<string, number>> {
  for (const [id, value] of Object.entries(thresholds)) {
    const definition = Object.hasOwn(definitions, id) ? definitions[id] : undefined;
    if (!definition) {
      const suggestion = closestMatch(id, Object.keys(definitions));
      throw new ConfigError(
        `alarms.thresholds names ${JSON.stringify(id)}, and there is no such alarm. ` +
          (suggestion
            ? `Did you mean ${suggestion}?`
            : `The alarms are ${Object.keys(definitions).join(', ')}.`),
      );
    }
    if (definition.threshold === 'yes') {
      throw new ConfigError(
        `alarms.thresholds names ${id}, which knows only yes and no and has no threshold. Leave it out.`,
      );
    }
    if (!Number.isFinite(value) || value <= 0) {
      throw new ConfigError(
        `alarms.thresholds.${id} is ${JSON.stringify(value)}. Give a number above 0, such as ${definition.threshold}, the default.`,
      );
    }
  }
  return thresholds;
}
