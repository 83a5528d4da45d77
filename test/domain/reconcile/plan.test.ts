import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { ContactRecord } from '../../../lambda/domain/contact/record.ts';
import { type Plan, plan } from '../../../lambda/domain/reconcile/plan.ts';
import { earliest } from '../../../lambda/domain/reconcile/schedule.ts';
import type { Settings } from '../../../lambda/domain/settings.ts';
import { atSecond, context, QUEUE_ARN, queuedContact, T0 } from '../../support/contacts.ts';

const GOLD = {
  precedence: 10,
  match: { channel: ['VOICE'], tags: { tier: ['gold', 'platinum'] } },
  steps: [
    { after: '0s', set: { priority: 3 } },
    { by: '3m', set: { priority: 1 } },
  ],
};
const ANYONE = { steps: [{ after: '5m', set: { age: '2m' } }] };
const BY_VALUE = {
  precedence: 1,
  match: { channel: ['VOICE'], attributes: { value: [{ prefix: '1' }] } },
  steps: [{ after: '1m', set: { priority: 2 } }],
};

const tagged = (tier: string) => queuedContact({ tags: { at: T0, value: { tier } } });
const knowing = (values: Record<string, string>, changedAt = 0): ContactRecord => ({
  ...queuedContact(),
  attributes: { changedAt, names: ['value'], values },
});
const signalled = (name: string, until?: number): ContactRecord => ({
  ...queuedContact(),
  signals: { [name]: { at: T0, ...(until === undefined ? {} : { until }) } },
});
/** A plan under a policy that enforces and does not lower, but for the members given. */
const governed = (policy: string, members: Partial<Plan> & Pick<Plan, 'desired'>): Plan => ({
  reason: 'governed',
  policy,
  allowLower: false,
  ...members,
});
/** A plan that asks for nothing. */
const ungoverned = (reason: Plan['reason'], members: Partial<Plan> = {}): Plan => ({
  reason,
  desired: {},
  allowLower: false,
  ...members,
});

interface Case {
  readonly name: string;
  readonly policies: Record<string, object>;
  readonly settings?: Partial<Settings>;
  readonly contact: ContactRecord;
  readonly atSeconds: number;
  readonly expected: Plan;
}

