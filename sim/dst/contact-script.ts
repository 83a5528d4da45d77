import { EVENT_NAMES } from '../../lambda/domain/outgoing-events/outgoing-event.ts';
import type { Settings } from '../../lambda/domain/settings.ts';
import type { Arrival } from '../centre/index.ts';
import type { Random } from '../random.ts';
import type { Conditions } from './conditions.ts';
import type { Schedule } from './schedule.ts';

/** An event of a contact, or a message about it. */
export type ScriptedEvent = { readonly atMs: number } & (
  | { readonly kind: 'connect' | 'disconnect' | 'pause' | 'resume' }
  | { readonly kind: 'transfer'; readonly queueId: string }
  | { readonly kind: 'attributes'; readonly attributes: Readonly<Record<string, string>> }
  | { readonly kind: 'message'; readonly body: object; readonly isOverride?: true }
);

/** A contact and its scripted events. */
export interface ContactScript {
  readonly instanceId: string;
  readonly arrival: Arrival;
  readonly arrivesAtMs: number;
  /** In order of time. */
  readonly events: readonly ScriptedEvent[];
}

/** The few contacts of a run to which much happens. */
export function generateScripts(
  random: Random,
  instances: readonly string[],
  schedule: Schedule,
): ContactScript[] {
  const count = 2 + Math.floor(random() * 6);
  return Array.from({ length: count }, (_, index) =>
    generateScript(random, pick(random, instances), `c-${index}`, schedule),
  );
}

/** The contacts as those of a few customers, who speak different languages; of some neither is known. */
export function withCustomers(scripts: readonly ContactScript[], random: Random): ContactScript[] {
  return scripts.map(({ arrival, ...script }) => {
    const customerId = pick(random, ['anna', 'ben', undefined]);
    // The last one is longer than Connect takes.
    const language = pick(random, ['English', 'French', undefined, 'x'.repeat(200)]);
    const tags = { ...arrival.tags, ...(language !== undefined && { language }) };
    return { ...script, arrival: { ...arrival, tags, ...(customerId !== undefined && { customerId }) } };
  });
}

/** Contacts that only wait, beside the eventful ones; some of them give up. In half of the runs they come at once. */
export function generateBystanders(
  random: Random,
  instances: readonly string[],
  count: number,
  { arrivalsMs, scriptMs }: Schedule,
): ContactScript[] {
  const periodMs = random() < 0.5 ? arrivalsMs / 20 : arrivalsMs;
  return Array.from({ length: count }, (_, index) => ({
    instanceId: pick(random, instances),
    arrivesAtMs: random() * periodMs,
    arrival: {
      contactId: `w-${index}`,
      channel: pick(random, ['VOICE', 'CHAT', 'TASK', 'EMAIL']),
      ...randomProperties(random),
      patienceMs: random() < 0.3 ? random() * scriptMs : Number.POSITIVE_INFINITY,
    },
    events: [],
  }));
}

function randomProperties(random: Random) {
  return {
    initiationMethod: 'INBOUND',
    queueId: 'q',
    tags: { tier: pick(random, ['gold', 'silver', 'none']) },
    attributes: { value: pick(random, ['high', 'low']) },
    routing: random() < 0.15 ? pick(random, [{ priority: 3 }, { ageSeconds: 90 }]) : undefined,
    handlingMs: 60_000,
  };
}

function generateScript(
  random: Random,
  instanceId: string,
  contactId: string,
  { arrivalsMs, scriptMs, stepsAtMs, scale }: Schedule,
): ContactScript {
  const channel = pick(random, scale === 1 ? ['VOICE', 'VOICE', 'CHAT', 'TASK'] : ['TASK', 'EMAIL', 'VOICE']);
  const arrivesAtMs = random() * arrivalsMs;
  const laterMs = () => arrivesAtMs + random() * (scriptMs - arrivesAtMs);
  // Half of the departures coincide with a step, where races are most likely.
  const departureMs = () =>
    random() < 0.5 ? laterMs() : arrivesAtMs + pick(random, stepsAtMs) + random() * 2_500;
  const withProbability = <T>(chance: number, create: () => T): T[] => (random() < chance ? [create()] : []);
  const pausedAtMs = laterMs();
  const contactKey = { instanceId, contactId };
  const events: ScriptedEvent[] = [
    ...withProbability(0.25, () => ({ kind: 'connect' as const, atMs: departureMs() })),
    ...withProbability(0.25, () => ({ kind: 'disconnect' as const, atMs: departureMs() })),
    ...randomTransfers(random, laterMs),
    ...(channel === 'TASK' && random() < 0.5
      ? [
          { kind: 'pause' as const, atMs: pausedAtMs },
          { kind: 'resume' as const, atMs: pausedAtMs + random() * 90_000 * scale },
        ]
      : []),
    ...randomAttributeChanges(random, laterMs),
    ...withProbability(0.35, () => ({
      kind: 'message' as const,
      atMs: laterMs(),
      body: randomSignal(random, contactKey, scale),
    })),
    ...withProbability(0.15, () => ({
      kind: 'message' as const,
      atMs: laterMs(),
      body: randomSignal(random, contactKey, scale),
    })),
    ...(random() < 0.3 ? randomOverride(random, contactKey, laterMs(), scale) : []),
  ];
  return {
    instanceId,
    arrivesAtMs,
    arrival: {
      contactId,
      channel,
      ...randomProperties(random),
      patienceMs: random() < 0.2 ? random() * scriptMs : Number.POSITIVE_INFINITY,
    },
    events: events.sort((a, b) => a.atMs - b.atMs),
  };
}

