import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { forecast } from '../../../cli/explain/forecast.ts';
import type { ContactRecord } from '../../../lambda/domain/contact/record.ts';
import { MAX_SHADOWS } from '../../../lambda/domain/contact/shadows.ts';
import { applyPlan } from '../../../lambda/domain/reconcile/apply-plan.ts';
import { indexEntries } from '../../../lambda/domain/reconcile/index-entries.ts';
import { pendingWork } from '../../../lambda/domain/reconcile/pending-work.ts';
import { plan } from '../../../lambda/domain/reconcile/plan.ts';
import { isReconcileImminent, nextReconcileAt, timerFor } from '../../../lambda/domain/reconcile/schedule.ts';
import { shadowChanges, spareWork } from '../../../lambda/domain/reconcile/shadows.ts';
import { atSecond, context, QUEUE_ARN, queuedContact, T0 } from '../../support/contacts.ts';

type Sources = Record<string, Record<string, unknown>>;

const WATCH = {
  precedence: 1,
  mode: 'observe',
  steps: [
    { after: '0s', set: { priority: 4 } },
    { after: '30s', set: { priority: 2 } },
  ],
};
const ALL = { steps: [{ after: '0s', set: { priority: 3 } }] };

/** The record as it is reconciled at each of these seconds in turn. */
function reconciledAt(policies: Sources, seconds: readonly number[], start: ContactRecord = queuedContact()) {
  return seconds.reduce((record, second) => reconciled(record, policies, second), start);
}

function reconciled(record: ContactRecord, policies: Sources, second: number): ContactRecord {
  const given = context(policies);
  return applyPlan(record, plan(record, given, atSecond(second)), given.settings, atSecond(second));
}

const shadowsOf = (record: ContactRecord) =>
  record.shadows?.policies.map(({ policy, step, wouldSet, changes }) => [policy, step, wouldSet, changes]);

