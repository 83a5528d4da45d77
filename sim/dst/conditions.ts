import { type Random, seededRandom } from '../random.ts';
import { FAMILIES, FAMILY_NAMES, type Family } from './policy-families.ts';
import type { Span } from './schedule.ts';
import { SCHEDULES } from './schedule.ts';

/** What holds for a while, with a description of each. Unlike faults, it strikes every time. */
export const OUTAGES = {
  paused: 'the kill switch is on',
  'connect-denied': 'IAM denies the calls of Connect',
  'table-denied': 'IAM denies the requests to the table',
  'other-region': 'another Region acts on the contacts of an instance, and may change their routing',
} as const;

export type OutageKind = keyof typeof OUTAGES;

/** An outage from one moment to another, in milliseconds after the start of the run. */
export interface Outage {
  readonly kind: OutageKind;
  readonly fromMs: number;
  readonly untilMs: number;
}

/** The world of a run, which its seed chooses. */
export interface Conditions {
  /** Whether the handlers run with their adapters, on the protocols of AWS. */
  readonly throughAdapters: boolean;
  readonly span: Span;
  /** The ids of the instances of the account. */
  readonly instances: readonly string[];
  /** Contacts that only wait, beside the few to which much happens. */
  readonly bystanders: number;
  readonly outages: readonly Outage[];
  /** How far the clocks of the functions are ahead of Connect's and SQS's, in milliseconds. */
  readonly clockSkewMs: number;
  /** How late the indexes of the table may show a write, in milliseconds. Beyond two seconds only the sweep recovers. */
  readonly maxIndexLagMs?: number;
  /** Whether texts of policies and settings are broken and repaired again. */
  readonly breaksTexts: boolean;
  /** Whether a contact gets overrides and signals as long, and as many, as anybody can send. */
  readonly hasLongTexts: boolean;
  /** When a new version is deployed: until then, records are written as an earlier version did. */
  readonly upgradeAtMs?: number;
  /** When all execution environments end at once. */
  readonly coldStartAtMs?: number;
  /** After so many attempts a rule message is a dead letter. Absent: as the stack has it, more than a run has time for. */
  readonly maxReceives?: number;
  /** What policies of the run may use beside steps in time. */
  readonly families: readonly Family[];
}

/** The names of the ways in which a run differs from the simplest one: they are counted over a campaign. */
export const DIMENSIONS = [
  'adapters',
  'days',
  'large-centre',
  'several-instances',
  ...(Object.keys(OUTAGES) as OutageKind[]),
  'clock-skew',
  'long-index-lag',
  'broken-texts',
  'long-texts',
  'upgrade',
  'cold-starts',
  'dead-letters',
  ...FAMILY_NAMES,
] as const;

export type Dimension = (typeof DIMENSIONS)[number];

/** Where a run lasts days, an outage still lasts hours only. */
const MAX_OUTAGE_MS = 3 * 3_600_000;

const SALT = 0x3017;

/** One of so many seeds runs through the adapters: those that it divides. */
export const ADAPTERS_EVERY = 100;

/** The shares of the runs that take ten times as long as others and more, so that 10,000 seeds take less than ten minutes. */
const SHARES = { days: 0.01, largeCentre: 0.0075, longTexts: 0.004 };

/** The shares of the runs that have policies of a family. Those with conditions take twice as long as others. */
const FAMILY_SHARES: Readonly<Record<Family, number>> = {
  targets: 0.3,
  calendars: 0.2,
  conditions: 0.12,
  customers: 0.12,
  routes: 0.12,
  'queue-names': 0.12,
};

/** The conditions of a seed, from a random source of their own: the rest of a run is the same with and without them. */
export function conditionsOf(seed: number): Conditions {
  const random = seededRandom(seed ^ SALT);
  // Such a run takes fifteen times as long as another: it is short, and its centre small.
  const throughAdapters = seed % ADAPTERS_EVERY === 0;
  const kind = throughAdapters ? 1 : random();
  const span: Span = kind < SHARES.days ? 'days' : 'minutes';
  const isLarge = kind >= SHARES.days && kind < SHARES.days + SHARES.largeCentre;
  const count = 1 + pickIndex(random, isLarge ? [0.3, 0.5, 0.2] : [0.7, 0.2, 0.06, 0.04]);
  const { faultsEndMs } = SCHEDULES[span];
  const chance = (probability: number) => random() < probability;
  const moment = () => (0.1 + random() * 0.7) * faultsEndMs;
  const conditions: Conditions = {
    throughAdapters,
    span,
    instances: Array.from({ length: count }, (_, index) => `i-${index + 1}`),
    bystanders: isLarge ? 100 + Math.floor(random() * 200) : 0,
    outages: [
      // After a pause many changes are left at once, also of few contacts.
      ...randomOutages(random, 'paused', throughAdapters ? 0.3 : 0.1, faultsEndMs),
      ...randomOutages(random, 'connect-denied', 0.06, faultsEndMs),
      // Their messages die where the table cannot be reached, and come back in a redrive.
      ...randomOutages(random, 'table-denied', throughAdapters ? 0.2 : 0.06, faultsEndMs),
      ...randomOutages(random, 'other-region', 0.08, faultsEndMs),
    ],
    clockSkewMs: chance(0.2) ? Math.round((random() - 0.5) * 3_000) : 0,
    ...(chance(0.06) && { maxIndexLagMs: 20_000 + random() * 40_000 }),
    // Their adapters publish the configuration, which is seldom done otherwise.
    breaksTexts: chance(throughAdapters ? 0.6 : 0.2),
    ...(chance(0.1) && { upgradeAtMs: moment() }),
    ...(chance(0.1) && { coldStartAtMs: moment() }),
    hasLongTexts: chance(SHARES.longTexts),
    families: FAMILY_NAMES.filter((name) => chance(FAMILY_SHARES[name]) && hasFamily(name, span)),
  };
  if (!throughAdapters) return conditions;
  return { ...asAdaptersAllow(conditions), ...(chance(0.4) && { maxReceives: 1 }) };
}

