import { expect, test } from '@jest/globals';
import type { Routing, RoutingUpdate } from '../../../lambda/domain/routing/routing.ts';
import { context } from '../../support/contacts.ts';
import { criteria } from '../../support/criteria.ts';
import { dispatchAll, enqueue, receive, sentUpdates } from '../../support/flow.ts';
import { describeSuccess, MemoryPorts } from '../../support/memory-ports.ts';

/* Criteria that Connect rejects, such as those that name an agent who is gone, hold back nothing else. */

const ROUTE = { routingCriteria: criteria(3) };
const RoutingCriteria = criteria(3);

/** A contact in a Connect that rejects all criteria. */
async function withRejectedCriteria(policy: object): Promise<MemoryPorts> {
  const memory = new MemoryPorts(context({ all: policy }));
  memory.fillQuota();
  memory.updateResult = (_key, { update }) => {
    memory.now += 30;
    return update.RoutingCriteria ? { kind: 'invalid', message: 'no such agent' } : { kind: 'done' };
  };
  await enqueue(memory);
  return memory;
}

test.each<[string, object, RoutingUpdate[]]>([
  [
    'a priority',
    { steps: [{ after: '0s', set: { priority: 2, ...ROUTE } }] },
    [{ QueuePriority: 2, RoutingCriteria }, { QueuePriority: 2 }],
  ],
  [
    'an age',
    { steps: [{ after: '0s', set: { age: '1m', ...ROUTE } }] },
    [{ QueueTimeAdjustmentSeconds: 60, RoutingCriteria }, { QueueTimeAdjustmentSeconds: 60 }],
  ],
  [
    'a priority and the age of a target',
    { target: '5m', steps: [{ after: '0s', set: { priority: 2, ...ROUTE } }] },
    [{ QueuePriority: 2, RoutingCriteria }, { QueuePriority: 2 }, { QueueTimeAdjustmentSeconds: 1_500 }],
  ],
  ['nothing else', { steps: [{ after: '0s', set: ROUTE }] }, [{ RoutingCriteria }]],
])('criteria with %s are sent once, and the rest without them', async (_name, policy, expected) => {
  const memory = await withRejectedCriteria(policy);
  await dispatchAll(memory);
  expect(sentUpdates(memory)).toEqual(expected);
  expect(memory.telemetryLog.filter((line) => line.startsWith('refused'))).toHaveLength(1);
  await receive(memory, { type: 'wake', wakeAt: memory.now });
  await dispatchAll(memory);
  expect(memory.calls).toHaveLength(expected.length);
});

test('a priority that waits for an answer is sent also where its criteria went before, and were rejected', async () => {
  const memory = await withRejectedCriteria({ steps: [{ after: '0s', set: { priority: 2, ...ROUTE } }] });
  memory.describeResult = () => ({ kind: 'unknown', message: 'time-out' });
  await dispatchAll(memory);
  expect(sentUpdates(memory)).toEqual([{ RoutingCriteria }]);
  memory.describeResult = () => describeSuccess({ routing: {}, attributes: {} });
  memory.now += 2_000;
  await receive(memory, { type: 'wake', wakeAt: memory.now });
  await dispatchAll(memory);
  expect(sentUpdates(memory)).toEqual([{ RoutingCriteria }, { QueuePriority: 2 }]);
});

test('an override with such criteria stops no step of the policy', async () => {
  const memory = await withRejectedCriteria({ steps: [{ after: '60s', set: { priority: 2 } }] });
  const set: Routing = { criteria: RoutingCriteria };
  await receive(memory, { type: 'override', id: 'o', at: memory.now, set });
  await dispatchAll(memory);
  memory.now += 60_000;
  await receive(memory, { type: 'wake', wakeAt: memory.now });
  await dispatchAll(memory);
  expect(sentUpdates(memory).at(-1)).toEqual({ QueuePriority: 2 });
});

test('a request without criteria that is invalid is given up as before', async () => {
  const memory = await withRejectedCriteria({ steps: [{ after: '0s', set: { priority: 2, ...ROUTE } }] });
  memory.updateResult = () => {
    memory.now += 30;
    return { kind: 'invalid', message: 'no' };
  };
  await dispatchAll(memory);
  expect(sentUpdates(memory)).toEqual([{ QueuePriority: 2, RoutingCriteria }, { QueuePriority: 2 }]);
  expect(memory.record({ instanceId: 'i-1', contactId: 'c-1' })?.status?.applied.priority).toBe(5);
});

test('a rejection is logged once, although the rest of the routing is throttled at first', async () => {
  const memory = await withRejectedCriteria({ steps: [{ after: '0s', set: { priority: 2, ...ROUTE } }] });
  let throttles = 1;
  memory.updateResult = (_key, { update }) => {
    memory.now += 30;
    if (update.RoutingCriteria) return { kind: 'invalid', message: 'no such agent' };
    return throttles-- > 0 ? { kind: 'throttled' } : { kind: 'done' };
  };
  await dispatchAll(memory);
  expect(sentUpdates(memory).at(-1)).toEqual({ QueuePriority: 2 });
  expect(memory.telemetryLog.filter((line) => line.startsWith('refused'))).toHaveLength(1);
});

test('a rejection is logged once, although the rest of the routing is accepted in the same millisecond', async () => {
  const memory = await withRejectedCriteria({ steps: [{ after: '0s', set: { priority: 2, ...ROUTE } }] });
  memory.updateResult = (_key, { update }) =>
    update.RoutingCriteria ? { kind: 'invalid', message: 'no such agent' } : { kind: 'done' };
  await dispatchAll(memory);
  expect(memory.telemetryLog.filter((line) => line.startsWith('refused'))).toHaveLength(1);
});
