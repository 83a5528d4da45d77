import { describe, expect, test } from '@jest/globals';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { ManagedPolicy, PermissionsBoundary } from 'aws-cdk-lib/aws-iam';
import {
  App,
  PermissionsBoundary as Boundary,
  CliCredentialsStackSynthesizer,
  Fn,
  Stage,
  Tags,
} from 'aws-cdk-lib/core';
import { ConnectEscalatorStack, type ConnectEscalatorStackProps } from '../../lib/index.ts';
import { INSTANCE, ownFunctions, synthesize, testApp } from './synthesize.ts';

const ENV = { account: '123456789012', region: 'eu-central-1' };
const OTHER_ENV = { account: '999999999999', region: 'us-east-1' };

function stackWith(props: Partial<ConnectEscalatorStackProps>, scope = testApp()) {
  return new ConnectEscalatorStack(scope, 'ConnectEscalator', { instanceArns: [INSTANCE], ...props });
}

describe('the properties of a stack pass through:', () => {
  test('name, description, tags and termination protection', () => {
    const stack = stackWith({
      stackName: 'contact-centre',
      description: 'Of the contact centre.',
      tags: { team: 'voice' },
      terminationProtection: true,
    });
    expect(stack.stackName).toBe('contact-centre');
    expect(stack.templateOptions.description).toBe('Of the contact centre.');
    expect(stack.terminationProtection).toBe(true);
    expect(stack.tags.tagValues()).toEqual({ team: 'voice' });
  });

  test('the synthesizer', () => {
    const { synthesizer } = stackWith({ synthesizer: new CliCredentialsStackSynthesizer() });
    expect(synthesizer).toBeInstanceOf(CliCredentialsStackSynthesizer);
  });

  test('the permissions boundary', () => {
    const { template } = synthesize({ permissionsBoundary: Boundary.fromName('team') });
    expect(Object.values(boundaries(template))).toEqual(Array(7).fill(expect.anything()));
  });

  test('without them, the description is that of the system', () => {
    const { description } = stackWith({ description: undefined }).templateOptions;
    expect(description).toBe('Raises the urgency of waiting Amazon Connect contacts.');
  });
});

describe('the account and Region are', () => {
  test('those of env', () => {
    const { account, region } = stackWith({ env: OTHER_ENV, instanceArns: [Fn.importValue('Arn')] });
    expect({ account, region }).toEqual(OTHER_ENV);
  });

  test('those of the stage', () => {
    const stage = new Stage(testApp(), 'Test', { env: OTHER_ENV });
    const stack = new ConnectEscalatorStack(stage, 'Stack', { instanceArns: [Fn.importValue('Arn')] });
    expect({ account: stack.account, region: stack.region }).toEqual(OTHER_ENV);
  });

  test('those of the instances where neither states them', () => {
    const { account, region } = stackWith({ env: { region: 'eu-central-1' } });
    expect({ account, region }).toEqual(ENV);
  });

  test('not silently others than those of the instances', () => {
    const app = testApp();
    const stage = new Stage(app, 'Test', { env: { ...ENV, region: 'us-east-1' } });
    new ConnectEscalatorStack(stage, 'Stack', { instanceArns: [INSTANCE] });
    expect(() => app.synth()).toThrow(
      'The stack is in Region us-east-1, but its Connect instances are in eu-central-1.',
    );
  });
});

/** The permissions boundary of each role. */
function boundaries(template: Template): Record<string, unknown> {
  const roles = Object.entries(template.findResources('AWS::IAM::Role'));
  return Object.fromEntries(roles.map(([id, { Properties }]) => [id, Properties.PermissionsBoundary]));
}

test('a permissions boundary applies to every role, that of the CDK included', () => {
  const stack = stackWith({});
  PermissionsBoundary.of(stack).apply(ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'team'));
  const found = Object.values(boundaries(Template.fromStack(stack)));
  expect(found).toHaveLength(7);
  expect(found.filter((boundary) => boundary === undefined)).toEqual([]);
});

test('tags reach what holds data or costs money', () => {
  const stack = stackWith({});
  Tags.of(stack).add('team', 'voice');
  const template = Template.fromStack(stack);
  const tag = Match.arrayWith([{ Key: 'team', Value: 'voice' }]);
  template.allResourcesProperties('AWS::SQS::Queue', { Tags: tag });
  template.allResourcesProperties('AWS::Logs::LogGroup', { Tags: tag });
  template.hasResourceProperties('AWS::DynamoDB::GlobalTable', {
    Replicas: [Match.objectLike({ Tags: tag })],
  });
  const own = Object.values(ownFunctions(template));
  expect(own.map(({ Properties }) => Properties.Tags)).toEqual(
    Array(5).fill([{ Key: 'team', Value: 'voice' }]),
  );
});

describe('stages of one app', () => {
  const inStages = () => {
    const app = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
    return Object.entries({ Test: ENV, Production: OTHER_ENV }).map(([name, env]) => {
      const stage = new Stage(app, name, { env });
      const instanceArns = [INSTANCE.replace(ENV.region, env.region).replace(ENV.account, env.account)];
      return new ConnectEscalatorStack(stage, 'Escalator', { instanceArns, prefix: `/${name}` });
    });
  };

  test('have a stack each', () => {
    const names = inStages().map(({ stackName }) => stackName);
    expect(names).toEqual(['Test-Escalator', 'Production-Escalator']);
  });

  test('do not meet in a name: CloudFormation names every resource but the parameters of the prefix and of the quota', () => {
    const [test] = inStages();
    const { Resources } = Template.fromStack(test as ConnectEscalatorStack).toJSON();
    const named = Object.values<{ Type: string; Properties?: Record<string, unknown> }>(Resources).flatMap(
      ({ Type, Properties = {} }) =>
        Object.entries(Properties)
          .filter(([key]) => NAMES.includes(key) && !isReference(Properties[key]))
          .map(([, name]) => ({ Type, name })),
    );
    // The names of saved queries begin with that of the stack.
    expect(named.filter(({ name }) => !String(name).startsWith('Test-Escalator/'))).toEqual([
      { Type: 'AWS::SSM::Parameter', name: '/Test/deployment' },
      {
        Type: 'AWS::SSM::Parameter',
        name: '/connect-escalator-quota/only-one-connect-escalator-in-each-account-and-region',
      },
    ]);
  });
});

/** The properties that name a resource. */
const NAMES = [
  ...['Name', 'TableName', 'QueueName', 'FunctionName', 'RoleName', 'PolicyName'],
  ...['LogGroupName', 'AlarmName', 'DashboardName', 'TopicName', 'GroupName', 'ManagedPolicyName'],
];

/** Whether a value refers to another resource, or names an inline policy, which is a name within its role. */
function isReference(value: unknown): boolean {
  return typeof value !== 'string' || value.includes('RoleDefaultPolicy');
}
