import type { CalendarSource } from './reference/calendar.ts';
import type { ConditionSource } from './reference/load.ts';
import type { PolicySource } from './reference/policies.ts';
import type { Span } from './schedule.ts';

/** What policies of some runs use beside steps in time. */
export const FAMILY_NAMES = [
  'targets',
  'calendars',
  'conditions',
  'customers',
  'routes',
  'queue-names',
] as const;

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

/** The calendars that policies name, each in its variants. The desk closes, and opens again, while contacts wait. The holiday is the day of the run. */
export const CALENDAR_VARIANTS: Readonly<Record<Span, Readonly<Record<string, readonly CalendarSource[]>>>> =
  {
    minutes: {
      desk: [
        { timezone: 'UTC', hours: ['Mon-Fri 08:00-10:03', 'Mon-Fri 10:05-18:00'] },
        { timezone: 'Asia/Kolkata', hours: ['Mon-Fri 09:00-15:32', 'Mon-Fri 15:36-20:00'] },
        { timezone: 'UTC', hours: ['daily 10:02-10:06', 'daily 10:07-12:00'] },
      ],
      night: [
        { timezone: 'UTC', hours: ['daily 22:00-10:04'] },
        { timezone: 'UTC', hours: ['daily 22:00-10:04'], except: ['2026-11-22'] },
      ],
      holiday: [
        { timezone: 'America/Phoenix', hours: ['daily 00:00-23:00'], except: ['2026-11-23'] },
        { timezone: 'America/Phoenix', hours: ['Mon-Fri 01:00-03:05'] },
      ],
    },
    days: {
      desk: [
        { timezone: 'UTC', hours: ['Mon-Fri 08:00-18:00'] },
        { timezone: 'Asia/Kolkata', hours: ['Mon-Fri 09:00-12:30', 'Mon-Fri 13:15-19:00'] },
      ],
      night: [
        { timezone: 'America/Phoenix', hours: ['daily 20:00-06:00'] },
        { timezone: 'UTC', hours: ['daily 22:00-05:00'], except: ['2026-11-23'] },
      ],
      holiday: [
        { timezone: 'UTC', hours: ['daily 00:00-23:00'], except: ['2026-11-23'] },
        { timezone: 'UTC', hours: ['Mon-Fri 01:00-12:00'], except: ['2026-11-24'] },
      ],
    },
  };

const CALENDARS: Variants = {
  'desk-hours': [
    {
      precedence: 3,
      during: 'desk',
      steps: [
        { after: '20s', set: { priority: 3 } },
        { after: '4m', set: { priority: 2 } },
      ],
    },
  ],
  'desk-clock': [
    {
      precedence: 14,
      clock: { from: 'enqueued', in: 'desk' },
      steps: [
        { after: '0s', set: { priority: 4 } },
        { after: '1m', set: { priority: 3 } },
        { by: '4m', set: { priority: 2 } },
        { after: '14m', set: { priority: 1 } },
      ],
    },
  ],
  'desk-chain': [
    {
      precedence: 17,
      clock: { from: 'firstEnqueued', in: 'desk' },
      match: TRANSFERRED,
      steps: [{ after: '2m', set: { priority: 2 } }],
    },
  ],
  'desk-target': ['5m', '3m'].map((target) => ({
    precedence: 7,
    match: { channel: ['CHAT', 'TASK'] },
    clock: { in: 'desk' },
    target,
  })),
  'night-shift': [{ precedence: 5, during: 'night', steps: [{ after: '40s', set: { age: '5m' } }] }],
  'no-holiday': [{ precedence: 2, during: 'holiday', steps: [{ after: '1m', set: { priority: 2 } }] }],
};

const DAY_CALENDARS: Variants = {
  'desk-day': [
    {
      precedence: 9,
      clock: { in: 'desk' },
      steps: [
        { after: '1h', set: { priority: 4 } },
        { after: '7h', set: { priority: 3 } },
        { by: '10h', set: { priority: 2 } },
      ],
    },
  ],
  'desk-due': ['4h', '9h'].map((target) => ({
    precedence: 5,
    match: { channel: ['EMAIL', 'VOICE'] },
    clock: { from: 'firstEnqueued', in: 'desk' },
    target,
  })),
  'night-shift': [{ precedence: 3, during: 'night', steps: [{ after: '2h', set: { age: '5h' } }] }],
  'no-holiday': [{ precedence: 2, during: 'holiday', steps: [{ after: '3h', set: { priority: 2 } }] }],
};

/** The conditions that policies name, each in its variants. */
export const CONDITION_VARIANTS: Readonly<Record<string, readonly ConditionSource[]>> = {
  busy: [
    { when: { waiting: [{ numeric: ['>', 2] }] }, until: { waiting: [{ numeric: ['<', 1] }] } },
    { when: { waiting: [{ numeric: ['>', 1] }] } },
  ],
  aged: [
    { when: { oldestSeconds: [{ numeric: ['>', 150] }] } },
    { when: { oldestSeconds: [{ numeric: ['>', 90] }] }, until: { waiting: [{ numeric: ['<', 1] }] } },
  ],
  // Connect counts the contacts of one channel, and knows the names of queues.
  chats: [
    { channel: 'CHAT', when: { waiting: [{ numeric: ['>', 0] }] } },
    // So many tasks seldom wait. So many contacts of all channels together often do.
    { channel: 'TASK', when: { waiting: [{ numeric: ['>', 2] }] } },
  ],
  overflow: [{ queues: ['r'], when: { waiting: [{ numeric: ['>', 0] }] } }],
  // Most agents log out in the middle of the run.
  unmanned: [
    { queues: ['q'], when: { agentsStaffed: [{ numeric: ['<', 2] }] } },
    { when: { agentsStaffed: [{ numeric: ['<', 2] }], waiting: [{ numeric: ['>', 0] }] } },
    { queues: ['q', 'r'], when: { agentsAvailable: [{ numeric: ['>', 2] }] } },
  ],
};

