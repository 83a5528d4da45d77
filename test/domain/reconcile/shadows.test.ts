import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { forecast } from '../../../cli/explain/forecast.ts';
import type { ContactRecord } from '../../../lambda/domain/contact/record.ts';
import { MAX_SHADOWS } from '../../../lambda/domain/contact/shadows.ts';
import { without } from '../../../lambda/domain/json.ts';
import { applyPlan } from '../../../lambda/domain/reconcile/apply-plan.ts';
import { indexEntries } from '../../../lambda/domain/reconcile/index-entries.ts';
import { pendingWork } from '../../../lambda/domain/reconcile/pending-work.ts';
import { plan } from '../../../lambda/domain/reconcile/plan.ts';
import { isReconcileImminent, nextReconcileAt, timerFor } from '../../../lambda/domain/reconcile/schedule.ts';
import { shadowChanges, spareWork } from '../../../lambda/domain/reconcile/shadows.ts';
import { atSecond, context, KEY, QUEUE_ARN, queuedContact, T0 } from '../../support/contacts.ts';

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

  test('without a route keeps nothing of strings, steps and agents on record', () => {
    expect(reconciledAt({ watch: WATCH, all: ALL }, [0, 30]).shadows?.policies).toStrictEqual([
      { policy: 'watch', step: 1, desired: { priority: 2 }, wouldSet: { priority: 2 }, changes: 2 },
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
    expect(expired.shadows?.policies[1]?.desired).toEqual({});
    expect(shadowsOf(reconciled(first, { angry, watch: WATCH }, 1))).toEqual(shadowsOf(first));
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
    // An edit takes the target away for a while.
    const edited = reconciled(first, { watch: { ...watch, target: undefined, steps: WATCH.steps } }, 10);
    expect(shadowsOf(at(edited, 3_600, 30))?.[0]?.[2]).toMatchObject({ ageSeconds: 1_620 });
  });

  test('starts from Connect’s defaults for what the flow did not set', () => {
    const watch = { ...WATCH, steps: [{ after: '0s', set: { age: '-1m' } }] };
    const status = {
      queueVisit: `${QUEUE_ARN}@${T0}`,
      applied: { priority: 3 },
      initial: { priority: 3 },
      isObserved: true,
    };
    expect(shadowsOf(reconciledAt({ watch }, [0], { ...queuedContact(), status }))).toEqual([
      ['watch', 0, {}, 0],
    ]);
  });

  test('lowers its own past where it may', () => {
    const steps = [
      { after: '0s', set: { priority: 1 } },
      { after: '30s', set: { priority: 4 } },
    ];
    const record = reconciledAt({ watch: { ...WATCH, allowLower: true, steps } }, [0, 30]);
    expect(shadowsOf(record)).toEqual([['watch', 1, { priority: 4 }, 2]]);
  });

  test('reports a change once, and of each change only what is new', () => {
    const steps = [
      { after: '10s', set: { priority: 4 } },
      { after: '30s', set: { route: ['Language:English >= 1'] } },
    ];
    const at = (...seconds: number[]) => reconciledAt({ watch: { ...WATCH, steps } }, seconds);
    expect(shadowChanges(queuedContact(), at(0))).toStrictEqual([]);
    expect(shadowChanges(at(0), at(0, 10))).toStrictEqual([
      { policy: 'watch', step: 0, set: { priority: 4 } },
    ]);
    expect(shadowChanges(at(0, 10), at(0, 10, 20))).toStrictEqual([]);
    const last = at(0, 10, 20, 30);
    expect(shadowChanges(at(0, 10, 20), last).map(({ set }) => Object.keys(set))).toStrictEqual([
      ['criteria'],
    ]);
    expect(Object.keys(last.shadows?.policies[0]?.wouldSet ?? {})).toEqual(['priority', 'criteria']);
  });

  test('reports no change again when the exact time of its visit becomes known', () => {
    const approximate = { arn: QUEUE_ARN, enqueuedAt: T0 - (T0 % 1_000) };
    const exactly = queuedContact({ approximateQueue: approximate });
    const early = { ...exactly, facts: without({ ...KEY, ...exactly.facts }, 'queue') };
    const before = reconciledAt({ watch: WATCH }, [0], early);
    const after = reconciled({ ...before, facts: { ...KEY, ...exactly.facts } }, { watch: WATCH }, 1);
    expect([before.shadows?.queueVisit, after.shadows?.queueVisit]).toEqual([
      `${QUEUE_ARN}@${approximate.enqueuedAt}`,
      `${QUEUE_ARN}@${T0}`,
    ]);
    expect(shadowChanges(before, after)).toStrictEqual([]);
    expect(after.history).toEqual(before.history);
  });

  test('of a task that is paused stays as it is, and needs nothing until then', () => {
    const rich = { ...WATCH, match: { attributes: { value: ['high'] } } };
    const record = reconciledAt({ watch: WATCH, rich }, [0], queuedContact({ channel: 'TASK' }));
    expect(record.shadows).toMatchObject({ wakeAt: atSecond(30), requiredAttributes: ['value'] });
    const facts = { ...KEY, ...record.facts, pauses: [atSecond(5)] };
    const { queueVisit, policies } = record.shadows ?? {};
    expect(reconciled({ ...record, facts }, { watch: WATCH, rich }, 5).shadows).toStrictEqual({
      queueVisit,
      policies,
    });
  });

  test('has the strings that were put into each of its routes, also after an edit', () => {
    const watch = (after: string, name: string) => {
      const set = { route: [`Language:{tags.${name}} >= 3`] };
      return { watch: { ...WATCH, steps: [{ after, set }] } };
    };
    const start = queuedContact({ tags: { at: T0, value: { first: 'French', second: 'Greek' } } });
    const before = reconciledAt(watch('0s', 'first'), [0], start);
    const record = reconciled(before, watch('10s', 'second'), 10);
    expect(record.shadows?.policies[0]?.putIn).toEqual({
      'after 0': { '{tags.first}': 'French' },
      'after 10': { '{tags.second}': 'Greek' },
    });
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
    expect(shadowChanges(record, after)).toStrictEqual([]);
  });

  test('reports nothing again when a contact leaves that was never known to be queued', () => {
    const record = reconciledAt({ watch: WATCH }, [0]);
    const facts = { ...without({ ...KEY, ...record.facts }, 'queue'), disconnectedAt: atSecond(5) };
    const after = reconciled({ ...record, facts }, { watch: WATCH }, 5);
    expect(shadowsOf(after)).toStrictEqual([['watch', 0, { priority: 4 }, 1]]);
    expect(shadowChanges(record, after)).toStrictEqual([]);
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

test('five observing policies are looked at, and the one that enforces behind them', () => {
  const watching = (first: number, count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => [
        `watch-${first + index}`,
        { ...WATCH, precedence: first + index },
      ]),
    );
  const names = ({ shadows }: ContactRecord) => shadows?.policies.map(({ policy }) => policy);
  const { policy, shadows } = plan(queuedContact(), context({ ...watching(0, 7), all: ALL }), T0);
  expect([policy, shadows?.policies.length]).toEqual(['all', MAX_SHADOWS]);
  // Edits put others in their place: the record does not grow.
  const record = reconciledAt(watching(0, 5), [0]);
  const edited = reconciled(record, watching(5, 3), 1);
  expect(names(edited)).toEqual(['watch-5', 'watch-6', 'watch-7', 'watch-0', 'watch-1']);
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

  test('are asked for although another one is decided without them', () => {
    const record = reconciledAt({ watch: { ...WATCH, precedence: 0 }, rich }, [0, 10]);
    expect(shadowsOf(record)?.map(([name]) => name)).toEqual(['watch']);
    expect(spareWork(record)).toEqual({ kind: 'attributes', names: ['value'] });
  });

  test('are not asked for once the contact has left this queue, or is gone', () => {
    const asked = reconciledAt({ rich }, [0, 10]);
    const queue = { arn: `${QUEUE_ARN}2`, enqueuedAt: atSecond(11) };
    expect(spareWork({ ...asked, facts: { ...KEY, ...asked.facts, queue } })).toBe(undefined);
    expect(spareWork({ ...asked, closedAt: atSecond(11) })).toBe(undefined);
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
