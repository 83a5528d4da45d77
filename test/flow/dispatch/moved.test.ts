import { expect, test } from '@jest/globals';
import type { ContactRecord } from '../../../lambda/domain/contact/record.ts';
import { dispatchPending } from '../../../lambda/flow/dispatch/dispatch.ts';
import { atSecond, context, INSTANCE, KEY, T0 } from '../../support/contacts.ts';
import { dispatchAll, enqueue, PRIORITY_2, sentUpdates, withPendingChange } from '../../support/flow.ts';
import { MemoryPorts } from '../../support/memory-ports.ts';

test('a contact that was moved while its update was prepared is asked about in the next round', async () => {
  const memory = await withPendingChange();
  let isMoved = false;
  memory.beforeSave = (given) => {
    if (isMoved || !(given as ContactRecord).status?.isObserved) return;
    isMoved = true;
    const stored = memory.items.get('i-1#c-1');
    if (!stored) throw new TypeError('unexpected');
    const queue = { arn: 'arn:aws:connect:eu-central-1:1:instance/i-1/queue/q-2', enqueuedAt: atSecond(1) };
    const facts = { ...stored.record.facts, ...KEY, queue };
    memory.items.set('i-1#c-1', {
      ...stored,
      record: { ...stored.record, facts },
      revision: stored.revision + 1,
    });
  };
  expect(await dispatchAll(memory)).toBe('empty');
  // Nothing is sent for a visit that nobody has decided on.
  expect(sentUpdates(memory)).toEqual([]);
  expect(memory.record(KEY)).not.toHaveProperty('inFlightSince');
  expect(memory.telemetryLog).toEqual([]);
});

test('a contact that was moved, and decided on there, is asked about and served in the same invocation', async () => {
  const memory = await withPendingChange();
  const arn = 'arn:aws:connect:eu-central-1:1:instance/i-1/queue/q-2';
  const queueVisit = `${arn}@${atSecond(1)}`;
  let isMoved = false;
  memory.beforeSave = (given) => {
    if (isMoved || !(given as ContactRecord).status?.isObserved) return;
    isMoved = true;
    const stored = memory.items.get('i-1#c-1');
    if (!stored?.record.decision) throw new TypeError('unexpected');
    const { decision, ...rest } = stored.record;
    const record: ContactRecord = {
      ...rest,
      facts: { ...rest.facts, ...KEY, queue: { arn, enqueuedAt: atSecond(1) } },
      status: { queueVisit, applied: {}, isObserved: false },
      decision: { ...decision, queueVisit },
    };
    memory.items.set('i-1#c-1', { ...stored, record, revision: stored.revision + 1 });
  };
  expect(await dispatchAll(memory)).toBe('empty');
  expect(memory.described).toEqual(['c-1', 'c-1']);
  expect(sentUpdates(memory)).toEqual([{ QueuePriority: 2 }]);
});

test('a contact that DescribeContact does not find, although it waits, is reconciled when it is tried again', async () => {
  const memory = await withPendingChange();
  memory.describeResult = () => ({ kind: 'gone', message: 'not found' });
  memory.sent.length = 0;
  await dispatchAll(memory);
  expect(memory.telemetryLog).toEqual(['closed c-1: not found']);
  expect(memory.sent).toEqual([
    { body: { type: 'wake', ...KEY, wakeAt: new Date(T0 + 10_000).toISOString() }, delaySeconds: 10 },
  ]);
});

test('only instances that the settings name are served', async () => {
  const memory = new MemoryPorts({ ...context(PRIORITY_2, { instances: ['i-2'] }), instances: [INSTANCE] });
  memory.fillQuota();
  memory.configuration = context(PRIORITY_2);
  await enqueue(memory);
  await enqueue(memory, 'c-2', { instanceId: 'i-2' });
  memory.configuration = context(PRIORITY_2, { instances: ['i-2'], checkBeforeFirstChange: false });
  await dispatchPending([KEY], memory.dispatchPorts, memory.now + 60_000);
  expect(memory.calls.map(({ contactId }) => contactId)).not.toContain('c-1');
});

test('the mark of an update in flight is removed with its result', async () => {
  const memory = await withPendingChange();
  const marks: (number | undefined)[] = [];
  memory.updateResult = () => {
    marks.push(memory.record(KEY)?.inFlightSince);
    return { kind: 'done' };
  };
  await dispatchAll(memory);
  expect(marks).toEqual([T0]);
  expect(memory.record(KEY)).not.toHaveProperty('inFlightSince');
});
