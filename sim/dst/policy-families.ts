import type { PolicySource } from './reference/policies.ts';
import type { Span } from './schedule.ts';

/** What policies of some runs use beside steps in time. */
export const FAMILY_NAMES = ['targets'] as const;

export type Family = (typeof FAMILY_NAMES)[number];

/** Policies by name, each in the variants that an edit changes into one another. */
type Variants = Readonly<Record<string, readonly PolicySource[]>>;

const TRANSFERRED = { transfers: [{ numeric: ['>', 0] }] };

const dueSoon = (target: string): PolicySource => ({ precedence: 13, target });

const dueAfterTransfers = (target: string): PolicySource => ({
  precedence: 16,
  clock: 'firstEnqueued',
  match: TRANSFERRED,
  target,
});

const dueGold = (target: string): PolicySource => ({
  precedence: 9,
  match: { tags: { tier: ['gold'] } },
  target,
  steps: [
    { after: '1m', set: { priority: 3 } },
    { by: '6m', set: { priority: 2 } },
    { after: '12m', set: { priority: 1 } },
  ],
});

const TARGETS: Variants = {
  'due-soon': ['4m', '2m', '7m'].map(dueSoon),
  'due-after-transfers': ['9m', 'horizon'].map(dueAfterTransfers),
  'due-gold': ['90s', '3m'].map(dueGold),
  'due-vip': [{ precedence: 4, match: { signals: ['vip'] }, target: '30s' }],
  'due-last': [
    {
      precedence: 40,
      target: '8m',
      steps: [{ from: '30s', every: '1m', ramp: { priority: { from: 4, to: 2 } } }],
    },
  ],
  'due-watched': [{ precedence: 3, mode: 'observe', target: '1s' }],
};

const DAY_TARGETS: Variants = {
  'due-in-hours': ['20h', '12h'].map((target) => ({
    precedence: 10,
    match: { channel: ['TASK', 'EMAIL'] },
    target,
    steps: [{ after: '6h', set: { priority: 3 } }],
  })),
  'due-in-the-chain': ['horizon', '22h'].map(dueAfterTransfers),
  'due-in-a-day': [{ precedence: 22, target: '24h' }],
};

/** The policies of each family, by the length of the run. */
export const FAMILIES: Readonly<Record<Family, Readonly<Record<Span, Variants>>>> = {
  targets: { minutes: TARGETS, days: DAY_TARGETS },
};

/** The setting `horizon` as people write it, in the choices for a run. */
export const HORIZONS: Readonly<Record<Span, readonly Readonly<Record<string, string>>[]>> = {
  minutes: [{ default: '30m' }, { default: '10m' }, { default: '12m', TASK: '1h' }],
  days: [{ default: '30h' }, { default: '2d', EMAIL: '3d' }],
};
