import { describe, expect, test } from '@jest/globals';
import { Template } from 'aws-cdk-lib/assertions';
import { CfnInstance } from 'aws-cdk-lib/aws-connect';
import { Aws, CfnParameter, Fn, Stack } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ConfigError, ConnectEscalator, ConnectEscalatorStack } from '../../lib/index.ts';
import { findResource, INSTANCE, testApp } from './synthesize.ts';

const ENV = { account: '123456789012', region: 'eu-central-1' };

function connectInstance(stack: Stack): CfnInstance {
  return new CfnInstance(stack, 'Instance', {
    identityManagementType: 'CONNECT_MANAGED',
    attributes: { inboundCalls: true, outboundCalls: false },
  });
}

/** The stack of a user whose escalator gets its ARN from there. */
function escalatorWith(arnIn: (stack: Stack) => string) {
  const stack = new Stack(testApp(), 'UserStack', { env: ENV });
  new ConnectEscalator(stack, 'Escalator', { instanceArns: [arnIn(stack)] });
  return { stack, template: Template.fromStack(stack) };
}

/** The id of an instance whose ARN is a value of the template. */
const idOf = (arn: unknown) => ({ 'Fn::Select': [1, { 'Fn::Split': ['/', arn] }] });

describe.each([
  {
    name: 'the attribute of an instance of the same stack',
    arnIn: (stack: Stack) => connectInstance(stack).attrArn,
    arn: { 'Fn::GetAtt': ['Instance', 'Arn'] },
  },
  {
    name: 'an import',
    arnIn: () => Fn.importValue('InstanceArn'),
    arn: { 'Fn::ImportValue': 'InstanceArn' },
  },
  {
    name: 'a parameter of the template',
    arnIn: (stack: Stack) => new CfnParameter(stack, 'InstanceArn').valueAsString,
    arn: { Ref: 'InstanceArn' },
  },
])('an ARN may be $name:', ({ arnIn, arn }) => {
  test('the rules match the events of the instance', () => {
    const { template } = escalatorWith(arnIn);
    const suffix = { 'Fn::Join': ['', [':instance/', idOf(arn)]] };
    for (const rule of ['EscalatorContactEvents', 'EscalatorRuleMessagesRuleEvents']) {
      const [first] = findResource(template, rule).Properties.EventPattern.detail.$or;
      expect(first.instanceArn).toEqual([{ suffix }]);
    }
  });

  test('the functions have the id of the instance', () => {
    const { template } = escalatorWith(arnIn);
    for (const component of ['ContactEvents', 'RuleMessages', 'Dispatch', 'Sweep']) {
      const { Variables } = findResource(template, `Escalator${component}Function`).Properties.Environment;
      expect(Variables.INSTANCE_IDS).toEqual(idOf(arn));
    }
  });

  test('dispatch may update the contacts of the instance', () => {
    const { template } = escalatorWith(arnIn);
    const { Statement } = findResource(template, 'EscalatorDispatchFunctionRoleDefaultPolicy').Properties
      .PolicyDocument;
    expect(Statement).toContainEqual({
      Effect: 'Allow',
      Action: ['connect:DescribeContact', 'connect:UpdateContactRoutingData'],
      Resource: { 'Fn::Join': ['', [arn, '/contact/*']] },
    });
  });

  test('the parameter of the deployment has the id of the instance', () => {
    const { template } = escalatorWith(arnIn);
    const { Value } = findResource(template, 'EscalatorDeploymentParameter').Properties;
    expect(JSON.stringify(Value)).toContain(JSON.stringify(idOf(arn)));
  });

  test('cdk-nag finds nothing', () => {
    const { stack } = escalatorWith(arnIn);
    expect(new AwsSolutionsChecks().validateScope(stack).violations).toEqual([]);
  });
});

test('an ARN may be that of an instance in another stack', () => {
  const app = testApp();
  const instance = connectInstance(new Stack(app, 'Instances', { env: ENV }));
  const stack = new ConnectEscalatorStack(app, 'ConnectEscalator', {
    env: ENV,
    instanceArns: [instance.attrArn],
  });
  const { Variables } = findResource(Template.fromStack(stack), 'EscalatorSweepFunction').Properties
    .Environment;
  expect(Object.keys(Variables.INSTANCE_IDS)).toEqual(['Fn::Select']);
  expect(new AwsSolutionsChecks().validateScope(stack).violations).toEqual([]);
});

test('an ARN may have tokens between its colons, and the rest is known at synth', () => {
  const app = testApp();
  const arn = INSTANCE.replace('123456789012', Aws.ACCOUNT_ID).replace('arn:aws:', `arn:${Aws.PARTITION}:`);
  const stack = new ConnectEscalatorStack(app, 'ConnectEscalator', { instanceArns: [arn] });
  expect(stack.region).toBe('eu-central-1');
  const { Variables } = findResource(Template.fromStack(stack), 'EscalatorSweepFunction').Properties
    .Environment;
  expect(Variables.INSTANCE_IDS).toBe('11111111-2222-3333-4444-555555555555');
});

test('policies and settings are read in the account and Region of the stack', () => {
  const app = testApp();
  const stack = new ConnectEscalatorStack(app, 'ConnectEscalator', { instanceArns: [Fn.importValue('Arn')] });
  const { Statement } = findResource(Template.fromStack(stack), 'EscalatorSweepFunctionRoleDefaultPolicy')
    .Properties.PolicyDocument;
  expect(Statement).toContainEqual({
    Effect: 'Allow',
    Action: 'ssm:GetParametersByPath',
    Resource: {
      'Fn::Join': [
        '',
        [
          'arn:',
          { Ref: 'AWS::Partition' },
          ':ssm:',
          { Ref: 'AWS::Region' },
          ':',
          { Ref: 'AWS::AccountId' },
          ':parameter/connect-escalator',
        ],
      ],
    },
  });
});

describe('what is known at synth is checked beside tokens:', () => {
  const inStack = (...instanceArns: string[]) => {
    const app = testApp();
    new ConnectEscalatorStack(app, 'ConnectEscalator', { env: ENV, instanceArns });
    return app;
  };

  test('a malformed ARN', () => {
    expect(() => inStack(Fn.importValue('Arn'), 'x')).toThrow(
      new ConfigError(
        `instanceArn "x" is not an ARN. Pass the ARN of the instance: instanceArns: ['${INSTANCE}']`,
      ),
    );
  });

  test('a part of an ARN', () => {
    expect(() => inStack(`arn:aws:sqs:eu-central-1:${Aws.ACCOUNT_ID}:instance/x`)).toThrow(
      /its service is "sqs", not connect; .*its resource is "instance\/x"/,
    );
  });

  test('the Region of an ARN and that of the stack', () => {
    const arn = `arn:aws:connect:us-east-1:${Aws.ACCOUNT_ID}:${INSTANCE.split(':').at(-1)}`;
    expect(() => inStack(arn).synth()).toThrow(
      'The stack is in Region eu-central-1, but its Connect instances are in us-east-1. ' +
        "Give the stack the env { region: 'us-east-1' }.",
    );
  });

  test('a list whose length is not known', () => {
    const stack = new Stack(testApp(), 'UserStack');
    const { valueAsList } = new CfnParameter(stack, 'Arns', { type: 'CommaDelimitedList' });
    expect(() => new ConnectEscalator(stack, 'Escalator', { instanceArns: valueAsList })).toThrow(
      new ConfigError(
        'instanceArns is a list whose length is known only at deployment. Pass each ARN as an element of its own, ' +
          'such as Fn.select(0, list)',
      ),
    );
  });
});