const CASES: readonly Case[] = [
  {
    name: 'the first step is reached at the enqueue, the next one routing lag before it takes effect',
    policies: { gold: GOLD, anyone: ANYONE },
    contact: tagged('gold'),
    atSeconds: 0,
    expected: governed('gold', {
      step: 0,
      desired: { priority: 3 },
      reachedAt: T0,
      wakeAt: atSecond(120),
    }),
  },
  {
    name: 'just before a step nothing has changed',
    policies: { gold: GOLD },
    contact: tagged('gold'),
    atSeconds: 119.999,
    expected: governed('gold', {
      step: 0,
      desired: { priority: 3 },
      reachedAt: T0,
      wakeAt: atSecond(120),
    }),
  },
  {
    name: 'a step is reached at its time, and after the last one time changes nothing',
    policies: { gold: GOLD },
    contact: tagged('gold'),
    atSeconds: 120,
    expected: governed('gold', {
      step: 1,
      desired: { priority: 1 },
      reachedAt: atSecond(120),
    }),
  },
  {
    name: 'the routing lag of the settings counts',
    policies: { gold: GOLD },
    settings: { routingLagSeconds: 30 },
    contact: tagged('gold'),
    atSeconds: 120,
    expected: governed('gold', {
      step: 0,
      desired: { priority: 3 },
      reachedAt: T0,
      wakeAt: atSecond(150),
    }),
  },
  {
    name: 'a step that takes effect sooner than the routing lag allows is reached at once',
    policies: { quick: { steps: [{ by: '30s', set: { priority: 1 } }] } },
    contact: queuedContact(),
    atSeconds: 0,
    expected: governed('quick', {
      step: 0,
      desired: { priority: 1 },
      reachedAt: T0,
    }),
  },
  {
    name: 'a contact that the first policy does not match falls to the next',
    policies: { gold: GOLD, anyone: ANYONE },
    contact: tagged('bronze'),
    atSeconds: 10,
    expected: governed('anyone', { desired: {}, wakeAt: atSecond(300) }),
  },
  {
    name: 'no policy lets it in',
    policies: { gold: GOLD },
    contact: tagged('bronze'),
    atSeconds: 10,
    expected: ungoverned('no-policy'),
  },
  {
    name: 'a policy that is off governs no contact',
    policies: { gold: { ...GOLD, mode: 'off' } },
    contact: tagged('gold'),
    atSeconds: 0,
    expected: ungoverned('no-policy'),
  },
  {
    name: 'an observing policy governs no contact: it is a shadow',
    policies: { gold: { ...GOLD, mode: 'observe' } },
    contact: tagged('gold'),
    atSeconds: 300,
    expected: ungoverned('no-policy', {
      shadows: { policies: [{ policy: 'gold', step: 1, desired: { priority: 1 }, allowLower: false }] },
    }),
  },
  {
    name: 'later steps replace the fields that they set and keep the others',
    policies: {
      mixed: {
        steps: [
          {
            after: '0s',
            set: {
              priority: 4,
              routingCriteria: {
                Steps: [
                  {
                    Expression: {
                      AttributeCondition: {
                        Name: 'A',
                        Value: 'x',
                        ComparisonOperator: 'NumberGreaterOrEqualTo',
                        ProficiencyLevel: 2,
                      },
                    },
                  },
                ],
              },
            },
          },
          { after: '1m', set: { age: '3m' } },
        ],
      },
    },
    contact: queuedContact(),
    atSeconds: 60,
    expected: governed('mixed', {
      step: 1,
      desired: {
        ageSeconds: 180,
        criteria: {
          Steps: [
            {
              Expression: {
                AttributeCondition: {
                  Name: 'A',
                  Value: 'x',
                  ComparisonOperator: 'NumberGreaterOrEqualTo',
                  ProficiencyLevel: 2,
                },
              },
            },
          ],
        },
      },
      reachedAt: atSecond(60),
    }),
  },
  {
    name: 'the clock of the whole transfer chain',
    policies: { chain: { clock: 'firstEnqueued', steps: [{ after: '5m', set: { priority: 1 } }] } },
    contact: { ...queuedContact(), chain: { transfers: 1, firstEnqueuedAt: T0 - 200_000 } },
    atSeconds: 0,
    expected: governed('chain', { desired: {}, wakeAt: atSecond(100) }),
  },
  {
    name: 'the clock from the very start of the contact',
    policies: { start: { clock: 'initiated', steps: [{ after: '30s', set: { priority: 1 } }] } },
    contact: queuedContact(),
    atSeconds: 10,
    expected: governed('start', {
      step: 0,
      desired: { priority: 1 },
      reachedAt: atSecond(10),
    }),
  },
  {
    name: 'a signal lets a policy govern until it expires',
    policies: { angry: { match: { signals: ['angry'] }, steps: [{ after: '0s', set: { priority: 1 } }] } },
    contact: signalled('angry', atSecond(90)),
    atSeconds: 30,
    expected: governed('angry', {
      step: 0,
      desired: { priority: 1 },
      reachedAt: T0,
      wakeAt: atSecond(90),
    }),
  },
  {
    name: 'an expired signal does not count',
    policies: { angry: { match: { signals: ['angry'] }, steps: [{ after: '0s', set: { priority: 1 } }] } },
    contact: signalled('angry', atSecond(90)),
    atSeconds: 90,
    expected: ungoverned('no-policy'),
  },
  {
    name: 'attributes are not fetched before they make a difference',
    policies: { value: BY_VALUE, anyone: ANYONE },
    contact: queuedContact(),
    atSeconds: 0,
    expected: ungoverned('attributes-later', { wakeAt: atSecond(60) }),
  },
  {
    name: 'attributes are fetched once they make a difference',
    policies: { value: BY_VALUE, anyone: ANYONE },
    contact: queuedContact(),
    atSeconds: 60,
    expected: ungoverned('needs-attributes', { requiredAttributes: ['value'], wakeAt: atSecond(300) }),
  },
  {
    name: 'attributes are not fetched where nothing else of the policy matches',
    policies: { value: BY_VALUE },
    contact: queuedContact({ channel: 'CHAT' }),
    atSeconds: 60,
    expected: ungoverned('no-policy'),
  },
  {
    name: 'known attributes decide',
    policies: { value: BY_VALUE, anyone: ANYONE },
    contact: knowing({ value: '120000' }),
    atSeconds: 60,
    expected: governed('value', {
      step: 0,
      desired: { priority: 2 },
      reachedAt: atSecond(60),
    }),
  },
  {
    name: 'an attribute that the contact does not have is known to be absent',
    policies: { value: BY_VALUE, anyone: ANYONE },
    contact: knowing({}),
    atSeconds: 60,
    expected: governed('anyone', { desired: {}, wakeAt: atSecond(300) }),
  },
  {
    name: 'attributes that changed since are unknown',
    policies: { value: BY_VALUE },
    contact: {
      ...knowing({ value: '1' }, 5),
      facts: { ...queuedContact().facts, attributesChangedAt: 6 } as never,
    },
    atSeconds: 60,
    expected: ungoverned('needs-attributes', { requiredAttributes: ['value'] }),
  },
  {
    name: 'outside its hours a policy governs no contact, and the contact is reconciled when they begin',
    policies: {
      day: {
        precedence: 1,
        during: { timezone: 'UTC', hours: ['Mon 10:05-18:00'] },
        steps: [{ after: '0s', set: { priority: 1 } }],
      },
    },
    contact: queuedContact(),
    atSeconds: 0,
    expected: ungoverned('no-policy', { wakeAt: Date.parse('2026-11-23T10:05:00Z') }),
  },
  {
    name: 'within its hours a policy governs until they end',
    policies: {
      day: {
        during: { timezone: 'Europe/Berlin', hours: ['Mon-Fri 08:00-11:30'] },
        steps: [{ after: '0s', set: { priority: 1 } }],
      },
    },
    contact: queuedContact(),
    atSeconds: 0,
    expected: governed('day', {
      step: 0,
      desired: { priority: 1 },
      reachedAt: T0,
      wakeAt: Date.parse('2026-11-23T10:30:00Z'),
    }),
  },
  {
    name: 'a contact that is not in the rollout falls to the next policy',
    policies: {
      none: { precedence: 1, rollout: 0, steps: [{ after: '0s', set: { priority: 1 } }] },
      anyone: ANYONE,
    },
    contact: queuedContact(),
    atSeconds: 0,
    expected: governed('anyone', { desired: {}, wakeAt: atSecond(300) }),
  },
  {
    name: 'a ramp of priorities unfolds into steps',
    policies: { ramp: { steps: [{ from: '60s', every: '30s', ramp: { priority: { from: 4, to: 1 } } }] } },
    contact: queuedContact(),
    atSeconds: 125,
    expected: governed('ramp', {
      step: 2,
      desired: { priority: 2 },
      reachedAt: atSecond(120),
      wakeAt: atSecond(150),
    }),
  },
  {
    name: 'a ramp of ages ends at its cap',
    policies: {
      ramp: { steps: [{ from: '0s', every: '30s', ramp: { age: { add: '40s', upTo: '100s' } } }] },
    },
    contact: queuedContact(),
    atSeconds: 600,
    expected: governed('ramp', {
      step: 2,
      desired: { ageSeconds: 100 },
      reachedAt: atSecond(60),
    }),
  },
  {
    name: 'a step whose condition does not hold is passed over',
    policies: {
      when: {
        steps: [
          { after: '0s', set: { priority: 4 } },
          { after: '1m', when: { signals: ['angry'] }, set: { priority: 1 } },
          { after: '2m', set: { age: '1m' } },
        ],
      },
    },
    contact: queuedContact(),
    atSeconds: 70,
    expected: governed('when', {
      step: 0,
      desired: { priority: 4 },
      reachedAt: T0,
      wakeAt: atSecond(120),
    }),
  },
  {
    name: 'a step whose condition holds by then applies',
    policies: {
      when: {
        steps: [
          { after: '0s', set: { priority: 4 } },
          { after: '1m', when: { signals: ['angry'] }, set: { priority: 1 } },
        ],
      },
    },
    contact: signalled('angry', atSecond(200)),
    atSeconds: 70,
    expected: governed('when', {
      step: 1,
      desired: { priority: 1 },
      reachedAt: atSecond(60),
      wakeAt: atSecond(200),
    }),
  },
  {
    name: 'attributes that only a step asks for are asked for when it is reached',
    policies: {
      when: { steps: [{ after: '1m', when: { attributes: { value: ['1'] } }, set: { priority: 1 } }] },
    },
    contact: queuedContact(),
    atSeconds: 60,
    expected: ungoverned('needs-attributes', { requiredAttributes: ['value'] }),
  },
  {
    name: 'the short form of routing criteria',
    policies: {
      route: {
        steps: [{ after: '0s', set: { route: ['Language:English >= 3 for 45s', 'Language:English >= 1'] } }],
      },
    },
    contact: queuedContact(),
    atSeconds: 0,
    expected: governed('route', {
      step: 0,
      desired: {
        criteria: {
          Steps: [
            {
              Expression: {
                AttributeCondition: {
                  Name: 'Language',
                  Value: 'English',
                  ComparisonOperator: 'NumberGreaterOrEqualTo',
                  ProficiencyLevel: 3,
                },
              },
              Expiry: { DurationInSeconds: 45 },
            },
            {
              Expression: {
                AttributeCondition: {
                  Name: 'Language',
                  Value: 'English',
                  ComparisonOperator: 'NumberGreaterOrEqualTo',
                  ProficiencyLevel: 1,
                },
              },
            },
          ],
        },
      },
      reachedAt: T0,
    }),
  },
  {
    name: 'a contact of which only signals are known',
    policies: { anyone: ANYONE },
    contact: { ...signalled('x'), facts: undefined } as never,
    atSeconds: 0,
    expected: ungoverned('not-queued'),
  },
  {
    name: 'a contact that was connected',
    policies: { anyone: ANYONE },
    contact: queuedContact({ connectedAt: atSecond(1) }),
    atSeconds: 400,
    expected: ungoverned('not-queued'),
  },
  {
    name: 'a contact that left',
    policies: { anyone: ANYONE },
    contact: queuedContact({ disconnectedAt: atSecond(1) }),
    atSeconds: 400,
    expected: ungoverned('not-queued'),
  },
  {
    name: 'a paused task',
    policies: { anyone: ANYONE },
    contact: queuedContact({ pauses: [atSecond(1)] }),
    atSeconds: 400,
    expected: ungoverned('paused'),
  },
  {
    name: 'a resumed task',
    policies: { anyone: ANYONE },
    contact: queuedContact({ pauses: [atSecond(1)], resumes: [atSecond(2)] }),
    atSeconds: 10,
    expected: governed('anyone', { desired: {}, wakeAt: atSecond(301) }),
  },
  {
    name: 'a resumed task whose policy counts pauses',
    policies: { anyone: { ...ANYONE, paused: 'counts' } },
    contact: queuedContact({ pauses: [atSecond(1)], resumes: [atSecond(2)] }),
    atSeconds: 10,
    expected: governed('anyone', { desired: {}, wakeAt: atSecond(300) }),
  },
  {
    name: 'a resumed task with a step that takes effect by a time',
    policies: { anyone: { steps: [{ by: '5m', set: { age: '2m' } }] } },
    contact: queuedContact({ pauses: [atSecond(20)], resumes: [atSecond(50)] }),
    atSeconds: 60,
    expected: governed('anyone', { desired: {}, wakeAt: atSecond(270) }),
  },
  {
    name: 'a contact that Connect does not know any more',
    policies: { anyone: ANYONE },
    contact: { ...queuedContact(), closedAt: atSecond(1) },
    atSeconds: 400,
    expected: ungoverned('closed'),
  },
  {
    name: 'a contact that another Region may act on',
    policies: { anyone: ANYONE },
    contact: queuedContact({ activeRegion: { at: T0, value: 'us-east-1' } }),
    atSeconds: 400,
    expected: ungoverned('other-region'),
  },
  {
    name: 'an instance that is not served',
    policies: { anyone: ANYONE },
    settings: { instances: ['i-2'] },
    contact: queuedContact(),
    atSeconds: 400,
    expected: ungoverned('other-instance'),
  },
];