/** A few contacts are transferred again and again: chains of up to four. */
function randomTransfers(random: Random, laterMs: () => number): ScriptedEvent[] {
  const count = random() < 0.25 ? pick(random, [1, 1, 2, 3]) : 0;
  return Array.from({ length: count }, (_, index) => ({
    kind: 'transfer',
    atMs: laterMs(),
    queueId: pick(random, ['r', index === 1 ? 'q' : 'r']),
  }));
}

function randomAttributeChanges(random: Random, laterMs: () => number): ScriptedEvent[] {
  const count = random() < 0.25 ? pick(random, [1, 2, 4]) : 0;
  return Array.from({ length: count }, () => ({
    kind: 'attributes',
    atMs: laterMs(),
    attributes: { value: pick(random, ['high-1', 'high-2', 'low']) },
  }));
}

function randomSignal(random: Random, contactKey: object, scale: number): object {
  const ttl = random() < 0.5 ? { ttl: `${10 + Math.floor(random() * 200 * scale)}s` } : {};
  const id = random() < 0.5 ? { id: `s-${Math.floor(random() * 1e9)}` } : {};
  return {
    type: 'signal',
    ...contactKey,
    ...id,
    signal: pick(random, ['vip', 'angry', 'rule:calm']),
    ...ttl,
  };
}

function randomOverride(random: Random, contactKey: object, atMs: number, scale: number): ScriptedEvent[] {
  const set = pick(random, [{ priority: 1 }, { priority: 9 }, { age: '7m' }]);
  const ttl = random() < 0.5 ? { ttl: `${20 + Math.floor(random() * 120 * scale)}s` } : {};
  const override = { type: 'override', ...contactKey, set, actor: 'ann', ...ttl };
  const release = { type: 'release', ...contactKey, actor: 'ann' };
  return [
    { kind: 'message', atMs, body: override, isOverride: true },
    ...(random() < 0.6
      ? [{ kind: 'message' as const, atMs: atMs + 1_000 + random() * 60_000 * scale, body: release }]
      : []),
  ];
}

/** The settings that {@link randomSettings} draws, `adopt` and `horizon`: those that a text of them must name. */
export const SETTINGS_SOURCE_FIELDS = [
  'updateRate',
  'updateBurst',
  'describeRate',
  'describeBurst',
  'checkBeforeFirstChange',
  'ageAdjustment',
  'events',
  'adopt',
  'horizon',
] as const satisfies (keyof Settings)[];

/** Random settings with tight quotas, and either meaning of age adjustments. A large centre has the quota that it needs. */
export function randomSettings(
  random: Random,
  defaults: Settings,
  { bystanders, span }: Pick<Conditions, 'bystanders' | 'span'>,
): Settings {
  const isTiny = bystanders === 0 && span === 'minutes';
  return {
    ...defaults,
    updateRate: pick(random, isTiny ? [0.02, 0.5, 3, 20] : [3, 20]),
    updateBurst: pick(random, [1, 2, 5]),
    describeRate: pick(random, isTiny ? [0.3, 2, 10] : [2, 10]),
    describeBurst: pick(random, [1, 5]),
    checkBeforeFirstChange: random() < 0.7,
    ageAdjustment: pick(random, ['absolute', 'incremental']),
    events: EVENT_NAMES,
  };
}

function pick<T>(random: Random, choices: readonly [T, ...T[]] | readonly T[]): T {
  return choices[Math.floor(random() * choices.length)] as T;
}
