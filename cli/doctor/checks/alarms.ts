import type { DeployedResources } from '../../../lambda/aws/deployment.ts';
import { describeAlarms } from '../../aws/alarms.ts';
import { plural } from '../../format.ts';
import type { Examination } from '../examination.ts';
import { failure, ok, type Verdict, warning } from '../finding.ts';

/** The alarms that ring now, and those without anybody to tell. */
export async function checkAlarms(
  { options }: Examination,
  { alarmPrefix }: DeployedResources,
): Promise<Verdict[]> {
  if (alarmPrefix === undefined) return [ok('None: this deployment is without alarms.')];
  const alarms = await describeAlarms(alarmPrefix, options);
  if (alarms.length === 0) {
    return [failure(`There is no alarm with a name like ${alarmPrefix}….`, 'Deploy the stack again.')];
  }
  const ringing = alarms.filter(({ StateValue }) => StateValue === 'ALARM');
  const silenced = alarms.filter(({ ActionsEnabled: enabled, AlarmActions: actions = [] }) => {
    return enabled === false || actions.length === 0;
  });
  return [
    ...ringing.map(({ AlarmName: name, AlarmDescription: description }) =>
      failure(`${name} rings.`, description ?? 'Look at the alarm.'),
    ),
    ...(ringing.length === 0 ? [ok(`None of ${plural(alarms.length, 'alarm')} rings.`)] : []),
    ...(silenced.length > 0
      ? [
          warning(
            `${plural(silenced.length, 'alarm')} would tell nobody.`,
            'Deploy with an SNS topic for the alarms.',
          ),
        ]
      : []),
  ];
}
