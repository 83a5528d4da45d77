import { describe, expect, test } from '@jest/globals';
import type { Decision } from '../../../lambda/domain/contact/decision.ts';
import { queueVisitId } from '../../../lambda/domain/contact/facts.ts';
import type { ContactRecord } from '../../../lambda/domain/contact/record.ts';
import { applyPlan } from '../../../lambda/domain/reconcile/apply-plan.ts';
import type { Plan } from '../../../lambda/domain/reconcile/plan.ts';
import { DEFAULT_SETTINGS } from '../../../lambda/domain/settings.ts';
import { atSecond, queuedContact, T0 } from '../../support/contacts.ts';

const NOW = atSecond(100);
const VISIT = queueVisitId(queuedContact().facts) ?? '';

const governed = (members: Partial<Plan> = {}): Plan => ({
  reason: 'governed',
  policy: 'gold',
  step: 0,
  desired: { priority: 2 },
  allowLower: false,
  reachedAt: T0,
  ...members,
});
const decision = (members: Partial<Decision> = {}): Decision => ({
  queueVisit: VISIT,
  generation: 4,
  reason: 'governed',
  policy: 'gold',
  step: 0,
  desired: { priority: 2 },
  allowLower: false,
  dueAt: T0,
  ...members,
});
const reconciled = (record: Partial<ContactRecord>, plan: Plan): ContactRecord =>
  applyPlan({ ...queuedContact(), ...record }, plan, DEFAULT_SETTINGS, NOW);

interface Case {
  readonly name: string;
  readonly record: Partial<ContactRecord>;
  readonly plan: Plan;
  readonly generation: number;
  readonly dueAt: number | undefined;
}

const CASES: readonly Case[] = [
  {
    name: 'the first decision is due from the enqueue, not from an earlier step',
    record: {},
    plan: governed({ reachedAt: T0 - 60_000 }),
    generation: 1,
    dueAt: T0,
  },
  {
    name: 'the first decision, late: due from the moment of its step',
    record: {},
    plan: governed({ reachedAt: atSecond(30) }),
    generation: 1,
    dueAt: atSecond(30),
  },
  {
    name: 'the first decision on a contact that keeps an earlier enqueue time: due from its beginning',
    record: { facts: { ...queuedContact().facts, initiatedAt: atSecond(20) } as ContactRecord['facts'] },
    plan: governed({ reachedAt: atSecond(10) }),
    generation: 1,
    dueAt: atSecond(20),
  },
  {
    name: 'the first decision on a contact whose beginning is not known: due from its enqueue',
    record: { facts: queuedContact({ initiatedAt: undefined } as never).facts as ContactRecord['facts'] },
    plan: governed({ reachedAt: T0 - 60_000 }),
    generation: 1,
    dueAt: T0,
  },
  {
    name: 'the first decision by no step: due from now',
    record: { override: { at: NOW, set: { priority: 1 } } },
    plan: { reason: 'no-policy', desired: {}, allowLower: false },
    generation: 1,
    dueAt: NOW,
  },
  {
    name: 'the same routing keeps its generation and due time',
    record: { decision: decision({ dueAt: atSecond(7) }) },
    plan: governed(),
    generation: 4,
    dueAt: atSecond(7),
  },
  {
    name: 'the same routing from another policy is the same change',
    record: { decision: decision() },
    plan: governed({ policy: 'other', step: 3 }),
    generation: 4,
    dueAt: T0,
  },
  {
    name: 'the next step, by time alone: due from its moment',
    record: { decision: decision(), wakeAt: atSecond(90) },
    plan: governed({ desired: { priority: 1 }, step: 1, reachedAt: atSecond(90) }),
    generation: 5,
    dueAt: atSecond(90),
  },
  {
    name: 'a change that new facts brought: due from now',
    record: { decision: decision(), wakeAt: atSecond(200) },
    plan: governed({ desired: { priority: 1 }, reachedAt: atSecond(30) }),
    generation: 5,
    dueAt: NOW,
  },
  {
    name: 'an override: due from now, and a change of its own',
    record: { decision: decision(), override: { at: NOW, set: { priority: 1 } } },
    plan: governed(),
    generation: 5,
    dueAt: NOW,
  },
  {
    name: 'an expired override: the policy decides again',
    record: {
      decision: decision({ override: { priority: 1 } }),
      override: { at: T0, set: { priority: 1 }, until: NOW },
    },
    plan: governed(),
    generation: 5,
    dueAt: NOW,
  },
  {
    name: 'lowering instead of not lowering is a change',
    record: { decision: decision() },
    plan: governed({ allowLower: true }),
    generation: 5,
    dueAt: NOW,
  },
  {
    name: 'another queue visit: due from its enqueue',
    record: { decision: decision({ queueVisit: 'before@1' }) },
    plan: governed(),
    generation: 5,
    dueAt: T0,
  },
  {
    name: 'after the attributes are known: due since they were needed',
    record: {
      decision: decision({
        reason: 'needs-attributes',
        desired: {},
        dueAt: atSecond(60),
        requiredAttributes: ['x'],
      }),
    },
    plan: governed({ reachedAt: atSecond(60) }),
    generation: 5,
    dueAt: atSecond(60),
  },
  {
    name: 'an inactive contact is not due',
    record: { decision: decision(), override: { at: T0, set: { priority: 1 } } },
    plan: { reason: 'paused', desired: {}, allowLower: false },
    generation: 5,
    dueAt: undefined,
  },
];

