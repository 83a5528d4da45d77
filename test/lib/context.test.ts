import { describe, expect, test } from '@jest/globals';
import { App } from 'aws-cdk-lib/core';
import { ConfigError } from '../../lib/config-error.ts';
import { readContext } from '../../lib/context.ts';
import { INSTANCE, OTHER_INSTANCE } from './synthesize.ts';

const read = (context: Record<string, unknown>) => readContext(new App({ context }).node);

test('the properties come from the context', () => {
  expect(
    read({
      instanceArn: `${INSTANCE},${OTHER_INSTANCE}`,
      prefix: '/team/escalator',
      alarmTopicArn: 'arn:aws:sns:eu-central-1:123456789012:on-call',
    }),
  ).toEqual({
    instanceArns: [INSTANCE, OTHER_INSTANCE],
    prefix: '/team/escalator',
    alarmTopicArn: 'arn:aws:sns:eu-central-1:123456789012:on-call',
  });
});

test('only the instance is required, and context of other tools is ignored', () => {
  expect(read({ instanceArn: INSTANCE, 'aws:cdk:bundling-stacks': [], 'cli-telemetry': false })).toEqual({
    instanceArns: [INSTANCE],
    prefix: '/connect-escalator',
    alarmTopicArn: undefined,
  });
});

describe('a misspelt key is rejected', () => {
  test.each([
    ['instanceArns', 'instanceArn'],
    ['instancearn', 'instanceArn'],
    ['Prefix', 'prefix'],
    ['alarmTopicARN', 'alarmTopicArn'],
  ])('%s', (key, suggestion) => {
    expect(() => read({ instanceArn: INSTANCE, [key]: 'x' })).toThrow(
      new ConfigError(`The context key "${key}" is not known. Did you mean "${suggestion}"?`),
    );
  });
});

test('an invalid value is rejected', () => {
  expect(() => read({ instanceArn: INSTANCE, prefix: '/a/' })).toThrow(
    new ConfigError('prefix "/a/" ends with a slash. Pass for example -c prefix=/connect-escalator'),
  );
});