describe('an observing policy', () => {
  test('takes no contact from a later policy, and its own decision is recorded beside', () => {
    const record = reconciledAt({ watch: WATCH, all: ALL }, [0, 30]);
    expect(record.decision).toMatchObject({ reason: 'governed', policy: 'all', desired: { priority: 3 } });
    expect(shadowsOf(record)).toEqual([['watch', 1, { priority: 2 }, 2]]);
    expect(record.history.map(({ text }) => text)).toEqual([
      'governed by all step 0',
      'shadow: watch step 0 would set {"priority":4}',
      'shadow: watch step 1 would set {"priority":2}',
    ]);
  });

  test('with a target alone names no step', () => {
    const record = reconciledAt({ watch: { mode: 'observe', target: '1m' } }, [0]);
    expect(record.history.map(({ text }) => text)).toEqual([
      'no-policy',
      'shadow: watch would set {"ageSeconds":1740}',
    ]);
  });

  test('after the policy that governs records nothing: it would not have governed', () => {
    const record = reconciledAt({ all: { ...ALL, precedence: 0 }, watch: WATCH }, [0, 30]);
    expect(record.shadows).toBe(undefined);
  });

  test('is looked at when its hours begin and end', () => {
    const during = (hours: string) => ({ watch: { ...WATCH, during: { timezone: 'UTC', hours: [hours] } } });
    expect(reconciledAt(during('Mon 10:05-18:00'), [0]).shadows).toMatchObject({
      policies: [],
      wakeAt: Date.UTC(2026, 10, 23, 10, 5),
    });
    expect(reconciledAt(during('Mon 09:00-10:02'), [0, 30]).shadows).toMatchObject({
      policies: [{ policy: 'watch', step: 1 }],
      wakeAt: Date.UTC(2026, 10, 23, 10, 2),
    });
  });

  test('has a past of its own: the ratchet does not start from what is really applied', () => {
    const applied = { queueVisit: `${QUEUE_ARN}@${T0}`, applied: { priority: 1 }, isObserved: true };
    const record = reconciledAt({ watch: WATCH }, [0], { ...queuedContact(), status: applied });
    expect(shadowsOf(record)).toEqual([['watch', 0, { priority: 4 }, 1]]);
  });

  test('starts from the routing that the flow set', () => {
    const initial = { priority: 3, ageSeconds: 0 };
    const status = { queueVisit: `${QUEUE_ARN}@${T0}`, applied: { priority: 1 }, initial, isObserved: true };
    const record = reconciledAt({ watch: WATCH }, [0, 30], { ...queuedContact(), status });
    expect(shadowsOf(record)).toEqual([['watch', 1, { priority: 2 }, 1]]);
  });

  test('only raises urgency on top of its own past, and keeps that past while it lets the contact not in', () => {
    const angry = {
      precedence: 1,
      mode: 'observe',
      match: { signals: ['angry'] },
      steps: [{ after: '0s', set: { priority: 1 } }],
    };
    const start = { ...queuedContact(), signals: { angry: { at: T0, until: atSecond(20) } } };
    const first = reconciledAt({ angry, watch: WATCH }, [0], start);
    const expired = reconciledAt({ angry, watch: WATCH }, [0, 20], start);
    expect(shadowsOf(first)).toEqual([
      ['angry', 0, { priority: 1 }, 1],
      ['watch', 0, { priority: 4 }, 1],
    ]);
    expect(shadowsOf(expired)).toEqual([
      ['watch', 0, { priority: 4 }, 1],
      ['angry', undefined, { priority: 1 }, 1],
    ]);
  });

  test('has the horizon at which its target was first worked out, whatever the one that governs has', () => {
    const watch = { precedence: 1, mode: 'observe', target: '3m' };
    const given = (horizon: number) =>
      context(
        { watch, all: { target: '10m' } },
        { horizon: { defaultSeconds: horizon, channelSeconds: {} } },
      );
    const at = (record: ContactRecord, horizon: number, second: number) => {
      const { settings, ...rest } = given(horizon);
      const now = atSecond(second);
      return applyPlan(record, plan(record, { settings, ...rest }, now), settings, now);
    };
    const first = at(queuedContact(), 1_800, 0);
    expect(shadowsOf(at(first, 3_600, 30))).toEqual([['watch', undefined, { ageSeconds: 1_620 }, 1]]);
    const next = queuedContact({ queue: { arn: QUEUE_ARN, enqueuedAt: atSecond(60) } });
    const moved = { ...first, ...(next.facts && { facts: next.facts }) };
    expect(shadowsOf(at(moved, 3_600, 60))).toEqual([['watch', undefined, { ageSeconds: 3_420 }, 1]]);
    const { status: _status, ...withoutStatus } = first;
    expect(shadowsOf(at(withoutStatus, 3_600, 30))).toEqual([['watch', undefined, { ageSeconds: 1_620 }, 1]]);
  });

  test('starts anew in another queue', () => {
    const record = reconciledAt({ watch: WATCH }, [0, 30]);
    const queue = { arn: `${QUEUE_ARN}2`, type: 'STANDARD', enqueuedAt: atSecond(60) };
    const moved = { ...record, facts: { ...queuedContact().facts, ...record.facts, queue } } as ContactRecord;
    const after = reconciled(moved, { watch: WATCH }, 60);
    expect(shadowsOf(after)).toEqual([['watch', 0, { priority: 4 }, 1]]);
    expect(shadowChanges(moved, after)).toEqual([{ policy: 'watch', step: 0, set: { priority: 4 } }]);
  });

  test('has its wake-ups, and neither delays nor dates an update', () => {
    const record = reconciledAt({ watch: WATCH, all: ALL }, [0]);
    const next = atSecond(30);
    expect([record.wakeAt, nextReconcileAt(record), timerFor(record, T0)?.firesAt]).toEqual([
      undefined,
      next,
      next,
    ]);
    expect(isReconcileImminent(record, next - 100)).toBe(false);
    const later = reconciled(record, { watch: WATCH, all: ALL }, 30);
    expect(later.decision).toEqual(record.decision);
    expect(later.shadows?.wakeAt).toBe(undefined);
  });

  test('of a contact that has left needs nothing any more, and remains on record', () => {
    const record = reconciledAt({ watch: WATCH }, [0]);
    const left = {
      ...record,
      facts: { ...queuedContact().facts, ...record.facts, disconnectedAt: atSecond(5) },
    };
    const after = reconciled(left as ContactRecord, { watch: WATCH }, 5);
    expect([nextReconcileAt(after), shadowsOf(after)]).toEqual([
      undefined,
      [['watch', 0, { priority: 4 }, 1]],
    ]);
  });

  test('does not crowd a record: so many are recorded, and so few lines of history are about them', () => {
    const ramp = { from: '0s', every: '1s', ramp: { age: { add: '1s', upTo: '40s' } } };
    const many = Object.fromEntries(
      Array.from({ length: MAX_SHADOWS + 2 }, (_, index) => [
        `watch-${index}`,
        { precedence: index, mode: 'observe', steps: [ramp] },
      ]),
    );
    const record = reconciledAt(
      { ...many, all: ALL },
      Array.from({ length: 40 }, (_, second) => second),
    );
    expect(record.shadows?.policies.map(({ policy }) => policy)).toEqual([
      'watch-0',
      'watch-1',
      'watch-2',
      'watch-3',
      'watch-4',
    ]);
    expect(record.history.map(({ text, isShadow }) => (isShadow ? 'shadow' : text))).toEqual([
      'governed by all step 0',
      ...Array.from({ length: 5 }, () => 'shadow'),
    ]);
  });
});

