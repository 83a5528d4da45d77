import { describe, expect, test } from '@jest/globals';
import type { Decision } from '../../../lambda/domain/contact/decision.ts';
import { queueVisitId } from '../../../lambda/domain/contact/facts.ts';
import type { ContactRecord } from '../../../lambda/domain/contact/record.ts';
import { forgottenStatus, type RoutingStatus } from '../../../lambda/domain/contact/routing-status.ts';
import { FUNCTION_TIMEOUT_SECONDS, LATE_UPDATE_MS } from '../../../lambda/domain/deployment-constants.ts';
import { without } from '../../../lambda/domain/json.ts';
import { nextUpdate, type UpdateAttempt } from '../../../lambda/domain/reconcile/next-update.ts';
import {
  applyUpdateResult,
  markInFlight,
  type UpdateResult,
} from '../../../lambda/domain/reconcile/update-result.ts';
import { queuedContact, T0 } from '../../support/contacts.ts';

const NOW = T0 + 10_000;
const CUT = T0 - (T0 % 1_000);
const VISIT = queueVisitId(queuedContact().facts) ?? '';
const ARN = queuedContact().facts?.queue?.arn ?? '';

const ATTEMPT: UpdateAttempt = {
  update: { QueuePriority: 2 },
  sets: { priority: 2 },
  queueVisit: VISIT,
  generation: 3,
  previous: { applied: { priority: 5 } },
};

const DECISION: Decision = {
  queueVisit: VISIT,
  generation: 3,
  reason: 'governed',
  desired: { priority: 2 },
  allowLower: false,
};

/** A contact whose change was sent. */
const inFlight = (changes: Partial<ContactRecord> = {}): ContactRecord =>
  markInFlight(
    {
      ...queuedContact(),
      decision: DECISION,
      status: { queueVisit: VISIT, applied: { priority: 5 }, isObserved: true },
      ...changes,
    },
    ATTEMPT,
    NOW,
  );
const resultOf = (result: UpdateResult, record = inFlight(), attempt = ATTEMPT) =>
  applyUpdateResult(record, attempt, result, NOW);
const texts = ({ history }: ContactRecord) => history.map(({ text }) => text);

const RESULTS: UpdateResult[] = [
  { kind: 'done' },
  { kind: 'throttled' },
  { kind: 'denied', message: 'no' },
  { kind: 'unknown', message: 'time-out' },
  { kind: 'conflict', message: 'busy' },
  { kind: 'invalid', message: 'bad' },
];

describe('the history after the result of an update', () => {
  test.each<[UpdateResult, string[]]>([
    [{ kind: 'done' }, ['applied {"QueuePriority":2}']],
    [{ kind: 'throttled' }, []],
    [{ kind: 'denied', message: 'no' }, []],
    [{ kind: 'unknown', message: 'time-out' }, ['result unknown of {"QueuePriority":2}: time-out']],
    [{ kind: 'conflict', message: 'busy' }, ['conflict at {"QueuePriority":2}']],
    [{ kind: 'invalid', message: 'bad' }, ['rejected {"QueuePriority":2}: bad']],
    [{ kind: 'gone', message: 'not found' }, ['closed: not found']],
  ])('%j', (result, lines) => {
    expect(texts(resultOf(result))).toEqual(lines);
  });
});

test.each(RESULTS)('a result ($kind) for another visit changes nothing', (result) => {
  const moved = {
    ...queuedContact(),
    decision: DECISION,
    status: { queueVisit: 'other@1', applied: { priority: 4 }, isObserved: true },
  };
  expect(markInFlight(moved, ATTEMPT, NOW)).toBe(moved);
  expect(resultOf(result, moved)).toBe(moved);
  const { status: _status, ...without } = moved;
  expect(markInFlight(without, ATTEMPT, NOW)).toBe(without);
  expect(resultOf(result, without)).toBe(without);
});

test.each(RESULTS)(
  'a result ($kind) for the visit by its name before the exact time was known counts',
  (result) => {
    const attempt = { ...ATTEMPT, queueVisit: `${ARN}@${CUT}` };
    const facts = queuedContact({ approximateQueue: { arn: ARN, enqueuedAt: CUT } }).facts;
    const record = { ...inFlight(), facts };
    expect(resultOf(result, record, attempt)).toEqual({ ...resultOf(result), facts });
  },
);

