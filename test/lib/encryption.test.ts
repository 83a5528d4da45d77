import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { Annotations, Match, type Template } from 'aws-cdk-lib/assertions';
import { Key } from 'aws-cdk-lib/aws-kms';
import { findResource, nameOf, ownFunctions, synthesize, synthesizeWith } from './synthesize.ts';

const withKey = () => synthesizeWith((stack) => ({ encryptionKey: new Key(stack, 'Key') }));

const imported = (region: string) =>
  synthesizeWith((stack) => ({
    encryptionKey: Key.fromKeyArn(stack, 'Key', `arn:aws:kms:${region}:123456789012:key/1`),
  }));

const properties = (template: Template, type: string) =>
  Object.values(template.findResources(type)).map(({ Properties }) => Properties);

test('the key encrypts the table, every queue and every log group', () => {
  const { template } = withKey();
  const [table] = properties(template, 'AWS::DynamoDB::GlobalTable');
  expect(table.SSESpecification).toEqual({ SSEEnabled: true, SSEType: 'KMS' });
  expect(nameOf(table.Replicas[0].SSESpecification.KMSMasterKeyId)).toBe('Key');
  const queues = properties(template, 'AWS::SQS::Queue');
  expect(queues.map(({ KmsMasterKeyId }) => nameOf(KmsMasterKeyId))).toEqual(queues.map(() => 'Key'));
  const logs = properties(template, 'AWS::Logs::LogGroup');
  expect(logs.map(({ KmsKeyId }) => nameOf(KmsKeyId))).toEqual(Array(5).fill('Key'));
});

test('every function may use the key, for its table and queues', () => {
  const { template } = withKey();
  for (const { Properties } of Object.values(ownFunctions(template))) {
    const { Statement } = findResource(template, `${nameOf(Properties.Role)}DefaultPolicy`).Properties
      .PolicyDocument;
    const actions = Statement.filter((one: { Resource: unknown }) =>
      JSON.stringify(one.Resource).includes('"Key'),
    ).flatMap(({ Action }: { Action: string | string[] }) => Action);
    const needed = ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey'];
    expect(needed.filter((action) => !actions.includes(action))).toEqual([]);
  }
});

test('the key lets EventBridge send to the queues, and CloudWatch Logs write, for this account alone', () => {
  const { Statement } = findResource(withKey().template, 'Key').Properties.KeyPolicy;
  expect(Statement).toContainEqual({
    Sid: 'ConnectEscalatorEvents',
    Effect: 'Allow',
    Principal: { Service: 'events.amazonaws.com' },
    Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
    Resource: '*',
    Condition: { StringEquals: { 'aws:SourceAccount': '123456789012' } },
  });
  expect(Statement).toContainEqual({
    Sid: 'ConnectEscalatorLogs',
    Effect: 'Allow',
    Principal: { Service: 'logs.eu-central-1.amazonaws.com' },
    Action: ['kms:Decrypt*', 'kms:Describe*', 'kms:Encrypt*', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
    Resource: '*',
    Condition: {
      ArnLike: {
        'kms:EncryptionContext:aws:logs:arn': 'arn:aws:logs:eu-central-1:123456789012:log-group:*',
      },
    },
  });
});

describe('of a key that is imported', () => {
  // A synth prints the warning.
  beforeEach(() => {
    jest.spyOn(console, 'error').mockImplementation(() => {});
  });

  afterEach(() => {
    jest.restoreAllMocks();
  });

  test('a warning says what its policy must allow, since it cannot be changed', () => {
    const { stack } = imported('eu-central-1');
    const warnings = Annotations.fromStack(stack).findWarning('/UserStack/Escalator', Match.anyValue());
    expect(warnings.map(({ entry }) => entry.data)).toEqual([
      expect.stringMatching(
        /^The policy of encryptionKey cannot be changed from here, .*kms:GenerateDataKey/,
      ),
    ]);
  });

  test('the functions may use it', () => {
    const { template } = imported('eu-central-1');
    expect(JSON.stringify(findResource(template, 'EscalatorSweepFunctionRoleDefaultPolicy'))).toContain(
      '"arn:aws:kms:eu-central-1:123456789012:key/1"',
    );
  });

  test('another Region is rejected', () => {
    expect(() => imported('us-east-1')).toThrow(
      'encryptionKey is in Region us-east-1, but the stack is in eu-central-1. Give one that is there.',
    );
  });
});

test('by default AWS manages the keys', () => {
  const { template } = synthesize();
  expect(template.findResources('AWS::KMS::Key')).toEqual({});
  expect(
    properties(template, 'AWS::SQS::Queue').filter(({ SqsManagedSseEnabled }) => !SqsManagedSseEnabled),
  ).toEqual([]);
});