describe('a reconcile', () => {
  test.each(CASES)('$name', ({ record, plan, generation, dueAt }) => {
    const after = reconciled(record, plan).decision;
    expect({ generation: after?.generation, dueAt: after?.dueAt }).toEqual({ generation, dueAt });
  });

  test('that changes nothing returns the same record', () => {
    const first = reconciled({}, governed());
    expect(applyPlan(first, governed(), DEFAULT_SETTINGS, NOW + 1)).toBe(first);
  });

  test('is repeated when the plan may change, or before that to repeat an attempt', () => {
    const status = { queueVisit: VISIT, applied: {}, isObserved: true, retryAt: atSecond(110) };
    const unchanged = { decision: decision(), status };
    expect(reconciled(unchanged, governed({ wakeAt: atSecond(150) })).wakeAt).toBe(atSecond(110));
    expect(reconciled(unchanged, governed({ wakeAt: atSecond(105) })).wakeAt).toBe(atSecond(105));
    expect(reconciled({ wakeAt: atSecond(150) }, governed()).wakeAt).toBe(undefined);
  });

  test('adds a line of history for what people would call a change', () => {
    const texts = (record: ContactRecord) => record.history.map(({ text }) => text);
    const first = reconciled({}, governed());
    const overridden = applyPlan(
      { ...first, override: { at: NOW, set: { priority: 1 } } },
      governed(),
      DEFAULT_SETTINGS,
      NOW,
    );
    expect(texts(overridden)).toEqual([
      'governed by gold step 0',
      'governed by gold step 0, overridden with {"priority":1}',
    ]);
  });
});

describe('an exact enqueue time that becomes known', () => {
  const cut = T0 - (T0 % 1_000);
  const arn = queuedContact().facts?.queue?.arn ?? '';
  const facts = queuedContact({ approximateQueue: { arn, enqueuedAt: cut } }).facts;
  const former = `${arn}@${cut}`;
  const status = { queueVisit: former, applied: { priority: 2 }, isObserved: true };

  test('gives the visit another name, and is no other visit', () => {
    const after = reconciled(
      { facts, status, decision: decision({ queueVisit: former, dueAt: atSecond(7) }) },
      governed(),
    );
    expect(after.status).toEqual({ ...status, queueVisit: VISIT });
    expect(after.decision).toEqual(decision({ dueAt: atSecond(7) }));
  });

  test('leaves alone what is about another visit', () => {
    const other = reconciled(
      {
        facts,
        status: { ...status, queueVisit: 'other@1' },
        decision: decision({ queueVisit: 'other@1' }),
      },
      governed(),
    );
    expect(other.status).toMatchObject({ queueVisit: VISIT, applied: {} });
    expect(other.decision).toMatchObject({ generation: 5, dueAt: T0 });
  });

  test('changes nothing where nothing was decided', () => {
    expect(reconciled({ facts }, governed()).decision).toMatchObject({ queueVisit: VISIT, generation: 1 });
  });
});

