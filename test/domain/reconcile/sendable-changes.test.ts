import { expect, test } from '@jest/globals';
import { sendableChanges } from '../../../lambda/domain/reconcile/sendable-changes.ts';
import type { AgeAdjustment, Routing } from '../../../lambda/domain/routing/routing.ts';
import { criteria } from '../../support/criteria.ts';

interface Known {
  readonly applied?: Routing;
  readonly unconfirmed?: readonly (keyof Routing)[];
  readonly allowLower?: boolean;
  readonly override?: Routing;
}

const sent = (
  changes: Routing,
  { applied = {}, unconfirmed, allowLower = false, override }: Known,
  how: AgeAdjustment,
) =>
  sendableChanges(
    {
      kind: 'update',
      changes,
      targetRouting: changes,
      status: { queueVisit: 'v', applied, isObserved: false, ...(unconfirmed && { unconfirmed }) },
      decision: {
        generation: 1,
        reason: 'governed',
        desired: changes,
        allowLower,
        ...(override && { override }),
      },
    },
    how,
  );

test.each<[string, changes: Routing, known: Known, absolute: Routing, incremental: Routing]>([
  [
    'a priority on top of a known one',
    { priority: 3 },
    { applied: { priority: 5 } },
    { priority: 3 },
    { priority: 3 },
  ],
  ['no priority on top of an unknown one', { priority: 3 }, {}, {}, {}],
  ['the most urgent priority', { priority: 1 }, {}, { priority: 1 }, { priority: 1 }],
  ['a priority that may lower', { priority: 3 }, { allowLower: true }, { priority: 3 }, { priority: 3 }],
  [
    'a priority of an operator',
    { priority: 3 },
    { override: { priority: 3 } },
    { priority: 3 },
    { priority: 3 },
  ],
  ['no priority beside an age of an operator', { priority: 3 }, { override: { ageSeconds: 9 } }, {}, {}],
  [
    'an age on top of a known one',
    { ageSeconds: 9 },
    { applied: { ageSeconds: 0 } },
    { ageSeconds: 9 },
    { ageSeconds: 9 },
  ],
  ['no age on top of an unknown one', { ageSeconds: 9 }, { applied: { priority: 5 } }, {}, {}],
  [
    'an age that may lower, where none is added',
    { ageSeconds: 9 },
    { allowLower: true },
    { ageSeconds: 9 },
    {},
  ],
  [
    'an age of an operator, where none is added',
    { ageSeconds: 9 },
    { override: { ageSeconds: 9 } },
    { ageSeconds: 9 },
    {},
  ],
  [
    'an age on top of one that is not certain, where none is added',
    { ageSeconds: 9 },
    { applied: { ageSeconds: 0 }, unconfirmed: ['ageSeconds'] },
    { ageSeconds: 9 },
    {},
  ],
  [
    'an age beside a priority that is not certain',
    { ageSeconds: 9 },
    { applied: { ageSeconds: 0 }, unconfirmed: ['priority'] },
    { ageSeconds: 9 },
    { ageSeconds: 9 },
  ],
  ['criteria', { criteria: criteria(3) }, {}, { criteria: criteria(3) }, { criteria: criteria(3) }],
])('%s', (_name, changes, known, absolute, incremental) => {
  expect(sent(changes, known, 'absolute')).toStrictEqual(absolute);
  expect(sent(changes, known, 'incremental')).toStrictEqual(incremental);
});
