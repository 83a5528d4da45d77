import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { planUpdate } from '../../../lambda/domain/reconcile/next-update.ts';
import { criteria } from '../../support/criteria.ts';

describe('the next update', () => {
  test.each([
    ['nothing to change', {}, {}, 'absolute', undefined],
    ['a priority', { priority: 2 }, {}, 'absolute', { update: { QueuePriority: 2 }, sets: { priority: 2 } }],
    [
      'an age',
      { ageSeconds: 90 },
      { ageSeconds: 30 },
      'absolute',
      { update: { QueueTimeAdjustmentSeconds: 90 }, sets: { ageSeconds: 90 } },
    ],
    [
      'an incremental age',
      { ageSeconds: 90 },
      { ageSeconds: 30 },
      'incremental',
      { update: { QueueTimeAdjustmentSeconds: 60 }, sets: { ageSeconds: 90 }, addsToAge: true },
    ],
    [
      'an incremental age on top of none',
      { ageSeconds: 90 },
      {},
      'incremental',
      { update: { QueueTimeAdjustmentSeconds: 90 }, sets: { ageSeconds: 90 }, addsToAge: true },
    ],
    [
      'criteria alone',
      { criteria: criteria(2) },
      {},
      'absolute',
      { update: { RoutingCriteria: criteria(2) }, sets: { criteria: criteria(2) } },
    ],
    [
      'a priority with criteria',
      { priority: 2, criteria: criteria(2) },
      {},
      'absolute',
      {
        update: { QueuePriority: 2, RoutingCriteria: criteria(2) },
        sets: { priority: 2, criteria: criteria(2) },
      },
    ],
    [
      'priority before age',
      { priority: 2, ageSeconds: 60 },
      {},
      'absolute',
      { update: { QueuePriority: 2 }, sets: { priority: 2 } },
    ],
  ] as const)('%s', (_name, changes, applied, ageAdjustment, expected) => {
    expect(planUpdate(changes, applied, ageAdjustment)).toEqual(expected);
  });

  test('never carries priority and age together', () => {
    const changes = fc.record(
      { priority: fc.integer({ min: 1 }), ageSeconds: fc.integer(), criteria: fc.constant(criteria(3)) },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        changes,
        fc.constantFrom('absolute' as const, 'incremental' as const),
        (drawn, ageAdjustment) => {
          const update = planUpdate(drawn, {}, ageAdjustment)?.update ?? {};
          expect('QueuePriority' in update && 'QueueTimeAdjustmentSeconds' in update).toBe(false);
        },
      ),
    );
  });
});