describe('a question that is to be repeated', () => {
  const asked = (retryAt?: number) =>
    reconciled(
      { facts: undefined, look: { at: T0, attempts: 1, ...(retryAt === undefined ? {} : { retryAt }) } },
      { reason: 'not-queued', desired: {}, allowLower: false },
    );

  test.each([
    ['before its time', NOW + 1, NOW + 1],
    ['at its time', NOW, undefined],
    ['after its time', NOW - 1, undefined],
    ['that has no time', undefined, undefined],
  ])('%s', (_name, retryAt, expected) => {
    const { look, wakeAt } = asked(retryAt);
    expect(look).toStrictEqual({ at: T0, attempts: 1, ...(expected ? { retryAt: expected } : {}) });
    expect(wakeAt).toBe(expected);
  });

  test('is dropped once events say that the contact waits', () => {
    expect(reconciled({ look: { at: T0 } }, governed())).not.toHaveProperty('look');
  });
});

describe('the status', () => {
  const status = { queueVisit: VISIT, applied: { priority: 2 }, isObserved: true };

  test.each([
    ['before its time', NOW + 1, NOW + 1],
    ['at its time', NOW, undefined],
    ['after its time', NOW - 1, undefined],
  ])('of a failed attempt %s', (_name, retryAt, expected) => {
    const after = reconciled(
      { decision: decision(), status: { ...status, attempts: 3, retryAt } },
      governed(),
    );
    expect(after.status).toEqual({ ...status, attempts: 3, ...(expected ? { retryAt: expected } : {}) });
  });

  test('of failed attempts is cleared when another routing is desired', () => {
    const failed = { ...status, attempts: 3, retryAt: NOW + 1 };
    expect(
      reconciled({ decision: decision(), status: failed }, governed({ desired: { priority: 1 } })).status,
    ).toEqual(status);
  });

  test('is forgotten when another Region has acted, not while it does', () => {
    const elsewhere = decision({ reason: 'other-region', desired: {}, dueAt: undefined });
    expect(reconciled({ decision: elsewhere, status }, governed()).status).toMatchObject({
      applied: {},
      isObserved: false,
    });
    const still = reconciled(
      { decision: elsewhere, status },
      { reason: 'other-region', desired: {}, allowLower: false },
    );
    expect(still.status).toBe(status);
  });

  test.each([
    ['of the same visit', { status }],
    ['of a visit that began meanwhile', { status: { ...status, queueVisit: 'before@1' } }],
    [
      'that was forgotten before',
      { status: { ...status, applied: {}, isObserved: false, isForgotten: true } },
    ],
  ] as const)('%s is asked for after another Region has acted, though flows set nothing', (_name, given) => {
    const elsewhere = decision({ reason: 'other-region', desired: {}, dueAt: undefined });
    const settings = { ...DEFAULT_SETTINGS, checkBeforeFirstChange: false };
    const back = applyPlan({ ...queuedContact(), decision: elsewhere, ...given }, governed(), settings, NOW);
    const unknown = { queueVisit: VISIT, applied: {}, isObserved: false, isForgotten: true };
    expect(back.status).toMatchObject(unknown);
    expect(applyPlan(back, governed({ desired: { priority: 1 } }), settings, NOW).status).toMatchObject(
      unknown,
    );
  });

  test.each([
    ['that Connect has answered', status],
    ['that is assumed', { ...status, isAssumed: true }],
  ] as const)('%s stays as it is, though flows set nothing', (_name, given) => {
    const settings = { ...DEFAULT_SETTINGS, checkBeforeFirstChange: false };
    const record = { ...queuedContact(), decision: decision(), status: given };
    expect(applyPlan(record, governed(), settings, NOW).status).toEqual(given);
  });

  test('keeps the horizon of the first target', () => {
    const target = { dueAt: atSecond(900), rankedAt: T0, horizonSeconds: 1_200, ageSeconds: 300 };
    const first = reconciled({ decision: decision(), status }, governed({ target })).status;
    expect(first?.horizonSeconds).toBe(1_200);
    const later = governed({ target: { ...target, horizonSeconds: 600 } });
    expect(reconciled({ decision: decision(), status: first }, later).status?.horizonSeconds).toBe(1_200);
  });

  test('of an earlier visit is not taken for that of which the exact time became known', () => {
    const arn = queuedContact().facts?.queue?.arn ?? '';
    const { facts } = queuedContact({ approximateQueue: { arn, enqueuedAt: T0 - (T0 % 1_000) } });
    const earlier = { ...status, queueVisit: `${arn}@5` };
    expect(reconciled({ facts, status: earlier }, governed()).status).toMatchObject({ applied: {} });
    expect(reconciled({ facts }, governed()).status).toMatchObject({ queueVisit: VISIT, applied: {} });
  });

  test('of a contact that waits nowhere stays', () => {
    const left = queuedContact({ disconnectedAt: NOW }).facts;
    const plan: Plan = { reason: 'not-queued', desired: {}, allowLower: false };
    expect(reconciled({ facts: left, decision: decision(), status }, plan).status).toEqual(status);
    const after = reconciled({ facts: left, override: { at: T0, set: { priority: 1 } } }, plan);
    expect(after.decision).toStrictEqual({ generation: 1, ...plan });
    expect(after).not.toHaveProperty('status');
  });
});

