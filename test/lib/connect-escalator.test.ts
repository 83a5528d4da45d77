import { describe, expect, test } from '@jest/globals';
import { Template } from 'aws-cdk-lib/assertions';
import { type Environment, Stack, Stage } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { ConfigError, ConnectEscalator } from '../../lib/index.ts';
import { INSTANCE, OTHER_INSTANCE, ownFunctions, testApp } from './synthesize.ts';

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
  expect(
    Resources[stack.getLogicalId(escalator.ruleMessages.signals.queue.node.defaultChild as never)].Type,
  ).toBe('AWS::SQS::Queue');
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

describe('two systems that share a quota are refused at synth', () => {
  const ELSEWHERE = INSTANCE.replace('eu-central-1', 'us-east-1');
  const inStack = (scope: Construct, id: string, instanceArn: string, prefix?: string) => {
    const [, , , region, account] = instanceArn.split(':');
    const stack = new Stack(scope, id, { env: { account: account ?? '', region: region ?? '' } });
    new ConnectEscalator(stack, 'Escalator', { instanceArns: [instanceArn], prefix });
    return stack;
  };
  const sentence = (one: string, other: string) =>
    `[${one}] ${one} and ${other} share the quota of account 123456789012 in eu-central-1, and each would spend ` +
    'all of it. Use one ConnectEscalator for each account and Region, with all instances in instanceArns.';

  test('in one stack', () => {
    const app = testApp();
    const stack = inStack(app, 'One', INSTANCE);
    new ConnectEscalator(stack, 'Other', { instanceArns: [OTHER_INSTANCE], prefix: '/other' });
    expect(() => app.synth()).toThrow(sentence('One/Escalator', 'One/Other'));
  });

  test('in two stacks, whatever their prefixes', () => {
    const app = testApp();
    inStack(app, 'One', INSTANCE);
    inStack(app, 'Two', OTHER_INSTANCE, '/other');
    expect(() => app.synth()).toThrow(sentence('One/Escalator', 'Two/Escalator'));
  });

  test('in two stages', () => {
    const app = testApp();
    inStack(new Stage(app, 'Test'), 'One', INSTANCE);
    inStack(new Stage(app, 'Live'), 'One', INSTANCE);
    expect(() => app.synth()).toThrow(sentence('Test/One/Escalator', 'Live/One/Escalator'));
  });

  test('but not in two Regions', () => {
    const app = testApp();
    inStack(app, 'One', INSTANCE);
    inStack(app, 'Two', ELSEWHERE);
    expect(() => app.synth()).not.toThrow();
  });
});

describe('at deployment, a second system in an account and Region fails', () => {
  const ID = 'OnlyOneConnectEscalatorInEachAccountAndRegion';
  const NAME = '/connect-escalator-quota/only-one-connect-escalator-in-each-account-and-region';
  const guardOf = (id: string, prefix: string) => {
    const stack = new Stack(testApp(), 'UserStack');
    new ConnectEscalator(stack, id, { instanceArns: [INSTANCE], prefix });
    const { Resources } = Template.fromStack(stack).toJSON();
    return Resources;
  };

  test.each([
    ['Escalator', '/connect-escalator'],
    ['Renamed', '/team/escalator'],
  ])('at a parameter whose name says why, wherever the construct stands: %s with %s', (id, prefix) => {
    const guard = guardOf(id, prefix)[ID];
    expect(guard).toMatchObject({ Type: 'AWS::SSM::Parameter', Properties: { Name: NAME } });
    // It goes with its stack, and makes room for the next.
    expect(guard.DeletionPolicy).toBeUndefined();
  });

  test('before it comes to the parameter that has the prefix in its name', () => {
    const parameters = Object.values<{ Type: string; Properties: { Name: string }; DependsOn?: string[] }>(
      guardOf('Escalator', '/connect-escalator'),
    ).filter(({ Type, Properties }) => Type === 'AWS::SSM::Parameter' && Properties.Name !== NAME);
    expect(parameters.map(({ DependsOn }) => DependsOn)).toEqual([[ID]]);
  });
});
