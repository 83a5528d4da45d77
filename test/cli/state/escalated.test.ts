import { expect, test } from '@jest/globals';
import { compareUrgency, isEscalated, shadowUrgency } from '../../../cli/state/escalated.ts';
import type { RoutingStatus } from '../../../lambda/domain/contact/routing-status.ts';

const status = (more: Partial<RoutingStatus>): RoutingStatus => ({
  queueVisit: 'v',
  applied: {},
  isObserved: true,
  ...more,
});

test.each<[string, boolean, RoutingStatus | undefined]>([
  ['of which nothing is known', false, undefined],
  ['with the priority of its flow', false, status({ applied: { priority: 3 }, initial: { priority: 3 } })],
  [
    'that is more urgent than its flow made it',
    true,
    status({ applied: { priority: 2 }, initial: { priority: 3 } }),
  ],
  ['that is more urgent than the default', true, status({ applied: { priority: 4 } })],
  [
    'that is less urgent than its flow made it',
    false,
    status({ applied: { priority: 5 }, initial: { priority: 3 } }),
  ],
  ['with an age', true, status({ applied: { priority: 5, ageSeconds: 60 } })],
  ['with less priority and an age', false, status({ applied: { priority: 6, ageSeconds: 60 } })],
  [
    'that kept its route',
    false,
    status({ applied: { criteria: [] as never }, initial: { criteria: [] as never } }),
  ],
  [
    'with another route',
    true,
    status({ applied: { criteria: [{}] as never }, initial: { criteria: [] as never } }),
  ],
])('a contact %s is escalated: %s', (_name, expected, given) => {
  expect(isEscalated(given ? { status: given } : {})).toBe(expected);
});

test('a policy that observes starts from what the flow has set', () => {
  const initial = { priority: 3, ageSeconds: 20 };
  expect(shadowUrgency({ status: status({ initial }) }, { wouldSet: { ageSeconds: 60 } })).toEqual({
    priority: 3,
    ageSeconds: 60,
  });
  expect(shadowUrgency({}, { wouldSet: { priority: 1 } })).toEqual({ priority: 1, ageSeconds: 0 });
});

test('priority comes before age, and a greater age is more urgent', () => {
  const urgencies = [
    { priority: 5, ageSeconds: 0 },
    { priority: 5, ageSeconds: 60 },
    { priority: 1, ageSeconds: -60 },
  ];
  expect(urgencies.toSorted(compareUrgency).map(({ ageSeconds }) => ageSeconds)).toEqual([-60, 60, 0]);
});
