import { describe, expect, test } from '@jest/globals';
import { isNameDue, withName, withQueueName } from '../../../lambda/domain/queue/queue-name.ts';
import { EMPTY_QUEUE_STATE, endOfState } from '../../../lambda/domain/queue/queue-state.ts';
import { QUEUE_ARN, queuedContact } from '../../support/contacts.ts';

const DAY_MS = 86_400_000;

describe('the name of a queue is looked up', () => {
  test('while it is not known, and never of the queue of an agent', () => {
    expect(isNameDue(QUEUE_ARN, {}, 5)).toBe(true);
    expect(isNameDue(QUEUE_ARN.replace('/queue/', '/queue/agent/'), {}, 5)).toBe(false);
  });

  test.each<[what: string, naming: object, dueAt: number]>([
    ['again after a day', { name: { value: 'Billing', at: 5 } }, 5 + DAY_MS],
    ['again after five minutes where Connect knew no such queue', { name: { at: 5 } }, 5 + 300_000],
    ['again 30 seconds after it failed', { nameFailedAt: 5 }, 5 + 30_000],
    [
      'a day after it succeeded, where it failed long ago',
      { name: { value: 'Billing', at: DAY_MS }, nameFailedAt: 5 },
      2 * DAY_MS,
    ],
  ])('%s', (_what, naming, dueAt) => {
    expect([isNameDue(QUEUE_ARN, naming, dueAt - 1), isNameDue(QUEUE_ARN, naming, dueAt)]).toEqual([
      false,
      true,
    ]);
  });
});

test('the state of a queue is kept for a week after its name was looked up', () => {
  const named = withName({ ...EMPTY_QUEUE_STATE, nameFailedAt: 5 }, 'Billing', 10);
  expect(named).toEqual({ signals: {}, name: { value: 'Billing', at: 10 } });
  expect([endOfState(named, 20), endOfState(EMPTY_QUEUE_STATE, 20)]).toEqual([10 + 7 * DAY_MS, 20]);
  expect(withName(EMPTY_QUEUE_STATE, undefined, 10).name).toEqual({ at: 10 });
});

test('a contact has the name of its queue as far as it is known', () => {
  const record = queuedContact();
  expect(withQueueName(record, QUEUE_ARN, {})).toBe(record);
  const named = withQueueName(record, QUEUE_ARN, { name: { value: 'Billing', at: 5 } });
  expect(named).toEqual({ ...record, queueName: { queueArn: QUEUE_ARN, value: 'Billing' } });
  expect(withQueueName(named, QUEUE_ARN, { name: { value: 'Billing', at: 6 } })).toBe(named);
  expect(withQueueName(named, QUEUE_ARN, { name: { at: 6 } }).queueName).toEqual({ queueArn: QUEUE_ARN });
});