test.each(['throttled', 'denied'] as const)(
  'an update that was %s leaves no trace, also of an override',
  (kind) => {
    const status = {
      queueVisit: VISIT,
      applied: { priority: 1 },
      isObserved: true,
      restorePoint: { priority: 4 },
      unconfirmed: ['criteria' as const],
    };
    const before = { ...queuedContact(), decision: DECISION, status };
    const attempt = nextUpdate(
      {
        kind: 'update',
        changes: { priority: 2 },
        targetRouting: { priority: 2 },
        status,
        decision: { ...DECISION, override: { priority: 2 } },
      },
      'absolute',
    ) as UpdateAttempt;
    const sent = markInFlight(before, attempt, NOW);
    expect(sent.status).not.toEqual(status);
    expect(resultOf({ kind, message: 'no' } as UpdateResult, sent, attempt)).toEqual(before);
  },
);

test.each<[string, Partial<RoutingStatus>]>([
  ['had the same routing accepted', { unconfirmed: undefined as never }],
  ['set the same routing under an override', { restorePoint: { priority: 5 } }],
])('a throttled update takes back nothing where another one %s meanwhile', (_name, since) => {
  const sent = inFlight();
  const status = { ...sent.status, ...since } as RoutingStatus;
  expect(resultOf({ kind: 'throttled' }, { ...sent, status }).status).toStrictEqual(status);
});

describe('a contact that is gone', () => {
  const gone: UpdateResult = { kind: 'gone', message: 'not found', cause: 'other-region' };

  test('is closed for the visit that the update was for, and the update counts as not sent', () => {
    const closed = resultOf(gone);
    expect(closed).toMatchObject({
      closedAt: NOW,
      closure: { cause: 'other-region', queueVisit: VISIT, count: 1 },
      status: { applied: { priority: 5 } },
    });
    expect(closed.status).not.toHaveProperty('unconfirmed');
  });

  test('is closed for that visit also where it is in another one by now', () => {
    // In the new visit, an update of the same kind is in flight.
    const status = { ...inFlight().status, queueVisit: 'other@1' } as RoutingStatus;
    const closed = resultOf(gone, { ...queuedContact(), status });
    expect(closed).toMatchObject({ closure: { queueVisit: VISIT } });
    expect(closed.status).toStrictEqual(status);
  });
});

test.each<[string, UpdateAttempt['sets'], object]>([
  ['of criteria', { criteria: { Steps: [] } } as UpdateAttempt['sets'], { onlyCriteria: true }],
  ['of a priority', { priority: 2 }, {}],
])('a rejection %s says whether criteria are the cause', (_name, sets, more) => {
  const attempt = { ...ATTEMPT, sets };
  const record = resultOf({ kind: 'invalid', message: 'no' }, inFlight(), attempt);
  expect(record.status?.rejected).toStrictEqual({
    at: NOW,
    generation: 3,
    request: attempt.update,
    message: 'no',
    ...more,
  });
});

describe('an update that was accepted', () => {
  test.each([{}, { onlyCriteria: true as const }])('ends a closing and a rejection of before: %j', (part) => {
    const status = {
      queueVisit: VISIT,
      applied: { priority: 5 },
      isObserved: true,
      attempts: 2,
      rejected: { at: 1, generation: 2, request: {}, message: 'm', ...part },
    };
    const record = resultOf(
      { kind: 'done' },
      inFlight({ closure: { cause: 'not-found', count: 2 }, status }),
    );
    expect(record).not.toHaveProperty('closure');
    expect(record.status).toEqual({ queueVisit: VISIT, applied: { priority: 2 }, isObserved: true });
  });

  test('without the criteria that were rejected before leaves these rejected', () => {
    const rejected = { at: 1, generation: 3, request: {}, message: 'm', onlyCriteria: true as const };
    const status = { queueVisit: VISIT, applied: { priority: 5 }, isObserved: true, rejected };
    expect(resultOf({ kind: 'done' }, inFlight({ status })).status).toStrictEqual({
      queueVisit: VISIT,
      applied: { priority: 2 },
      isObserved: true,
      rejected,
    });
  });

  test('leaves nothing unconfirmed of what is not known any more', () => {
    const status = { queueVisit: VISIT, applied: {}, isObserved: false, isForgotten: true as const };
    const record = resultOf({ kind: 'done' }, { ...inFlight(), status });
    expect(record.status).toStrictEqual(status);
  });

  test('leaves unconfirmed what another update set', () => {
    const status = {
      queueVisit: VISIT,
      applied: { priority: 5, ageSeconds: 300 },
      isObserved: true,
      unconfirmed: ['ageSeconds' as const],
    };
    expect(resultOf({ kind: 'done' }, inFlight({ status })).status?.unconfirmed).toEqual(['ageSeconds']);
  });
});

