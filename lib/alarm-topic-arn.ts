import { ConfigError } from './config-error.ts';
import type { ConnectInstances } from './instance-arns.ts';

/**
 * Checks the ARN of the SNS topic that alarms are sent to.
 *
 * CloudWatch sends to topics of its own Region only.
 *
 * @param given such as `arn:aws:sns:eu-central-1:123456789012:on-call`; undefined for no topic.
 * @throws ConfigError when it is not the ARN of a standard topic in the Region of the instances.
 */
export function parseAlarmTopicArn(given: unknown, { partition, region, account }: ConnectInstances) {
  if (given === undefined) return undefined;
  const match = /^arn:aws(?:-[a-z]+)*:sns:([a-z0-9-]+):\d{12}:[\w-]{1,256}$/.exec(String(given));
  const example = `Pass for example -c alarmTopicArn=arn:${partition}:sns:${region}:${account}:on-call`;
  if (typeof given !== 'string' || !match) {
    throw new ConfigError(
      `alarmTopicArn ${JSON.stringify(given)} is not the ARN of a standard SNS topic. ${example}`,
    );
  }
  if (match[1] !== region) {
    throw new ConfigError(
      `alarmTopicArn ${JSON.stringify(given)} is in ${match[1]}, but the alarms are in ${region} and can ` +
        `only use a topic there. ${example}`,
    );
  }
  return given;
}
