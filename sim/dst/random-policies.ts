import type { Random } from '../random.ts';
import type { Family } from './policy-families.ts';
import { CALENDAR_VARIANTS, CONDITION_VARIANTS, FAMILIES } from './policy-families.ts';
import type { CalendarSources } from './reference/calendar.ts';
import type { ConditionSources } from './reference/load.ts';
import type { PolicySource } from './reference/policies.ts';
import type { Span } from './schedule.ts';

/** The start of the runs: shortly before the end of the hours of one of the policies. */
export const T0 = Date.parse('2026-11-23T10:00:00.250Z');

/**
 * Policies of every kind. Each run has a random subset. Some have a step after 10 minutes, when the scripts of
 * the contacts have ended: a contact whose timer was lost before does not reach it.
 */
const SOURCES: Readonly<Record<string, PolicySource>> = {
  steady: {
    steps: [
      { after: '0s', set: { priority: 4 } },
      { after: '45s', set: { priority: 3 } },
      { after: '2m', set: { priority: 1 } },
      { after: '15m', set: { age: '2m' } },
    ],
  },
  gold: {
    precedence: 10,
    match: { tags: { tier: ['gold'] } },
    steps: [
      { after: '5s', set: { priority: 2 } },
      { by: '4m', set: { priority: 1 } },
      { after: '11m', set: { age: '4m' } },
    ],
  },
  ageing: {
    precedence: 20,
    match: { channel: ['VOICE', 'TASK'] },
    steps: [{ from: '20s', every: '40s', ramp: { age: { add: '60s', upTo: '5m' } } }],
  },
  both: {
    precedence: 30,
    steps: [
      { after: '10s', set: { age: '2m' } },
      {
        after: '90s',
        set: { priority: 2, route: ['Language:English >= 3 for 45s', 'Language:English >= 1'] },
      },
    ],
  },
  vip: {
    precedence: 5,
    match: { signals: ['vip'] },
    steps: [{ after: '0s', set: { priority: 1 } }],
  },
  breached: {
    precedence: 6,
    match: { signals: [{ prefix: 'rule:' }] },
    steps: [{ after: '0s', set: { priority: 2 } }],
  },
  rich: {
    precedence: 1,
    match: { attributes: { value: [{ prefix: 'high' }] } },
    steps: [
      { after: '0s', set: { priority: 3 } },
      { after: '80s', set: { priority: 1 } },
    ],
  },
  moody: {
    precedence: 15,
    steps: [
      { after: '15s', set: { priority: 4 } },
      { after: '20s', when: { signals: ['vip'] }, set: { route: ['Language:English >= 1'] } },
      {
        after: '30s',
        when: { signals: ['angry'] },
        set: { priority: 2, route: ['Language:English >= 3 for 45s', 'Language:English >= 1'] },
      },
      { after: '3m', set: { priority: 1 } },
      { after: '13m', set: { age: '3m' } },
    ],
  },
  half: {
    precedence: 12,
    rollout: 50,
    steps: [
      { after: '25s', set: { priority: 2 } },
      { after: '14m', set: { age: '1m' } },
    ],
  },
  watched: {
    precedence: 8,
    mode: 'observe',
    match: { channel: ['CHAT', 'VOICE'] },
    steps: [
      { after: '0s', set: { age: '777777s' } },
      { after: '55s', set: { age: '888888s' } },
    ],
  },
  curious: {
    precedence: 2,
    mode: 'observe',
    match: { attributes: { value: [{ prefix: 'high' }] } },
    steps: [{ after: '20s', set: { age: '999999s' } }],
  },
  morning: {
    precedence: 3,
    during: { timezone: 'UTC', hours: ['Mon-Fri 08:00-10:03'] },
    steps: [{ after: '30s', set: { priority: 2 } }],
  },
  chained: {
    precedence: 18,
    clock: 'firstEnqueued',
    match: { transfers: [{ numeric: ['>', 0] }] },
    steps: [{ after: '1m', set: { priority: 1 } }],
  },
  lowering: {
    precedence: 9,
    allowLower: true,
    match: { tags: { tier: ['silver'] } },
    steps: [
      { after: '0s', set: { priority: 2 } },
      { after: '100s', set: { priority: 6 } },
    ],
  },
};

