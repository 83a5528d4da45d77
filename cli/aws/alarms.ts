import { CloudWatchClient, type MetricAlarm, paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';
import type { AwsOptions } from '../options/aws.ts';
import { allItems } from './all-items.ts';
import { withClient } from './with-client.ts';

/**
 * The alarms of a deployment.
 *
 * @param prefix - what their names begin with, as the deployment says.
 * @throws what CloudWatch answers.
 */
export async function describeAlarms(prefix: string, options: AwsOptions): Promise<MetricAlarm[]> {
  return withClient(CloudWatchClient, options, (client) =>
    allItems(
      paginateDescribeAlarms({ client }, { AlarmNamePrefix: prefix, AlarmTypes: ['MetricAlarm'] }),
      (page) => page.MetricAlarms,
    ),
  );
}
