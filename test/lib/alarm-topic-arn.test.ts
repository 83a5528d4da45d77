import { describe, expect, test } from '@jest/globals';
import { Fn } from 'aws-cdk-lib/core';
import { parseAlarmTopicArn } from '../../lib/alarm-topic-arn.ts';
import { ConfigError } from '../../lib/config-error.ts';
import { parseInstanceArns } from '../../lib/instance-arns.ts';
import { INSTANCE } from './synthesize.ts';

const INSTANCES = parseInstanceArns(INSTANCE);
const PASS = 'Pass for example -c alarmTopicArn=arn:aws:sns:eu-central-1:123456789012:on-call';

test('a topic in the Region is accepted, in another account too', () => {
  const arn = 'arn:aws:sns:eu-central-1:999999999999:on-call';
  expect(parseAlarmTopicArn(arn, INSTANCES)).toBe(arn);
});

test('what is known only at deployment is accepted: the topic, or the Region of the alarms', () => {
  const arn = Fn.importValue('OnCallTopic');
  expect(parseAlarmTopicArn(arn, INSTANCES)).toBe(arn);
  const elsewhere = 'arn:aws:sns:us-east-1:123456789012:on-call';
  const unknown = { partition: undefined, region: undefined, account: undefined };
  expect(parseAlarmTopicArn(elsewhere, unknown)).toBe(elsewhere);
  expect(() => parseAlarmTopicArn('on-call', unknown)).toThrow(PASS);
});

test('the topic is optional', () => {
  expect(parseAlarmTopicArn(undefined, INSTANCES)).toBeUndefined();
});

describe('a value that is no topic for these alarms is rejected', () => {
  test.each([
    ['on-call', `alarmTopicArn "on-call" is not the ARN of a standard SNS topic. ${PASS}`],
    [
      'arn:aws:sns:eu-central-1:123456789012:on-call.fifo',
      'alarmTopicArn "arn:aws:sns:eu-central-1:123456789012:on-call.fifo" is not the ARN of a ' +
        `standard SNS topic. ${PASS}`,
    ],
    [['a'], `alarmTopicArn ["a"] is not the ARN of a standard SNS topic. ${PASS}`],
    [
      'arn:aws:sns:us-east-1:123456789012:on-call',
      'alarmTopicArn "arn:aws:sns:us-east-1:123456789012:on-call" is in us-east-1, but the alarms are in ' +
        `eu-central-1 and can only use a topic there. ${PASS}`,
    ],
  ])('%s', (value, message) => {
    expect(() => parseAlarmTopicArn(value, INSTANCES)).toThrow(new ConfigError(message));
  });
});