/** Policies of runs that last days, beside the others: their steps come after hours, and office hours matter. */
const DAY_SOURCES: Readonly<Record<string, PolicySource>> = {
  backlog: {
    precedence: 11,
    match: { channel: ['TASK', 'EMAIL'] },
    steps: [
      { after: '1h', set: { priority: 4 } },
      { after: '8h', set: { priority: 3 } },
      { after: '24h', set: { priority: 1 } },
      { after: '40h', set: { age: '2h' } },
    ],
  },
  creeping: {
    precedence: 25,
    steps: [{ from: '30m', every: '2h', ramp: { age: { add: '30m', upTo: '9h' } } }],
  },
  'office-hours': {
    precedence: 4,
    during: { timezone: 'UTC', hours: ['Mon-Fri 08:00-18:00'] },
    steps: [
      { after: '2h', set: { priority: 3 } },
      { after: '20h', set: { priority: 2 } },
    ],
  },
  'half-a-day': {
    precedence: 7,
    rollout: 50,
    steps: [{ after: '12h', set: { priority: 2 } }],
  },
  'long-chained': {
    precedence: 17,
    clock: 'firstEnqueued',
    match: { transfers: [{ numeric: ['>', 0] }] },
    steps: [{ after: '20h', set: { priority: 1 } }],
  },
};

/** Policies by their names. */
export type Sources = Readonly<Record<string, PolicySource>>;

/** The ages that only observing policies set, in seconds: no update may have them. */
export const OBSERVED_AGES: readonly number[] = [777_777, 888_888, 999_999];

/** A random subset of the policies for a run of that length. */
export function randomPolicies(random: Random, span: Span): Sources {
  const share = 0.15 + random() * 0.4;
  const all = Object.entries({ ...SOURCES, ...(span === 'days' && DAY_SOURCES) });
  return Object.fromEntries(all.filter(() => random() < share));
}

/** A random subset of the policies of families, each in one of its variants. */
export function randomFamilyPolicies(random: Random, families: readonly Family[], span: Span): Sources {
  const all = families.flatMap((family) => Object.entries(FAMILIES[family][span]));
  return Object.fromEntries(
    all.flatMap(([name, variants]) => {
      const [isIncluded, variant] = [random() < 0.6, Math.floor(random() * variants.length)];
      const source = variants[variant];
      return isIncluded && source ? [[name, source]] : [];
    }),
  );
}

/** The calendars of a run, each in one of its variants; none where no policy names one. */
export function randomCalendars(random: Random, families: readonly Family[], span: Span): CalendarSources {
  if (!families.includes('calendars')) return {};
  return Object.fromEntries(
    Object.entries(CALENDAR_VARIANTS[span]).flatMap(([name, variants]) => {
      const calendar = variants[Math.floor(random() * variants.length)];
      return calendar ? [[name, calendar]] : [];
    }),
  );
}

/** The conditions of a run, each in one of its variants; none where no policy names one. */
export function randomConditions(random: Random, families: readonly Family[]): ConditionSources {
  if (!families.includes('conditions')) return {};
  return Object.fromEntries(
    Object.entries(CONDITION_VARIANTS).flatMap(([name, variants]) => {
      const condition = variants[Math.floor(random() * variants.length)];
      return condition ? [[name, condition]] : [];
    }),
  );
}

/** True when a policy may lower urgency. */
export function canLower(sources: Sources): boolean {
  return Object.values(sources).some(({ allowLower }) => allowLower);
}

/** True when a policy has a target. */
export function hasTarget(sources: Sources): boolean {
  return Object.values(sources).some(({ target }) => target !== undefined);
}

/** The percentage of a policy that is rolled out in part; undefined for the others. */
export function rolloutOf(name: string): number | undefined {
  return ({ ...SOURCES, ...DAY_SOURCES } as Sources)[name]?.rollout;
}