describe('an update that conflicts', () => {
  const conflicted = (conflicts: number | undefined, generation = 3) =>
    resultOf(
      { kind: 'conflict', message: 'busy' },
      inFlight({
        decision: { ...DECISION, generation },
        status: { queueVisit: VISIT, applied: { priority: 5 }, isObserved: true, conflicts },
      }),
    ).status;

  test.each([
    [undefined, 1],
    [3, 4],
  ])('after %p conflicts is tried again', (conflicts, expected) => {
    expect(conflicted(conflicts)).toMatchObject({ conflicts: expected, attempts: 1, retryAt: NOW + 1_000 });
  });

  test('for the fifth time is given up', () => {
    expect(conflicted(4)).toEqual({
      queueVisit: VISIT,
      applied: { priority: 5 },
      isObserved: true,
      rejected: { at: NOW, generation: 3, request: { QueuePriority: 2 }, message: 'busy' },
    });
  });

  test('delays nothing that is desired since', () => {
    expect(conflicted(undefined, 4)).toEqual({
      queueVisit: VISIT,
      applied: { priority: 5 },
      isObserved: true,
    });
  });
});

test('an unknown result delays what was desired then, and nothing that is desired since', () => {
  const unknown: UpdateResult = { kind: 'unknown', message: 'time-out' };
  expect(resultOf(unknown).status).toMatchObject({
    attempts: 1,
    retryAt: NOW + 1_000,
    unconfirmed: ['priority'],
  });
  const since = resultOf(unknown, inFlight({ decision: { ...DECISION, generation: 4 } })).status;
  expect(since).not.toHaveProperty('retryAt');
  expect(since).toMatchObject({ applied: { priority: 2 }, unconfirmed: ['priority'] });
});

describe('an update under an override', () => {
  const attempt: UpdateAttempt = { ...ATTEMPT, override: { priority: 2 } };
  const marked = (status: ContactRecord['status'], given = attempt) =>
    markInFlight({ ...queuedContact(), decision: DECISION, status }, given, NOW).status;
  const before = { queueVisit: VISIT, applied: { priority: 5, ageSeconds: 60 }, isObserved: true };

  test('keeps what was applied before it', () => {
    expect(marked(before)).toMatchObject({
      applied: { priority: 2, ageSeconds: 60 },
      restorePoint: { priority: 5, ageSeconds: 60 },
      unconfirmed: ['priority'],
    });
  });

  test('keeps what was applied before the first of them', () => {
    const restorePoint = { priority: 7 };
    expect(marked({ ...before, restorePoint })?.restorePoint).toEqual(restorePoint);
  });

  test('restores later what its policy sets meanwhile', () => {
    const age = { ...attempt, sets: { ageSeconds: 120 }, update: { QueueTimeAdjustmentSeconds: 120 } };
    expect(marked(before, age)?.restorePoint).toEqual({ priority: 5, ageSeconds: 120 });
  });

  test('that changed nothing leaves no restore point', () => {
    const record = markInFlight({ ...queuedContact(), decision: DECISION, status: before }, attempt, NOW);
    const throttled = applyUpdateResult(
      record,
      { ...attempt, previous: { applied: before.applied } },
      { kind: 'throttled' },
      NOW,
    );
    expect(throttled.status).toEqual(before);
  });
});

