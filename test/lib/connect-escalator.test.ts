import { describe, expect, test } from '@jest/globals';
import { Template } from 'aws-cdk-lib/assertions';
import { type Environment, Stack } from 'aws-cdk-lib/core';
import { ConfigError, ConnectEscalator } from '../../lib/index.ts';
import { INSTANCE, ownFunctions, testApp } from './synthesize.ts';

function escalatorIn(env?: Environment) {
  const app = testApp();
  const stack = new Stack(app, 'UserStack', env ? { env } : {});
  const escalator = new ConnectEscalator(stack, 'Escalator', { instanceArns: [INSTANCE] });
  return { app, stack, escalator };
}

test('the construct adds no outputs to the stack of its user', () => {
  const { stack, escalator } = escalatorIn({ account: '123456789012', region: 'eu-central-1' });
  const { Outputs, Resources } = Template.fromStack(stack).toJSON();
  expect(Outputs).toBeUndefined();
  expect(Resources[stack.getLogicalId(escalator.ruleMessages.queue.node.defaultChild as never)].Type).toBe(
    'AWS::SQS::Queue',
  );
  expect(escalator.parameters.policyPath).toBe('/connect-escalator/policies');
});

test('the account and Region of the stack may be known only at deployment', () => {
  const { stack } = escalatorIn();
  expect(Object.keys(ownFunctions(Template.fromStack(stack)))).toHaveLength(5);
});

describe('a stack in another account or Region than its instances is rejected at synth', () => {
  const ENV = "Give the stack the env { account: '123456789012', region: 'eu-central-1' }.";

  test.each([
    {
      env: { account: '123456789012', region: 'us-east-1' },
      problem: `The stack is in Region us-east-1, but its Connect instances are in eu-central-1. ${ENV}`,
    },
    {
      env: { account: '999999999999', region: 'eu-central-1' },
      problem: `The stack is in account 999999999999, but its Connect instances are in 123456789012. ${ENV}`,
    },
  ])('$env', ({ env, problem }) => {
    const { app } = escalatorIn(env);
    expect(() => app.synth()).toThrow(
      `Validation failed with the following errors:\n  [UserStack/Escalator] ${problem}`,
    );
  });
});

test('an invalid property is rejected', () => {
  const stack = new Stack(testApp(), 'UserStack');
  expect(
    () => new ConnectEscalator(stack, 'Escalator', { instanceArns: [INSTANCE], prefix: '/aws' }),
  ).toThrow(
    new ConfigError(
      'prefix "/aws" starts with a name that AWS reserves (aws, ssm). ' +
        'Pass for example -c prefix=/connect-escalator',
    ),
  );
});