/** Whether runs of that length have policies of a family. */
function hasFamily(family: Family, span: Span): boolean {
  return Object.keys(FAMILIES[family][span]).length > 0;
}

/** Without what the runs through the adapters do not model. */
function asAdaptersAllow({ upgradeAtMs, ...conditions }: Conditions): Conditions {
  return { ...conditions, hasLongTexts: false };
}

/** In which ways the run differs from the simplest one. */
export function dimensionsOf(conditions: Conditions): Dimension[] {
  const { span, instances, bystanders, outages, clockSkewMs, maxIndexLagMs, breaksTexts } = conditions;
  const has: Readonly<Record<Dimension, boolean>> = {
    adapters: conditions.throughAdapters,
    days: span === 'days',
    'large-centre': bystanders > 0,
    'several-instances': instances.length > 1,
    ...(Object.fromEntries(
      Object.keys(OUTAGES).map((kind) => [kind, outages.some((outage) => outage.kind === kind)]),
    ) as Record<OutageKind, boolean>),
    'clock-skew': clockSkewMs !== 0,
    'long-index-lag': maxIndexLagMs !== undefined,
    'broken-texts': breaksTexts,
    'long-texts': conditions.hasLongTexts,
    upgrade: conditions.upgradeAtMs !== undefined,
    'cold-starts': conditions.coldStartAtMs !== undefined,
    'dead-letters': conditions.maxReceives !== undefined,
    ...(Object.fromEntries(
      FAMILY_NAMES.map((family) => [family, conditions.families.includes(family)]),
    ) as Record<Family, boolean>),
  };
  return DIMENSIONS.filter((dimension) => has[dimension]);
}

/** The conditions for people, in one line. */
export function describeConditions(conditions: Conditions): string {
  const { span, instances, bystanders, outages, clockSkewMs, maxIndexLagMs, breaksTexts } = conditions;
  const { upgradeAtMs, coldStartAtMs } = conditions;
  return [
    conditions.throughAdapters ? 'through the adapters' : '',
    span,
    `${instances.length} ${instances.length === 1 ? 'instance' : 'instances'}`,
    bystanders > 0 ? `${bystanders} bystanders` : '',
    ...outages.map(({ kind, fromMs, untilMs }) => `${kind} ${seconds(fromMs)} to ${seconds(untilMs)}`),
    clockSkewMs === 0 ? '' : `clocks ahead by ${clockSkewMs} ms`,
    maxIndexLagMs === undefined ? '' : `indexes lag by up to ${seconds(maxIndexLagMs)}`,
    breaksTexts ? 'texts break' : '',
    conditions.hasLongTexts ? 'long texts' : '',
    upgradeAtMs === undefined ? '' : `upgrade at ${seconds(upgradeAtMs)}`,
    coldStartAtMs === undefined ? '' : `cold starts at ${seconds(coldStartAtMs)}`,
    conditions.maxReceives === undefined ? '' : `messages die after ${conditions.maxReceives} attempts`,
    ...conditions.families,
  ]
    .filter((text) => text !== '')
    .join(', ');
}

/** One or two outages of a kind, each at most a quarter of the time, one after the other. */
function randomOutages(random: Random, kind: OutageKind, probability: number, endMs: number): Outage[] {
  if (random() >= probability) return [];
  const count = random() < 0.3 ? 2 : 1;
  return Array.from({ length: count }, (_, index) => {
    const fromMs = ((index + 0.1 + random() * 0.4) / count) * endMs;
    const untilMs = fromMs + Math.min(MAX_OUTAGE_MS, ((0.03 + random() * 0.35) / count) * endMs);
    return { kind, fromMs, untilMs };
  });
}

function pickIndex(random: Random, shares: readonly number[]): number {
  let left = random();
  return Math.max(
    0,
    shares.findIndex((share) => {
      left -= share;
      return left < 0;
    }),
  );
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(0)} s`;
}
