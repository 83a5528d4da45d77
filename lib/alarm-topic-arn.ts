import { Token } from 'aws-cdk-lib/core';
import { ConfigError } from './config-error.ts';

/** Where the alarms are, as far as it is known at synth. */
export interface AlarmLocation {
  readonly partition: string | undefined;
  readonly region: string | undefined;
  readonly account: string | undefined;
}

/**
 * Checks the ARN of the SNS topic that receives the alarms. CloudWatch publishes only to topics of its own
 * Region.
 *
 * @param value - such as `arn:aws:sns:eu-central-1:123456789012:on-call`, or a token; undefined for no topic.
 * @throws ConfigError if the value is not the ARN of a standard topic in the Region of the alarms.
 */
export function parseAlarmTopicArn(value: unknown, location: AlarmLocation): string | undefined {
  if (value === undefined) return undefined;
  return parseTopicArn('alarmTopicArn', value, location, '-c alarmTopicArn=');
}

/**
 * Checks the ARN of an SNS topic that a property names. What is known only at deployment is not checked.
 *
 * @param flag - what stands before the ARN in the example of an error.
 * @throws ConfigError as {@link parseAlarmTopicArn}.
 */
export function parseTopicArn(
  property: string,
  value: unknown,
  { partition = 'aws', region, account = '123456789012' }: AlarmLocation,
  flag = '',
): string {
  if (typeof value === 'string' && Token.isUnresolved(value)) return value;
  const match = /^arn:aws(?:-[a-z]+)*:sns:([a-z0-9-]+):\d{12}:[\w-]{1,256}$/.exec(String(value));
  const example = `Pass for example ${flag}arn:${partition}:sns:${region ?? 'eu-central-1'}:${account}:on-call`;
  if (typeof value !== 'string' || !match) {
    throw new ConfigError(
      `${property} ${JSON.stringify(value)} is not the ARN of a standard SNS topic. ${example}`,
    );
  }
  if (region !== undefined && match[1] !== region) {
    throw new ConfigError(
      `${property} ${JSON.stringify(value)} is in ${match[1]}, but the alarms are in ${region} and can ` +
        `only use a topic there. ${example}`,
    );
  }
  return value;
}
