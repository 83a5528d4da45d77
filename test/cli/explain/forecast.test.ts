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
  /** Second, reason or policy with step, and calls. */
  readonly told: readonly (readonly [second: number, what: string, ...calls: object[]])[];
}

const CASES: readonly Case[] = [
  {
    name: 'each step is a call as it is reached',
    policies: { ladder: LADDER },
    told: [
      [0, 'ladder 0', { QueuePriority: 3 }],
      [120, 'ladder 1', { QueuePriority: 1 }],
    ],
  },
  {
    name: 'what a flow has set is known: the ratchet holds against it',
    policies: { ladder: LADDER },
    record: {
      status: {
        queueVisit: `${queuedContact().facts?.queue?.arn}@${T0}`,
        applied: { priority: 2 },
        isObserved: true,
      },
    },
    told: [
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
    told: [
      [0, 'older'],
      [60, 'older 0', { QueueTimeAdjustmentSeconds: 60 }],
      [120, 'older 1', { QueueTimeAdjustmentSeconds: 120 }],
    ],
  },
  {
    name: 'a signal that runs out lets the next policy govern',
    policies: {
      a: { match: { signals: ['vip'] }, steps: [{ after: '0s', set: { priority: 2 } }] },
      b: { steps: [{ after: '50s', set: { priority: 1 } }] },
    },
    record: { signals: { vip: { at: T0, until: atSecond(30) } } },
    told: [
      [0, 'a 0', { QueuePriority: 2 }],
      [30, 'b'],
      [50, 'b 0', { QueuePriority: 1 }],
    ],
  },
  {
    name: 'an override holds until it runs out, and then the policy',
    policies: { ladder: LADDER },
    record: { override: { at: T0, set: { priority: 9 }, until: atSecond(60) } },
    told: [
      [0, 'ladder 0', { QueuePriority: 9 }],
      [60, 'ladder 0', { QueuePriority: 3 }],
      [120, 'ladder 1', { QueuePriority: 1 }],
    ],
  },
  {
    name: 'what only observes sends nothing',
    policies: { ladder: { ...LADDER, mode: 'observe' } },
    told: [
      [0, 'ladder 0'],
      [120, 'ladder 1'],
    ],
  },
  {
    name: 'the kill switch sends nothing',
    policies: { ladder: LADDER },
    settings: { pause: true },
    told: [
      [0, 'ladder 0'],
      [120, 'ladder 1'],
    ],
  },
  { name: 'no policy', policies: {}, told: [[0, 'no-policy']] },
  {
    name: 'attributes that are not known are asked for when they matter',
    policies: { a: { match: { attributes: { x: ['y'] } }, steps: [{ after: '45s', set: { priority: 1 } }] } },
    told: [
      [0, 'attributes-later'],
      [45, 'needs-attributes'],
    ],
  },
];

describe('the forecast of a contact', () => {
  test.each(CASES)('$name', ({ policies, settings, record = {}, told }) => {
    const contact = { ...queuedContact(), ...record };
    const { moments, nextReconcileAt: nextAt } = forecast(
      contact,
      context(policies, settings),
      T0,
      atSecond(3_600),
    );
    const said = moments.map(({ at, plan, calls }) => [
      (at - T0) / 1_000,
      [plan.policy ?? plan.reason, plan.step].filter((part) => part !== undefined).join(' '),
      ...calls,
    ]);
    expect({ said, nextAt }).toEqual({ said: told, nextAt: undefined });
  });

  test('it ends where it is told to, and says what would come next', () => {
    const { moments, nextReconcileAt: nextAt } = forecast(
      queuedContact(),
      context({ ladder: LADDER }),
      T0,
      atSecond(119),
    );
    expect({ count: moments.length, nextAt }).toEqual({ count: 1, nextAt: atSecond(120) });
  });
});
