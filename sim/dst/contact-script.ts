import { EVENT_NAMES } from '../../lambda/domain/outgoing-events/outgoing-event.ts';
import type { Settings } from '../../lambda/domain/settings.ts';
import type { Arrival } from '../centre/index.ts';
import type { Random } from '../random.ts';

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

/** All scripted events occur within this time, in milliseconds. */
export const SCRIPT_DURATION_MS = 480_000;

const ARRIVAL_PERIOD_MS = 200_000;

/** The times at which the policies of the runs reach steps, in milliseconds after the arrival. */
const STEPS_AT_MS = [
  0, 5_000, 10_000, 15_000, 20_000, 25_000, 30_000, 45_000, 60_000, 80_000, 90_000, 120_000,
];

export function generateScripts(random: Random, instances: readonly string[]): ContactScript[] {
  const count = 2 + Math.floor(random() * 6);
  return Array.from({ length: count }, (_, index) =>
    generateScript(random, pick(random, instances), `c-${index}`),
  );
}

function generateScript(random: Random, instanceId: string, contactId: string): ContactScript {
  const channel = pick(random, ['VOICE', 'VOICE', 'CHAT', 'TASK']);
  const arrivesAtMs = random() * ARRIVAL_PERIOD_MS;
  const laterMs = () => arrivesAtMs + random() * (SCRIPT_DURATION_MS - arrivesAtMs);
  // Half of the departures coincide with a step, where races are most likely.
  const departureMs = () =>
    random() < 0.5 ? laterMs() : arrivesAtMs + pick(random, STEPS_AT_MS) + random() * 2_500;
  const withProbability = <T>(chance: number, create: () => T): T[] => (random() < chance ? [create()] : []);
  const pausedAtMs = laterMs();
  const contactKey = { instanceId, contactId };
  const events: ScriptedEvent[] = [
    ...withProbability(0.25, () => ({ kind: 'connect' as const, atMs: departureMs() })),
    ...withProbability(0.25, () => ({ kind: 'disconnect' as const, atMs: departureMs() })),
    ...withProbability(0.2, () => ({ kind: 'transfer' as const, atMs: laterMs(), queueId: 'r' })),
    ...(channel === 'TASK' && random() < 0.5
      ? [
          { kind: 'pause' as const, atMs: pausedAtMs },
          { kind: 'resume' as const, atMs: pausedAtMs + random() * 90_000 },
        ]
      : []),
    ...withProbability(0.2, () => ({
      kind: 'attributes' as const,
      atMs: laterMs(),
      attributes: { value: pick(random, ['high-1', 'high-2', 'low']) },
    })),
    ...withProbability(0.35, () => ({
      kind: 'message' as const,
      atMs: laterMs(),
      body: randomSignal(random, contactKey),
    })),
    ...withProbability(0.15, () => ({
      kind: 'message' as const,
      atMs: laterMs(),
      body: randomSignal(random, contactKey),
    })),
    ...(random() < 0.3 ? randomOverride(random, contactKey, laterMs()) : []),
  ];
  return {
    instanceId,
    arrivesAtMs,
    arrival: {
      contactId,
      channel,
      initiationMethod: 'INBOUND',
      queueId: 'q',
      tags: { tier: pick(random, ['gold', 'silver', 'none']) },
      attributes: { value: pick(random, ['high', 'low']) },
      routing: random() < 0.15 ? pick(random, [{ priority: 3 }, { ageSeconds: 90 }]) : undefined,
      handlingMs: 60_000,
      patienceMs: random() < 0.2 ? random() * SCRIPT_DURATION_MS : Number.POSITIVE_INFINITY,
    },
    events: events.sort((a, b) => a.atMs - b.atMs),
  };
}

function randomSignal(random: Random, contactKey: object): object {
  const ttl = random() < 0.5 ? { ttl: `${10 + Math.floor(random() * 200)}s` } : {};
  const id = random() < 0.5 ? { id: `s-${Math.floor(random() * 1e9)}` } : {};
  return {
    type: 'signal',
    ...contactKey,
    ...id,
    signal: pick(random, ['vip', 'angry', 'rule:calm']),
    ...ttl,
  };
}

function randomOverride(random: Random, contactKey: object, atMs: number): ScriptedEvent[] {
  const set = pick(random, [{ priority: 1 }, { priority: 9 }, { age: '7m' }]);
  const ttl = random() < 0.5 ? { ttl: `${20 + Math.floor(random() * 120)}s` } : {};
  const override = { type: 'override', ...contactKey, set, actor: 'ann', ...ttl };
  const release = { type: 'release', ...contactKey, actor: 'ann' };
  return [
    { kind: 'message', atMs, body: override, isOverride: true },
    ...(random() < 0.6
      ? [{ kind: 'message' as const, atMs: atMs + 1_000 + random() * 60_000, body: release }]
      : []),
  ];
}

/** Random settings with tight quotas, and either meaning of age adjustments. */
export function randomSettings(random: Random, defaults: Settings): Settings {
  return {
    ...defaults,
    updateRate: pick(random, [0.02, 0.5, 3, 20]),
    updateBurst: pick(random, [1, 2, 5]),
    describeRate: pick(random, [0.3, 2, 10]),
    describeBurst: pick(random, [1, 5]),
    checkBeforeFirstChange: random() < 0.7,
    ageAdjustment: pick(random, ['absolute', 'incremental']),
    events: EVENT_NAMES,
  };
}

function pick<T>(random: Random, choices: readonly [T, ...T[]] | readonly T[]): T {
  return choices[Math.floor(random() * choices.length)] as T;
}