test.each([
  [-5, undefined],
  [0, undefined],
  [1, 1],
  [300, 300],
])(
  'the age %d of a target is in time until its call shows when the contact is due',
  (ageSeconds, isTimely) => {
    const target = { dueAt: atSecond(900), rankedAt: T0, horizonSeconds: 1_200, ageSeconds };
    const { routingLagSeconds } = DEFAULT_SETTINGS;
    expect(reconciled({}, governed({ target })).decision?.timelyUntil).toBe(
      isTimely === undefined ? undefined : atSecond(900 - routingLagSeconds),
    );
  },
);

test.each([
  [NOW - 9_999, NOW + 1],
  [NOW - 10_000, undefined],
  [NOW - 11_000, undefined],
])('no reconcile is planned for the past: closed at %d, next at %s', (closedAt, wakeAt) => {
  const after = reconciled(
    { decision: decision(), closedAt, closure: { cause: 'not-found', count: 1, queueVisit: VISIT } },
    { reason: 'closed', desired: {}, allowLower: false },
  );
  expect(after.wakeAt).toBe(wakeAt);
});

test('a closed contact is reconciled when it is tried again', () => {
  const after = reconciled(
    { decision: decision(), closedAt: NOW, closure: { cause: 'not-found', count: 1, queueVisit: VISIT } },
    { reason: 'closed', desired: {}, allowLower: false },
  );
  expect(after.wakeAt).toBe(NOW + 10_000);
});

test('attributes that are still needed are due since they were', () => {
  const needed = (dueAt: number | undefined) =>
    reconciled(
      { decision: decision({ reason: 'needs-attributes', desired: {}, dueAt, requiredAttributes: ['x'] }) },
      { reason: 'needs-attributes', desired: {}, allowLower: false, requiredAttributes: ['y'] },
    ).decision?.dueAt;
  expect(needed(atSecond(60))).toBe(atSecond(60));
  expect(needed(undefined)).toBe(NOW);
});