describe('where ages add up', () => {
  const before = { queueVisit: VISIT, applied: { priority: 5, ageSeconds: 60 }, isObserved: true };
  const decision = { ...DECISION, desired: { ageSeconds: 90 } };
  const work = {
    kind: 'update' as const,
    changes: { ageSeconds: 90 },
    targetRouting: { ageSeconds: 90 },
    status: before,
    decision,
  };
  const attempt = nextUpdate(work, 'incremental') as UpdateAttempt;
  const sent = markInFlight({ ...queuedContact(), decision, status: before }, attempt, NOW);
  const settlesAt = NOW + LATE_UPDATE_MS;

  test('an age in flight settles after the longest time in which Connect may apply it', () => {
    expect(sent.status).toMatchObject({ unconfirmed: ['ageSeconds'], ageSettlesAt: settlesAt });
    expect(LATE_UPDATE_MS).toBeGreaterThan(FUNCTION_TIMEOUT_SECONDS.dispatch * 1_000);
    const absolute = nextUpdate(work, 'absolute') as UpdateAttempt;
    const priority = nextUpdate({ ...work, changes: { priority: 2 } }, 'incremental') as UpdateAttempt;
    for (const other of [absolute, priority]) {
      expect(markInFlight(sent, other, NOW).status?.ageSettlesAt).toBe(settlesAt);
      expect(markInFlight({ ...sent, status: before }, other, NOW).status).not.toHaveProperty('ageSettlesAt');
    }
  });

  test.each<[UpdateResult, Partial<RoutingStatus>]>([
    [{ kind: 'done' }, { applied: { priority: 5, ageSeconds: 90 } }],
    [{ kind: 'throttled' }, {}],
    [{ kind: 'denied', message: 'no' }, {}],
  ])('it is settled once the result is known: %j', (result, changes) => {
    expect(resultOf(result, sent, attempt).status).toStrictEqual({ ...before, ...changes });
  });

  test('where an earlier version marked it, it is tried again as any other update', () => {
    const marked = { ...sent, status: without(sent.status as RoutingStatus, 'ageSettlesAt') };
    const priority = nextUpdate({ ...work, changes: { priority: 2 } }, 'incremental') as UpdateAttempt;
    const result = { kind: 'unknown' as const, message: 'under way', isUncalled: true as const };
    const { retryAt } = resultOf(result, marked, priority).status as RoutingStatus;
    expect(retryAt).toBeGreaterThan(NOW);
    expect(resultOf(result, marked, attempt).status?.retryAt).toBe(retryAt);
  });

  test('it stays open where another update is accepted', () => {
    const priority = nextUpdate({ ...work, changes: { priority: 2 } }, 'incremental') as UpdateAttempt;
    const both = markInFlight(sent, priority, NOW + 1);
    expect(resultOf({ kind: 'done' }, both, priority).status).toMatchObject({
      unconfirmed: ['ageSeconds'],
      ageSettlesAt: settlesAt,
    });
  });

  test('it stays open where another update fails, or is accepted after another Region had the contact', () => {
    const priority = nextUpdate(
      { ...work, status: sent.status as RoutingStatus, changes: { priority: 2 } },
      'incremental',
    ) as UpdateAttempt;
    const both = markInFlight(sent, priority, NOW + 1);
    expect(resultOf({ kind: 'throttled' }, both, priority).status).toStrictEqual(sent.status);
    const forgotten = { ...sent, status: forgottenStatus(sent.status as RoutingStatus) };
    const again = markInFlight(forgotten, priority, NOW + 1);
    expect(resultOf({ kind: 'done' }, again, priority).status).toMatchObject({ ageSettlesAt: settlesAt });
  });

  test('it stays open where another age was sent since: either may be in effect', () => {
    const overtaken = {
      ...sent,
      status: { ...sent.status, applied: { priority: 5, ageSeconds: 120 } } as RoutingStatus,
    };
    expect(resultOf({ kind: 'done' }, overtaken, attempt).status).toMatchObject({
      unconfirmed: ['ageSeconds'],
      ageSettlesAt: settlesAt,
    });
  });

  test('an unknown result is asked about only then', () => {
    const unknown = { kind: 'unknown' as const, message: 'time-out' };
    expect(resultOf(unknown, sent, attempt).status).toMatchObject({ attempts: 1, retryAt: settlesAt });
    // A back-off that is longer stays.
    const often = { ...sent, status: { ...sent.status, attempts: 9 } as RoutingStatus };
    expect(resultOf(unknown, often, attempt).status).toMatchObject({ retryAt: NOW + 60_000 });
    const decided = { ...sent, decision: { ...decision, generation: 4 } };
    expect(resultOf(unknown, decided, attempt).status).not.toHaveProperty('retryAt');
    const priority = nextUpdate({ ...work, changes: { priority: 2 } }, 'incremental') as UpdateAttempt;
    const both = markInFlight(sent, priority, NOW);
    expect(resultOf(unknown, both, priority).status).toMatchObject({ retryAt: NOW + 1_000 });
  });
});
