import { describe, expect, test } from '@jest/globals';
import { buildState, type StateSources } from '../../../cli/state/build-state.ts';
import type { CompiledConfiguration } from '../../../lambda/domain/configuration/compiled.ts';
import type { ContactRecord } from '../../../lambda/domain/contact/record.ts';
import type { RoutingStatus } from '../../../lambda/domain/contact/routing-status.ts';
import { applyPlan } from '../../../lambda/domain/reconcile/apply-plan.ts';
import { plan } from '../../../lambda/domain/reconcile/plan.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../lambda/domain/settings.ts';
import { atSecond, context, QUEUE_ARN, queuedContact, T0 } from '../../support/contacts.ts';

const LADDER = {
  match: { tags: { tier: ['gold'] } },
  steps: [
    { after: '0s', set: { priority: 3 } },
    { after: '2m', set: { priority: 1 } },
  ],
};
const TARGET = { match: { tags: { tier: ['silver'] } }, target: '1m' };
const SHADOW = { mode: 'observe', precedence: 1, steps: [{ after: '0s', set: { priority: 2 } }] };
const SOURCES = { ladder: LADDER, target: TARGET, shadow: SHADOW };
const CONTEXT = context(SOURCES);

const COMPILED: CompiledConfiguration = {
  format: 1,
  policies: Object.entries(SOURCES).map(([name, source]) => ({ name, source, version: 4, since: T0 })),
  settings: { source: {}, version: 1, since: T0 },
  refused: [],
};

/** A contact as it was reconciled at a second. */
function reconciled(
  contactId: string,
  {
    second = 0,
    tier,
    status,
    ...record
  }: Omit<Partial<ContactRecord>, 'status'> & {
    second?: number;
    tier?: string;
    status?: Partial<RoutingStatus>;
  },
  settings: Partial<Settings> = {},
): ContactRecord {
  const contact: ContactRecord = {
    ...queuedContact({ contactId, ...(tier !== undefined && { tags: { at: T0, value: { tier } } }) }),
    contactId,
    ...record,
    ...(status && { status: { queueVisit: `${QUEUE_ARN}@${T0}`, applied: {}, isObserved: true, ...status } }),
  };
  const planContext = { ...CONTEXT, settings: { ...DEFAULT_SETTINGS, ...settings } };
  const now = atSecond(second);
  return applyPlan(contact, plan(contact, planContext, now), planContext.settings, now);
}

function build(records: readonly ContactRecord[], given: Partial<StateSources> = {}, second = 30) {
  const sources: StateSources = {
    at: atSecond(second),
    instances: ['i-1'],
    region: 'eu-central-1',
    configuration: { compiled: COMPILED, settings: DEFAULT_SETTINGS },
    records,
    queueStates: new Map(),
    queueNames: new Map([['q-1', 'Billing']]),
    isPartial: false,
    unreadable: 0,
    ...given,
  };
  return buildState(sources, DEFAULT_SETTINGS).state;
}

const known = (priority: number) => ({ status: { applied: { priority, ageSeconds: 0 } } });

describe('the queues', () => {
  test('have who waits there in the order in which Connect answers, and paused tasks last', () => {
    const [queue] = build([
      reconciled('plain', {}),
      reconciled('gold', { tier: 'gold', ...known(3) }),
      { ...reconciled('paused', known(1)), facts: { ...queuedContact().facts, pauses: [T0] } as never },
      { ...reconciled('left', known(1)), closedAt: T0 },
    ]).queues;
    expect(queue).toMatchObject({ id: 'q-1', name: 'Billing', oldestAt: T0, signals: [], conditions: [] });
    expect(queue?.contacts.map(({ contactId }) => contactId)).toEqual(['gold', 'plain', 'paused']);
  });

  test('have the signals and conditions that hold', () => {
    const signals = { storm: { at: T0, until: atSecond(31) }, over: { at: T0, until: atSecond(29) } };
    const conditions = { busy: { since: T0, until: atSecond(60) } };
    const [queue] = build([reconciled('c', {})], {
      queueStates: new Map([['q-1', { signals, conditions }]]),
    }).queues;
    expect(queue).toMatchObject({ signals: ['storm'], conditions: ['busy'] });
  });

  test('are one where Connect writes the ARN of an agent’s queue in two forms, and the longest comes first', () => {
    const instance = QUEUE_ARN.replace(/\/queue.*/, '');
    const inQueue = (contactId: string, arn: string) => ({
      ...queuedContact({ contactId, queue: { arn, enqueuedAt: T0 } }),
      contactId,
    });
    const { queues } = build([
      reconciled('c', {}),
      inQueue('a', `${instance}/queue/agent/u-1`),
      inQueue('b', `${instance}/queue/u-1`),
    ]);
    expect(queues.map(({ id, contacts }) => [id, contacts.length])).toEqual([
      ['u-1', 2],
      ['q-1', 1],
    ]);
  });
});

