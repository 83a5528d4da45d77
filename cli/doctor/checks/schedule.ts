import { GetScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import type { DeployedResources } from '../../../lambda/aws/deployment.ts';
import { withClient } from '../../aws/with-client.ts';
import type { Examination } from '../examination.ts';
import { failure, ok, type Verdict } from '../finding.ts';

/** Whether the schedule of the sweep exists and is enabled. */
export async function checkSchedule(
  { options }: Examination,
  { schedule }: DeployedResources,
): Promise<Verdict> {
  return withClient(SchedulerClient, options, async (client) => {
    try {
      const { State: state } = await client.send(new GetScheduleCommand({ Name: schedule }));
      if (state === 'ENABLED') return ok('The sweep is scheduled every minute.');
      return failure(
        `The schedule of the sweep, ${schedule}, is ${state?.toLowerCase()}: lost messages are not recovered.`,
        'Enable it in the console of EventBridge Scheduler.',
      );
    } catch (error) {
      if ((error as Error).name !== 'ResourceNotFoundException') throw error;
      return failure(`The schedule of the sweep, ${schedule}, does not exist.`, 'Deploy the stack again.');
    }
  });
}
