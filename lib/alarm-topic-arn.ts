import { ConfigError } from './config-error.ts';
import type { ParsedInstances } from './instance-arns.ts';

/**
 * Checks the ARN of the SNS topic that receives the alarms. CloudWatch publishes only to topics of its own
 * Region.
 *
 * @param value - such as `arn:aws:sns:eu-central-1:123456789012:on-call`; undefined for no topic.
 * @throws ConfigError if the value is not the ARN of a standard topic in the Region of the instances.
 */
export function parseAlarmTopicArn(
  value: unknown,
  { partition, region, account }: ParsedInstances,
): string | undefined {
  if (value === undefined) return undefined;
  const match = /^arn:aws(?:-[a-z]+)*:sns:([a-z0-9-]+):\d{12}:[\w-]{1,256}$/.exec(String(value));
  const topic = `arn:${partition ?? 'aws'}:sns:${region ?? 'eu-central-1'}:${account ?? '123456789012'}:on-call`;
  const example = `Pass for example -c alarmTopicArn=${topic}`;
  if (typeof value !== 'string' || !match) {
    throw new ConfigError(
      `alarmTopicArn ${JSON.stringify(value)} is not the ARN of a standard SNS topic. ${example}`,
    );
  }
  if (region !== undefined && match[1] !== region) {
    throw new ConfigError(
      `alarmTopicArn ${JSON.stringify(value)} is in ${match[1]}, but the alarms are in ${region} and can ` +
        `only use a topic there. ${example}`,
    );
  }
  return value;
}
