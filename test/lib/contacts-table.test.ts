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
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['reconcileAt'] },
      },
    ],
    TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
  });
});

test('the table is billed per request, encrypted and has point-in-time recovery', () => {
  synthesize().template.hasResourceProperties(TABLE, {
    BillingMode: 'PAY_PER_REQUEST',
    SSESpecification: { SSEEnabled: true },
    Replicas: [{ PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } }],
  });
});

test('the table is retained when the stack is deleted', () => {
  synthesize().template.hasResource(TABLE, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
});

test('the table is deleted with the stack on request', () => {
  synthesize({ tableRemovalPolicy: RemovalPolicy.DESTROY }).template.hasResource(TABLE, {
    DeletionPolicy: 'Delete',
  });
});