describe('the plan', () => {
  test.each(CASES.map((entry) => [entry.name, entry] as const))('%s', (_name, given) => {
    const planned = plan(given.contact, context(given.policies, given.settings), atSecond(given.atSeconds));
    expect(planned).toEqual(given.expected);
  });

  test('exists for every contact at every moment, is deterministic, and changes nothing', () => {
    const duration = fc.integer({ min: 0, max: 900 }).map((seconds) => `${seconds}s`);
    const set = fc.oneof(
      fc.record({ priority: fc.integer({ min: 1, max: 9 }) }),
      fc.integer({ min: -300, max: 300 }).map((seconds) => ({ age: `${seconds}s` })),
    );
    const source = fc.record({
      precedence: fc.integer({ min: 0, max: 3 }),
      mode: fc.constantFrom('enforce', 'observe', 'off'),
      clock: fc.constantFrom('enqueued', 'firstEnqueued', 'initiated'),
      allowLower: fc.constant(true),
      match: fc.constantFrom(
        { channel: ['VOICE'] },
        { tags: { tier: ['gold'] } },
        { attributes: { value: ['1'] } },
        { signals: ['vip'] },
        { queue: { arn: [QUEUE_ARN] } },
      ),
      steps: fc
        .array(fc.record({ after: duration, set }), { minLength: 1, maxLength: 4 })
        .map((steps) =>
          [...steps].sort((a, b) => Number.parseInt(a.after, 10) - Number.parseInt(b.after, 10)),
        ),
    });
    const maybe = fc.option(fc.integer({ min: -100, max: 1_000 }).map(atSecond), { nil: undefined });
    const contact = fc
      .record({
        connectedAt: maybe,
        disconnectedAt: maybe,
        pauses: fc.option(
          fc.integer({ min: -100, max: 1_000 }).map((second) => [atSecond(second)]),
          {
            nil: undefined,
          },
        ),
        attributesChangedAt: maybe,
        until: maybe,
        known: fc.boolean(),
      })
      .map(
        ({ until, known, ...facts }): ContactRecord => ({
          ...queuedContact(Object.fromEntries(Object.entries(facts).filter(([, at]) => at !== undefined))),
          signals: { vip: { at: T0, ...(until === undefined ? {} : { until }) } },
          ...(known
            ? { attributes: { changedAt: atSecond(2_000), names: ['value'], values: { value: '1' } } }
            : {}),
        }),
      );
    fc.assert(
      fc.property(
        fc.array(source, { maxLength: 4 }),
        contact,
        fc.integer({ min: -60, max: 1_200 }),
        (sources, record, seconds) => {
          const given = context(Object.fromEntries(sources.map((policy, index) => [`p-${index}`, policy])));
          const before = structuredClone(record);
          const now = atSecond(seconds);
          const planned = plan(record, given, now);
          expect(plan(record, given, now)).toEqual(planned);
          expect(record).toEqual(before);
          const wakeAt = earliest([planned.wakeAt, planned.shadows?.wakeAt]);
          if (wakeAt !== undefined) expect(wakeAt).toBeGreaterThan(now);
          if (planned.reachedAt !== undefined) expect(planned.reachedAt).toBeLessThanOrEqual(now);
          // Until the moment that it names, time alone does not change the plan.
          const between = Math.min((wakeAt ?? now + 3_600_000) - 1, now + 3_600_000);
          expect(plan(record, given, between)).toEqual(planned);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

test('contacts of Connect’s own tests are left out, unless the settings say otherwise', () => {
  const planned = (record: ContactRecord, testContacts: boolean) =>
    plan(record, context({ gold: GOLD }, { testContacts }), atSecond(1)).reason;
  const isTest = true as const;
  expect(planned(queuedContact({ isTest }), false)).toBe('test-contact');
  expect(planned(queuedContact({ isTest }), true)).toBe('no-policy');
  expect(
    planned({ ...queuedContact(), chain: { transfers: 1, isTest } as ContactRecord['chain'] }, false),
  ).toBe('test-contact');
  expect(planned(queuedContact(), false)).toBe('no-policy');
});

test('the figures of agents are wanted for criteria alone, and what is known of them is kept', () => {
  const route = ['Language:French >= 3 for 1m', 'Language:French >= 1'];
  const planned = (set: object) =>
    plan(
      queuedContact(),
      context({ p: { skipUnstaffed: true, steps: [{ after: '0s', set }] } }),
      atSecond(1),
    );
  expect(planned({ route }).wantedStaffing).toHaveLength(2);
  expect(Object.values(planned({ route }).staffing ?? {})).toEqual([{ since: atSecond(1) }]);
  expect(planned({ priority: 1 })).not.toHaveProperty('wantedStaffing');
  expect(planned({ priority: 1 })).not.toHaveProperty('staffing');
});

test('a contact whose queue has no known name is looked at again when something else changes', () => {
  const named = { match: { queue: { name: ['Billing'] } }, steps: [{ after: '1m', set: { priority: 1 } }] };
  const { reason, wakeAt } = plan(queuedContact(), context({ named }), atSecond(1));
  expect([reason, wakeAt]).toEqual(['needs-queue-name', atSecond(60)]);
});

test('a rollout decides by the initial contact, so that a transfer changes nothing', () => {
  const given = context({ half: { ...ANYONE, rollout: 50 } });
  const reasonOf = (contactId: string, initialContactId?: string) => {
    const record = queuedContact({ contactId, ...(initialContactId && { initialContactId }) });
    return plan({ ...record, contactId }, given, T0).reason;
  };
  const ids = Array.from({ length: 20 }, (_, index) => `c-${index}`);
  const reasons = ids.map((id) => reasonOf(id));
  expect(new Set(reasons)).toEqual(new Set(['governed', 'no-policy']));
  expect(ids.map((id) => reasonOf('transferred', id))).toEqual(reasons);
});

test('of policies whose hours are yet to begin, the first one to begin has the contact looked at again', () => {
  const from = (precedence: number, time: string, mode: string) => ({
    ...ANYONE,
    precedence,
    mode,
    during: { timezone: 'UTC', hours: [`Mon ${time}-18:00`] },
  });
  const given = context({
    a: from(1, '10:05', 'enforce'),
    b: from(2, '10:10', 'enforce'),
    c: from(3, '10:06', 'observe'),
    d: from(4, '10:11', 'observe'),
  });
  const { wakeAt, shadows } = plan(queuedContact(), given, T0);
  expect([wakeAt, shadows?.wakeAt]).toEqual([
    Date.parse('2026-11-23T10:05:00Z'),
    Date.parse('2026-11-23T10:06:00Z'),
  ]);
});
