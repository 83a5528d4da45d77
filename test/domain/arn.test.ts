import { describe, expect, test } from '@jest/globals';
import { arnId, plainName, QUEUE_ARN } from '../../lambda/domain/arn.ts';

const INSTANCE = 'arn:aws:connect:eu-central-1:123456789012:instance/i-1';

describe('the id in an ARN', () => {
  test.each([
    [`${INSTANCE}/queue/q-1`, 'queue', 'q-1'],
    [`${INSTANCE}/queue/agent/u-1`, 'queue', 'u-1'],
    [`${INSTANCE}/agent/agent`, 'agent', 'agent'],
    [`${INSTANCE}/agent/agent/x`, 'agent', 'x'],
    [`${INSTANCE}/queue/q-1`, 'instance', 'i-1'],
    ['queue/q-1', 'queue', 'q-1'],
    [`${INSTANCE}/queue/`, 'queue', undefined],
    [`${INSTANCE}/queue/agent/`, 'queue', undefined],
    [`${INSTANCE}/queue/agent`, 'queue', undefined],
    [INSTANCE, 'queue', undefined],
    ['', 'queue', undefined],
  ])('%s of the kind %s is %s', (arn, kind, id) => {
    expect(arnId(arn, kind)).toBe(id);
  });
});

test.each([
  [' q-1 ', 'q-1'],
  ['Billing', 'Billing'],
  ['AAAAAAAA-2222-3333-4444-555555555555', 'aaaaaaaa-2222-3333-4444-555555555555'],
  [
    'arn:aws::connect:eu-central-1:1:instance/AAAAAAAA-2222-3333-4444-555555555555/queue/BBBBBBBB-2222-3333-4444-555555555555',
    'arn:aws:connect:eu-central-1:1:instance/aaaaaaaa-2222-3333-4444-555555555555/queue/bbbbbbbb-2222-3333-4444-555555555555',
  ],
  ['arn:aws-us-gov::connect:x', 'arn:aws-us-gov:connect:x'],
])('the one form of the name or ARN %j is %j', (name, plain) => {
  expect(plainName(name)).toBe(plain);
});

describe('the ARN of a queue', () => {
  test.each([`${INSTANCE}/queue/q-1`, `${INSTANCE}/queue/agent/u-1`, `${INSTANCE}/queue/agents`])(
    'is %s, with its Region and instance',
    (arn) => {
      expect(QUEUE_ARN.exec(arn)?.slice(1)).toEqual(['eu-central-1', 'i-1']);
    },
  );

  test.each([
    INSTANCE,
    `${INSTANCE}/queue/`,
    `${INSTANCE}/queue/agent`,
    `${INSTANCE}/agent/u-1`,
    `x${INSTANCE}/queue/q`,
  ])('is not %s', (arn) => {
    expect(QUEUE_ARN.test(arn)).toBe(false);
  });
});