const CONDITIONS: Variants = {
  'when-busy': [
    {
      precedence: 4,
      match: { signals: ['busy'] },
      steps: [
        { after: '0s', set: { priority: 2 } },
        { after: '4m', set: { priority: 1 } },
      ],
    },
  ],
  'when-aged': [
    { precedence: 6, match: { signals: ['aged'] }, steps: [{ after: '0s', set: { age: '6m' } }] },
  ],
  // One variant comes after all other policies, the other one before most of them.
  'when-chats': [19, 3].map((precedence) => ({
    precedence,
    steps: [
      { after: '30s', set: { priority: 4 } },
      {
        after: '40s',
        when: { signals: ['chats'] },
        set: { priority: 3, route: ['Language:English >= 1'] },
      },
      { after: '13m', set: { priority: 2 } },
    ],
  })),
  'when-overflow': [
    { precedence: 2, match: { signals: ['overflow'] }, steps: [{ after: '10s', set: { priority: 3 } }] },
  ],
  'when-unmanned': [
    {
      precedence: 5,
      match: { signals: ['unmanned'] },
      steps: [
        { after: '0s', set: { priority: 3 } },
        { after: '11m', set: { priority: 2 } },
      ],
    },
  ],
};

/** How often the customer was queued before. */
const CUSTOMERS: Variants = {
  'second-call': [1, 2].map((count) => ({
    precedence: 4,
    match: { recentContacts: [{ numeric: ['>=', count] }] },
    steps: [
      { after: '0s', set: { priority: 3 } },
      { after: '50s', set: { priority: 2 } },
    ],
  })),
  'first-call': [
    {
      precedence: 7,
      match: { recentContacts: [{ numeric: ['=', 0] }] },
      steps: [{ after: '35s', set: { age: '8m' } }],
    },
  ],
  'often-in-time': [
    {
      precedence: 21,
      steps: [
        { after: '5s', set: { priority: 4 } },
        { after: '70s', when: { recentContacts: [{ numeric: ['>', 0] }] }, set: { priority: 1 } },
      ],
    },
  ],
};

/** Routes with strings of the contact, and without steps for which no agent is staffed. */
const ROUTES: Variants = {
  'own-language': [
    {
      precedence: 8,
      steps: [
        {
          after: '10s',
          set: { route: ['Language:{tags.language} >= 2 for 45s', 'Language:English >= 1'] },
        },
        { after: '90s', set: { priority: 3 } },
      ],
    },
  ],
  'only-language': [
    {
      precedence: 6,
      match: { channel: ['CHAT', 'TASK'] },
      steps: [{ after: '30s', set: { priority: 4, route: ['Language:{tags.language} >= 1'] } }],
    },
  ],
  'staffed-only': [
    {
      precedence: 5,
      skipUnstaffed: true,
      match: { tags: { tier: ['gold', 'silver'] } },
      steps: [
        {
          after: '15s',
          set: { route: ['Language:French >= 1 for 45s', 'Language:English >= 1'] },
        },
        { after: '12m', set: { priority: 2 } },
      ],
    },
  ],
  'staffed-language': [
    {
      precedence: 4,
      skipUnstaffed: true,
      match: { channel: ['VOICE'] },
      steps: [
        {
          after: '40s',
          set: { route: ['Language:{tags.language} >= 1 for 1m', 'Language:French >= 1'] },
        },
      ],
    },
  ],
};

/** Policies that look at the name of the queue, which Connect alone knows. */
const QUEUE_NAMES: Variants = {
  'in-q': [
    {
      precedence: 8,
      match: { queue: { name: ['q'] } },
      steps: [
        { after: '30s', set: { priority: 3 } },
        { after: '13m', set: { priority: 2 } },
      ],
    },
  ],
  'in-r': [
    {
      precedence: 3,
      match: { queue: { name: [{ prefix: 'r' }] } },
      steps: [{ after: '5s', set: { age: '4m' } }],
    },
  ],
  'later-in-r': [
    {
      precedence: 23,
      steps: [{ after: '20s', when: { queue: { name: ['r'] } }, set: { priority: 1 } }],
    },
  ],
};

/** The policies of each family, by the length of the run. */
export const FAMILIES: Readonly<Record<Family, Readonly<Record<Span, Variants>>>> = {
  targets: { minutes: TARGETS, days: DAY_TARGETS },
  calendars: { minutes: CALENDARS, days: DAY_CALENDARS },
  // Four polls a minute over days would take too long.
  conditions: { minutes: CONDITIONS, days: {} },
  customers: { minutes: CUSTOMERS, days: {} },
  routes: { minutes: ROUTES, days: {} },
  'queue-names': { minutes: QUEUE_NAMES, days: {} },
};

/** The setting `horizon` as people write it, in the choices for a run. */
export const HORIZONS: Readonly<Record<Span, readonly Readonly<Record<string, string>>[]>> = {
  minutes: [{ default: '30m' }, { default: '10m' }, { default: '12m', TASK: '1h' }],
  days: [{ default: '30h' }, { default: '2d', EMAIL: '3d' }],
};
