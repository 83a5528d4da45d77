import { expect, test } from '@jest/globals';
import type { ContactRecord } from '../../../lambda/domain/contact/record.ts';
import { applyPlan } from '../../../lambda/domain/reconcile/apply-plan.ts';
import { indexEntries } from '../../../lambda/domain/reconcile/index-entries.ts';
import { plan } from '../../../lambda/domain/reconcile/plan.ts';
import { atSecond, context, QUEUE_ARN, queuedContact, T0 } from '../../support/contacts.ts';

const CONTEXT = context(
  { all: { steps: [{ after: '0s', set: { priority: 1 } }] } },
  { checkBeforeFirstChange: false },
);
const unsentEvents = [{ at: T0, detail: {} }] as unknown as NonNullable<ContactRecord['unsentEvents']>;
const decided = (changes: object = {}) => {
  const record = { ...queuedContact(), ...changes };
  return applyPlan(record, plan(record, CONTEXT, atSecond(5)), CONTEXT.settings, atSecond(5));
};
const entriesOf = (record: ContactRecord, now = atSecond(5)) => indexEntries(record, now, 'absolute');

test('a change goes before unsent events, which are found once it is made', () => {
  const record = decided({ unsentEvents });
  expect(Object.keys(entriesOf(record)).sort()).toEqual(['pending', 'queued']);
  const { facts, ...left } = record;
  const done = { ...left, facts: { ...(facts as NonNullable<typeof facts>), disconnectedAt: atSecond(6) } };
  expect(Object.keys(entriesOf(done))).toEqual(['unsent']);
});

test('a change that failed waits for its next attempt', () => {
  const record = decided();
  const failed = { ...record, status: { ...record.status, retryAt: atSecond(9) } as ContactRecord['status'] };
  expect(entriesOf(failed)).not.toHaveProperty('pending');
  expect(entriesOf(failed, atSecond(9))).toHaveProperty('pending');
  expect(entriesOf(failed).queued).toEqual({ queueArn: QUEUE_ARN, enqueuedAt: T0, reconcileAt: atSecond(9) });
});

test('an agent’s own queue has one form', () => {
  const queue = { arn: QUEUE_ARN.replace('/queue/', '/queue/agent/'), enqueuedAt: T0 };
  expect(entriesOf(queuedContact({ queue })).queued?.queueArn).toBe(QUEUE_ARN);
});