describe('a contact', () => {
  const one = (record: ContactRecord, given: Partial<StateSources> = {}, second = 30) =>
    build([record], given, second).queues[0]?.contacts[0];

  test('has its policy, the step as its text counts it, and when its target says that it is due', () => {
    expect(one(reconciled('c', { tier: 'gold', second: 130, ...known(5) }), {}, 130)).toMatchObject({
      policy: 'ladder',
      step: 2,
      due: { changes: { priority: 1 }, since: atSecond(120) },
    });
    expect(one(reconciled('c', { tier: 'silver', ...known(5) }))?.targetAt).toBe(atSecond(60));
  });

  test.each<[string, ContactRecord, readonly string[]]>([
    ['nothing', reconciled('c', { tier: 'gold', ...known(3) }), []],
    ['its turn', reconciled('c', { tier: 'gold', ...known(5) }), ['turn']],
    ['an answer', reconciled('c', { tier: 'gold', status: { isObserved: false } }), ['question']],
    ['the ratchet', reconciled('c', { tier: 'gold', ...known(2) }), ['ratchet']],
    [
      'the next try',
      {
        ...reconciled('c', { tier: 'gold', ...known(5) }),
        status: {
          queueVisit: `${QUEUE_ARN}@${T0}`,
          applied: { priority: 5 },
          isObserved: true,
          retryAt: atSecond(40),
        },
      },
      ['retry'],
    ],
    [
      'a rejection',
      {
        ...reconciled('c', { tier: 'gold', ...known(5) }),
        status: {
          queueVisit: `${QUEUE_ARN}@${T0}`,
          applied: { priority: 5 },
          isObserved: true,
          rejected: { at: T0, generation: 1, request: {}, message: 'no' },
        },
      },
      ['rejected'],
    ],
    [
      'an override',
      reconciled('c', {
        tier: 'gold',
        ...known(1),
        override: { at: T0, set: { priority: 1 }, actor: 'ann' },
      }),
      ['override'],
    ],
  ])('may be held back by %s', (_name, record, holds) => {
    expect(one(record)?.holds).toEqual(holds);
  });

  test('is held back by the kill switch', () => {
    const settings = { ...DEFAULT_SETTINGS, pause: true };
    const configuration = { compiled: COMPILED, settings, stopped: 'paused' as const };
    expect(one(reconciled('c', { tier: 'gold', ...known(5) }), { configuration })?.holds).toEqual([
      'calls-stopped',
    ]);
  });

  test('has an override with who and why, while it holds', () => {
    const override = {
      at: T0,
      set: { priority: 1 },
      until: atSecond(31),
      actor: 'ann',
      reason: 'outage',
      sender: 's',
    };
    const record = reconciled('c', { ...known(1), override });
    const { sender: _sender, ...shown } = override;
    expect(one(record)?.override).toEqual(shown);
    expect(one(record, {}, 31)?.override).toBeUndefined();
  });
});

describe('the calls', () => {
  test('that are due are counted by priority, with the oldest, and those that wait for an answer', () => {
    expect(
      build([
        reconciled('a', { tier: 'gold', ...known(5) }),
        reconciled('b', { tier: 'gold', ...known(5), second: 10 }),
        reconciled('c', { tier: 'gold', second: 130, ...known(3) }),
        reconciled('d', { tier: 'gold', status: { isObserved: false } }),
      ]).calls,
    ).toEqual({
      perSecond: 18,
      due: [
        { priority: 1, count: 1 },
        { priority: 3, count: 3 },
      ],
      oldestDueAt: T0,
      questions: 1,
      rejected: 0,
      reasons: [],
    });
  });

  test('are stopped without a configuration, and the parameter pause says since when', () => {
    expect(build([], { configuration: undefined }).calls.stopped).toBe('no-configuration');
    const pause = {
      version: 1,
      since: T0,
      value: { who: 'ann', at: '2026-11-23T10:00:00Z', reason: 'storm' },
    };
    const configuration = {
      compiled: { ...COMPILED, pause },
      settings: { ...DEFAULT_SETTINGS, pause: true },
      stopped: 'paused' as const,
    };
    expect(build([], { configuration }).calls).toMatchObject({
      stopped: 'paused',
      reasons: [expect.stringContaining('storm')],
    });
  });
});

test('the policies have how many contacts each governs and has escalated, or would, and whose target is over', () => {
  const { policies } = build(
    [
      reconciled('a', { tier: 'gold', ...known(3) }),
      reconciled('b', { tier: 'silver', ...known(5) }),
      reconciled('c', {}),
      // Overridden, or escalated further than the observing policy would.
      reconciled('d', { tier: 'gold', ...known(1) }),
    ],
    {},
    61,
  );
  expect(policies).toEqual([
    {
      ...{ name: 'shadow', mode: 'observe', since: T0, version: 4, governs: 4, late: 0, escalated: 4 },
      beside: [
        { policy: 'ladder', contacts: 2, moreUrgent: 1, lessUrgent: 1 },
        { policy: 'target', contacts: 1, moreUrgent: 1, lessUrgent: 0 },
        { contacts: 1, moreUrgent: 1, lessUrgent: 0 },
      ],
    },
    { name: 'ladder', mode: 'enforce', since: T0, version: 4, governs: 2, late: 0, escalated: 2 },
    { name: 'target', mode: 'enforce', since: T0, version: 4, governs: 1, late: 1, escalated: 0 },
  ]);
});
