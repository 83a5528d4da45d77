import { expect, test } from '@jest/globals';
import {
  CONFIGURATION_KEY_PREFIX,
  CUSTOMER_KEY_PREFIX,
  FAN_OUT_KEY_PREFIX,
  IDEMPOTENCY_KEY_PREFIX,
  PENDING_INDEX,
  QUEUE_KEY_PREFIX,
  QUEUED_INDEX,
  QUOTA_KEY,
  SWEEP_KEY,
  TABLE,
} from '../../lambda/aws/table-schema.ts';

/** DynamoDB replaces a table, and makes an index anew, whose keys are called otherwise. */
test('the table and its indexes keep the names of their keys', () => {
  expect([TABLE, PENDING_INDEX, QUEUED_INDEX]).toStrictEqual([
    { partitionKey: 'pk', ttl: 'ttl' },
    { name: 'pending', partitionKey: 'pendingIn', sortKey: 'urgency' },
    { name: 'queued', partitionKey: 'queuedIn', sortKey: 'queuedAt', reconcileAt: 'reconcileAt' },
  ]);
});

test('a new version finds the items that the one before wrote', () => {
  expect({ QUOTA_KEY, SWEEP_KEY, IDEMPOTENCY_KEY_PREFIX }).toStrictEqual({
    QUOTA_KEY: 'quota#routing',
    SWEEP_KEY: 'sweep#position',
    IDEMPOTENCY_KEY_PREFIX: 'idempotency',
  });
  expect([CONFIGURATION_KEY_PREFIX, FAN_OUT_KEY_PREFIX, QUEUE_KEY_PREFIX, CUSTOMER_KEY_PREFIX]).toStrictEqual(
    ['configuration#', 'fan-out#', 'queue#', 'customer#'],
  );
});
