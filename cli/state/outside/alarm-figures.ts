import { parseAlarmDescription } from '../../../lambda/aws/alarm-description.ts';
import { defined } from '../../../lambda/domain/json.ts';
import { describeAlarms } from '../../aws/alarms.ts';
import type { AwsOptions } from '../../options/aws.ts';
import type { AlarmFigures } from './outside-figures.ts';

/**
 * The alarms of a deployment, and those that ring.
 *
 * @param prefix - what their names begin with.
 * @param now - milliseconds since the epoch.
 * @throws what CloudWatch answers.
 */
export async function readAlarmFigures(
  prefix: string,
  options: AwsOptions,
  now: number,
): Promise<AlarmFigures> {
  const alarms = await describeAlarms(prefix, options);
  return {
    readAt: now,
    count: alarms.length,
    ringing: alarms
      .filter(({ StateValue }) => StateValue === 'ALARM')
      .map(
        ({ AlarmName: name = '', AlarmDescription: description, StateTransitionedTimestamp, ...alarm }) => ({
          name,
          ...parseAlarmDescription(description ?? ''),
          ...defined({ since: (StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp)?.getTime() }),
        }),
      ),
  };
}