describe('attributes that only an observing policy depends on', () => {
  const rich = {
    precedence: 1,
    mode: 'observe',
    match: { attributes: { value: ['high'] } },
    steps: [{ after: '10s', set: { priority: 1 } }],
  };
  const knowing = (record: ContactRecord, value: string): ContactRecord => ({
    ...record,
    attributes: { changedAt: 0, names: ['value'], values: { value } },
  });

  test('never hold back the policy that enforces', () => {
    const record = reconciledAt({ rich, all: ALL }, [0, 10]);
    expect(record.decision).toMatchObject({ reason: 'governed', policy: 'all' });
    expect(pendingWork(record)?.kind).toBe('update');
    expect(spareWork(record)).toEqual({ kind: 'attributes', names: ['value'] });
  });

  test('are not asked for before they matter to it', () => {
    expect(spareWork(reconciledAt({ rich }, [0]))).toBe(undefined);
    expect(spareWork(reconciledAt({ rich }, [0, 10]))).toEqual({ kind: 'attributes', names: ['value'] });
  });

  test('come after everything else, and are never late', () => {
    const record = reconciledAt({ rich }, [0, 10]);
    expect(pendingWork(record)).toBe(undefined);
    expect(indexEntries(record, atSecond(10), 'absolute').pending?.sortKey).toBe(
      '9999999999999999#00000000000000',
    );
  });

  test('are used once they are known', () => {
    const asked = reconciledAt({ rich }, [0, 10]);
    expect(spareWork(knowing(asked, 'high'))).toEqual({ kind: 'reconcile' });
    const decided = reconciled(knowing(asked, 'high'), { rich }, 11);
    expect([shadowsOf(decided), spareWork(decided)]).toEqual([[['rich', 0, { priority: 1 }, 1]], undefined]);
    expect(reconciled(knowing(asked, 'low'), { rich }, 11).shadows).toBe(undefined);
  });

  test('are not among those that an enforcing policy asks for', () => {
    const enforcing = { ...rich, precedence: 2, mode: 'enforce', match: { attributes: { tier: ['gold'] } } };
    expect(plan(queuedContact(), context({ rich, enforcing }), atSecond(10)).requiredAttributes).toEqual([
      'tier',
    ]);
  });
});

describe('without the observing policies', () => {
  const set = fc.oneof(
    fc.record({ priority: fc.integer({ min: 1, max: 6 }) }),
    fc.integer({ min: -60, max: 300 }).map((seconds) => ({ age: `${seconds}s` })),
  );
  const source = fc.record(
    {
      precedence: fc.integer({ min: 0, max: 3 }),
      mode: fc.constantFrom('enforce', 'observe'),
      rollout: fc.constantFrom(50, 100),
      allowLower: fc.constant(true),
      during: fc.constantFrom(
        { timezone: 'UTC', hours: ['Mon 09:00-10:01'] },
        { timezone: 'UTC', hours: ['Mon 10:02-12:00'] },
      ),
      match: fc.constantFrom(
        { channel: ['VOICE'] },
        { attributes: { value: ['1'] } },
        { attributes: { other: [{ exists: false }] } },
        { signals: ['vip'] },
      ),
      steps: fc
        .uniqueArray(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 4 })
        .chain((times) =>
          fc.tuple(
            ...times
              .sort((a, b) => a - b)
              .map((seconds) => set.map((one) => ({ after: `${seconds}s`, set: one }))),
          ),
        ),
    },
    { requiredKeys: ['steps', 'allowLower', 'mode'] },
  );
  const contact = fc
    .record({
      names: fc.constantFrom(undefined, ['value'], ['other', 'value']),
      vipUntil: fc.constantFrom(undefined, atSecond(40)),
      override: fc.constantFrom(undefined, { at: T0, set: { priority: 9 }, until: atSecond(70) }),
    })
    .map(
      ({ names, vipUntil, override }): ContactRecord => ({
        ...queuedContact(),
        ...(vipUntil ? { signals: { vip: { at: T0, until: vipUntil } } } : {}),
        ...(override ? { override } : {}),
        ...(names ? { attributes: { changedAt: 0, names, values: { value: '1' } } } : {}),
      }),
    );

  test('every set of policies gives exactly the same decisions, times and calls', () => {
    fc.assert(
      fc.property(fc.array(source, { maxLength: 6 }), contact, (sources, record) => {
        const entries = sources.map((one, index) => [`p-${index}`, one] as const);
        const all = context(Object.fromEntries(entries));
        const enforcing = context(Object.fromEntries(entries.filter(([, { mode }]) => mode === 'enforce')));
        for (const second of [0, 35, 60, 90, 150, 300]) {
          const { shadows: _shadows, ...planned } = plan(record, all, atSecond(second));
          expect(planned).toEqual(plan(record, enforcing, atSecond(second)));
        }
        const run = (given: typeof all) => {
          const { moments, record: last } = forecast(record, given, T0, atSecond(600));
          const calls = moments.flatMap((one) => (one.calls.length > 0 ? [[one.at, one.calls]] : []));
          const { shadows: _shadows, history: _history, ...rest } = last;
          return { calls, rest };
        };
        expect(run(all)).toEqual(run(enforcing));
      }),
      { numRuns: 500 },
    );
  });
});
