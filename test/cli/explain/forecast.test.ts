import { describe, expect, test } from '@jest/globals';
import { forecast } from '../../../cli/explain/forecast.ts';
import type { ContactRecord } from '../../../lambda/domain/contact/record.ts';
import type { Settings } from '../../../lambda/domain/settings.ts';
import { atSecond, context, queuedContact, T0 } from '../../support/contacts.ts';

const LADDER = {
  steps: [
    { after: '0s', set: { priority: 3 } },
    { by: '3m', set: { priority: 1 } },
  ],
};

interface Case {
  readonly name: string;
  readonly policies: Record<string, object>;
  readonly record?: Partial<ContactRecord>;
  readonly settings?: Partial<Settings>;
  /** The moments: second, policy and step or reason, and updates. */
  readonly expected: readonly (readonly [second: number, decision: string, ...calls: object[]])[];
}

const CASES: readonly Case[] = [
  {
    name: 'each step sends an update when it is reached',
    policies: { ladder: LADDER },
    expected: [
      [0, 'ladder 0', { QueuePriority: 3 }],
      [120, 'ladder 1', { QueuePriority: 1 }],
    ],
  },
  {
    name: 'the ratchet compares with the applied routing',
    policies: { ladder: LADDER },
    record: {
      status: {
        queueVisit: `${queuedContact().facts?.queue?.arn}@${T0}`,
        applied: { priority: 2 },
        isObserved: true,
      },
    },
    expected: [
      [0, 'ladder 0'],
      [120, 'ladder 1', { QueuePriority: 1 }],
    ],
  },
  {
    name: 'an incremental age is sent as the difference',
    policies: {
      older: {
        steps: [
          { after: '1m', set: { age: '1m' } },
          { after: '2m', set: { age: '3m' } },
        ],
      },
    },
    settings: { ageAdjustment: 'incremental' },
    expected: [
      [0, 'older'],
      [60, 'older 0', { QueueTimeAdjustmentSeconds: 60 }],
      [120, 'older 1', { QueueTimeAdjustmentSeconds: 120 }],
    ],
  },
  {
    name: 'the next policy governs after a signal expires',
    policies: {
      a: { match: { signals: ['vip'] }, steps: [{ after: '0s', set: { priority: 2 } }] },
      b: { steps: [{ after: '50s', set: { priority: 1 } }] },
    },
    record: { signals: { vip: { at: T0, until: atSecond(30) } } },
    expected: [
      [0, 'a 0', { QueuePriority: 2 }],
      [30, 'b'],
      [50, 'b 0', { QueuePriority: 1 }],
    ],
  },
  {
    name: 'an override applies until it expires, and then the policy',
    policies: { ladder: LADDER },
    record: { override: { at: T0, set: { priority: 9 }, until: atSecond(60) } },
    expected: [
      [0, 'ladder 0', { QueuePriority: 9 }],
      [60, 'ladder 0', { QueuePriority: 3 }],
      [120, 'ladder 1', { QueuePriority: 1 }],
    ],
  },
  {
    name: 'a policy that observes sends nothing, and shows what it would set',
    policies: { ladder: { ...LADDER, mode: 'observe' } },
    expected: [
      [0, 'no-policy', { policy: 'ladder', step: 0, set: { priority: 3 } }],
      [120, 'no-policy', { policy: 'ladder', step: 1, set: { priority: 1 } }],
    ],
  },
  {
    name: 'the kill switch sends nothing',
    policies: { ladder: LADDER },
    settings: { pause: true },
    expected: [
      [0, 'ladder 0'],
      [120, 'ladder 1'],
    ],
  },
  { name: 'no policy', policies: {}, expected: [[0, 'no-policy']] },
  {
    name: 'attributes that are not known are requested when they are needed',
    policies: { a: { match: { attributes: { x: ['y'] } }, steps: [{ after: '45s', set: { priority: 1 } }] } },
    expected: [
      [0, 'attributes-later'],
      [45, 'needs-attributes'],
    ],
  },
];

describe('forecast', () => {
  test.each(CASES)('$name', ({ policies, settings, record = {}, expected }) => {
    const contact = { ...queuedContact(), ...record };
    const { moments, nextReconcileAt } = forecast(contact, context(policies, settings), T0, atSecond(3_600));
    const actual = moments.map(({ at, plan, calls, shadowChanges }) => [
      (at - T0) / 1_000,
      [plan.policy ?? plan.reason, plan.step].filter((part) => part !== undefined).join(' '),
      ...calls,
      ...shadowChanges,
    ]);
    expect({ actual, nextReconcileAt }).toEqual({ actual: expected, nextReconcileAt: undefined });
  });

  test('ends at the given time, and has the time of the next reconcile', () => {
    const { moments, nextReconcileAt } = forecast(
      queuedContact(),
      context({ ladder: LADDER }),
      T0,
      atSecond(119),
    );
    expect({ count: moments.length, nextReconcileAt }).toEqual({
      count: 1,
      nextReconcileAt: atSecond(120),
    });
  });
});
