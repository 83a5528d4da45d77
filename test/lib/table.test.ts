import { describe, expect, test } from '@jest/globals';
import { AttributeType, ProjectionType, type TablePropsV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import { RemovalPolicy, type Stack } from 'aws-cdk-lib/core';
import { ConfigError } from '../../lib/index.ts';
import { findResource, nameOf, synthesize, synthesizeWith } from './synthesize.ts';

const STRING = AttributeType.STRING;

/** A table as the system needs it. */
const SHAPE: TablePropsV2 = {
  partitionKey: { name: 'pk', type: STRING },
  timeToLiveAttribute: 'ttl',
  globalSecondaryIndexes: [
    {
      indexName: 'pending',
      partitionKey: { name: 'pendingIn', type: STRING },
      sortKey: { name: 'urgency', type: STRING },
    },
    {
      indexName: 'queued',
      partitionKey: { name: 'queuedIn', type: STRING },
      sortKey: { name: 'queuedAt', type: AttributeType.NUMBER },
    },
  ],
};
const [PENDING, QUEUED] = SHAPE.globalSecondaryIndexes ?? [];

const byName = (stack: Stack) => TableV2.fromTableName(stack, 'Existing', 'contacts');

describe('a table that exists', () => {
  test('takes the place of a new one', () => {
    const { template } = synthesizeWith((stack) => ({ table: byName(stack) }));
    expect(template.findResources('AWS::DynamoDB::GlobalTable')).toEqual({});
    for (const component of ['ContactEvents', 'RuleMessages', 'Dispatch', 'PolicyChanges', 'Sweep']) {
      const fn = findResource(template, `Escalator${component}Function`);
      expect(fn.Properties.Environment.Variables.CONTACTS_TABLE).toBe('contacts');
    }
    const { Statement } = findResource(template, 'EscalatorSweepFunctionRoleDefaultPolicy').Properties
      .PolicyDocument;
    const resources = Statement.flatMap(({ Resource }: { Resource: unknown }) => Resource).map(nameOf);
    const arn = 'arn:aws:dynamodb:eu-central-1:123456789012:table/contacts';
    expect(new Set(resources.filter((one: string) => one.includes(':dynamodb:')))).toEqual(
      new Set([arn, `${arn}/index/pending`, `${arn}/index/queued`]),
    );
    const deployment = findResource(template, 'EscalatorDeploymentParameter').Properties.Value;
    expect(JSON.stringify(deployment)).toContain('\\"contactsTable\\":\\"contacts\\"');
  });

  test('may be encrypted with a key, which the functions may use', () => {
    const { template } = synthesizeWith((stack) => ({
      table: TableV2.fromTableAttributes(stack, 'Existing', {
        tableName: 'contacts',
        encryptionKey: Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-central-1:123456789012:key/1'),
      }),
    }));
    expect(JSON.stringify(findResource(template, 'EscalatorSweepFunctionRoleDefaultPolicy'))).toContain(
      'key/1',
    );
  });

  test('is accepted as the system itself defines it', () => {
    const { template } = synthesizeWith((stack) => ({ table: new TableV2(stack, 'Own', SHAPE) }));
    expect(Object.keys(template.findResources('AWS::DynamoDB::GlobalTable')).map(nameOf)).toEqual(['Own']);
  });
});

describe('a table of the app that is not as the system needs it is rejected:', () => {
  test.each<{ name: string; changes: Partial<TablePropsV2>; problem: string }>([
    {
      name: 'another key',
      changes: {
        partitionKey: { name: 'id', type: STRING },
        sortKey: { name: 'at', type: AttributeType.NUMBER },
      },
      problem: 'The key of the table is id (S), at (N); expected pk (S).',
    },
    {
      name: 'an index that is missing',
      changes: { globalSecondaryIndexes: [QUEUED as never] },
      problem: 'The table has no index "pending"; expected one with the keys pendingIn (S), urgency (S).',
    },
    {
      name: 'an index with another type',
      changes: {
        globalSecondaryIndexes: [
          PENDING as never,
          { ...QUEUED, sortKey: { name: 'queuedAt', type: STRING } } as never,
        ],
      },
      problem:
        'The index "queued" has the keys queuedIn (S), queuedAt (S); expected queuedIn (S), queuedAt (N).',
    },
    {
      name: 'an index without an attribute',
      changes: {
        globalSecondaryIndexes: [
          PENDING as never,
          { ...QUEUED, projectionType: ProjectionType.KEYS_ONLY } as never,
        ],
      },
      problem: 'The index "queued" does not project reconcileAt; expected it to.',
    },
    {
      name: 'items that do not expire',
      changes: { timeToLiveAttribute: undefined },
      problem: 'Items of the table do not expire by ttl; expected it as the time-to-live attribute.',
    },
  ])('$name', ({ changes, problem }) => {
    expect(() =>
      synthesizeWith((stack) => ({ table: new TableV2(stack, 'Own', { ...SHAPE, ...changes }) })),
    ).toThrow(problem);
  });
});

test.each([
  { property: 'tableRemovalPolicy', props: { tableRemovalPolicy: RemovalPolicy.DESTROY } },
  { property: 'deletionProtection', props: { deletionProtection: true } },
])('$property is set where the table is defined', ({ property, props }) => {
  expect(() => synthesizeWith((stack) => ({ table: byName(stack), ...props }))).toThrow(
    new ConfigError(
      `${property} is given together with table, which exists already. Set it where the table is defined.`,
    ),
  );
});

test('a table in another Region is rejected', () => {
  const arn = 'arn:aws:dynamodb:us-east-1:123456789012:table/contacts';
  expect(() => synthesizeWith((stack) => ({ table: TableV2.fromTableArn(stack, 'Existing', arn) }))).toThrow(
    'table is in Region us-east-1, but the stack is in eu-central-1. Give one that is there.',
  );
});

test.each([
  { name: 'with the property', deletionProtection: true, found: true },
  { name: 'by default', deletionProtection: undefined, found: undefined },
])('DynamoDB refuses to delete the table $name: $found', ({ deletionProtection, found }) => {
  const { template } = synthesize({ deletionProtection });
  const { Replicas } = findResource(template, 'EscalatorContactsTable').Properties;
  expect(Replicas[0].DeletionProtectionEnabled).toBe(found);
});
