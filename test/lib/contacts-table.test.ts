import { test } from '@jest/globals';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import { synthesize } from './synthesize.ts';

const TABLE = 'AWS::DynamoDB::GlobalTable';

test('the table has the keys and indexes that the code reads and writes', () => {
  const { template } = synthesize();
  template.resourceCountIs(TABLE, 1);
  template.hasResourceProperties(TABLE, {
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'pendingIn', AttributeType: 'S' },
      { AttributeName: 'urgency', AttributeType: 'S' },
      { AttributeName: 'queuedIn', AttributeType: 'S' },
      { AttributeName: 'queuedAt', AttributeType: 'N' },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'pending',
        KeySchema: [
          { AttributeName: 'pendingIn', KeyType: 'HASH' },
          { AttributeName: 'urgency', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
      {
        IndexName: 'queued',
        KeySchema: [
          { AttributeName: 'queuedIn', KeyType: 'HASH' },
          { AttributeName: 'queuedAt', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['wakeAt'] },
      },
    ],
    TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
  });
});

test('the table is paid by request, encrypted and can be restored to any second', () => {
  synthesize().template.hasResourceProperties(TABLE, {
    BillingMode: 'PAY_PER_REQUEST',
    SSESpecification: { SSEEnabled: true },
    Replicas: [{ PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } }],
  });
});

test('the table outlives its stack', () => {
  synthesize().template.hasResource(TABLE, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
});

test('the table of a try-out goes with its stack', () => {
  synthesize({ tableRemovalPolicy: RemovalPolicy.DESTROY }).template.hasResource(TABLE, {
    DeletionPolicy: 'Delete',
  });
});
