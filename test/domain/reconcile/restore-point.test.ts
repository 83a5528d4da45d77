import { describe, expect, test } from '@jest/globals';
import type { Decision } from '../../../lambda/domain/contact/decision.ts';
import { queueVisitId } from '../../../lambda/domain/contact/facts.ts';
import type { ContactRecord } from '../../../lambda/domain/contact/record.ts';
import type { RoutingStatus } from '../../../lambda/domain/contact/routing-status.ts';
import { dropReachedRestorePoint } from '../../../lambda/domain/reconcile/restore-point.ts';
import type { Routing } from '../../../lambda/domain/routing/routing.ts';
import { queuedContact, T0 } from '../../support/contacts.ts';
import { criteria } from '../../support/criteria.ts';

const VISIT = queueVisitId(queuedContact().facts) ?? '';

function record(status: Partial<RoutingStatus>, decision: Partial<Decision> | undefined): ContactRecord {
  return {
    ...queuedContact(),
    status: { queueVisit: VISIT, applied: { priority: 4 }, isObserved: true, ...status },
    ...(decision && {
      decision: {
        queueVisit: VISIT,
        generation: 3,
        reason: 'governed',
        desired: {},
        allowLower: false,
        ...decision,
      },
    }),
  };
}

describe('the restore point of an override that has ended', () => {
  const restorePoint = { priority: 4 };
  const rejected = { at: T0, generation: 3, request: {}, message: 'no' };

  test.each<[string, Partial<RoutingStatus>, Partial<Decision> | undefined, isKept: boolean]>([
    ['is dropped once it is applied', { restorePoint }, {}, false],
    ['stays until it is applied', { restorePoint, applied: { priority: 1 } }, {}, true],
    ['stays while it is not certain', { restorePoint, unconfirmed: ['priority'] }, {}, true],
    ['stays where Connect rejects it', { restorePoint, rejected }, {}, true],
    ['stays while nothing is done for the contact', { restorePoint }, { reason: 'paused' }, true],
    ['stays while nothing is decided', { restorePoint }, undefined, true],
  ])('%s', (_name, status, decision, isKept) => {
    const given = record(status, decision);
    const after = dropReachedRestorePoint(given);
    if (isKept) expect(after).toBe(given);
    else expect(after.status).not.toHaveProperty('restorePoint');
  });

  test('is none where there was none', () => {
    const given = record({}, {});
    expect(dropReachedRestorePoint(given)).toBe(given);
  });
});

describe('while an override holds, the restore point', () => {
  const override = { priority: 1 };

  test.each<[string, desired: Routing, status: Partial<RoutingStatus>, restored: Routing]>([
    [
      'has what the policy has raised beside it',
      { ageSeconds: 60 },
      { applied: { priority: 1, ageSeconds: 60 }, restorePoint: { priority: 4, ageSeconds: 0 } },
      { priority: 4, ageSeconds: 60 },
    ],
    [
      'has nothing of what is not applied yet',
      { ageSeconds: 60 },
      { applied: { priority: 1, ageSeconds: 0 }, restorePoint: { priority: 4, ageSeconds: 0 } },
      { priority: 4, ageSeconds: 0 },
    ],
    [
      'has nothing of what is not certain',
      { ageSeconds: 60 },
      {
        applied: { priority: 1, ageSeconds: 60 },
        restorePoint: { priority: 4, ageSeconds: 0 },
        unconfirmed: ['ageSeconds'],
      },
      { priority: 4, ageSeconds: 0 },
    ],
    [
      'has nothing of the override',
      {},
      { applied: { priority: 1 }, restorePoint: { priority: 4 } },
      { priority: 4 },
    ],
  ])('%s', (_name, desired, status, restored) => {
    const after = dropReachedRestorePoint(record(status, { desired, override }));
    expect(after.status?.restorePoint).toStrictEqual(restored);
  });
});

test('while an override of the age holds, the restore point has the priority and criteria that the policy has set', () => {
  const raised = { priority: 2, criteria: criteria(3) };
  const restorePoint = { priority: 4, ageSeconds: 0 };
  const status = { applied: { ...raised, ageSeconds: 900 }, restorePoint };
  const after = dropReachedRestorePoint(record(status, { desired: raised, override: { ageSeconds: 900 } }));
  expect(after.status?.restorePoint).toStrictEqual({ ...raised, ageSeconds: 0 });
});
