import type { Settings } from '../../lambda/domain/settings.ts';
import type { Arrival } from '../centre/index.ts';
import type { Random } from '../random.ts';

/** Something that happens in the life of a contact, or is said of it. */
export type ScriptedEvent = { readonly atMs: number } & (
  | { readonly kind: 'connect' | 'disconnect' | 'pause' | 'resume' }
  | { readonly kind: 'transfer'; readonly queueId: string }
  | { readonly kind: 'attributes'; readonly attributes: Readonly<Record<string, string>> }
  | { readonly kind: 'message'; readonly body: object; readonly isOverride?: true }
);

/** A contact with all that will happen to it. */
export interface ContactScript {
  readonly instanceId: string;
  readonly arrival: Arrival;
  readonly arrivesAtMs: number;
  /** In order of time. */
  readonly events: readonly ScriptedEvent[];
}

/** What happens lies within so many milliseconds. */
export const SCRIPT_DURATION_MS = 480_000;

const ARRIVAL_PERIOD_MS = 200_000;

/** When the policies of the runs reach their steps, after the arrival. */
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
  const later = () => arrivesAtMs + random() * (SCRIPT_DURATION_MS - arrivesAtMs);
  // Many leave just as something becomes due for them: that is where it is easy to be wrong.
  const leaving = () =>
    random() < 0.5 ? later() : arrivesAtMs + pick(random, STEPS_AT_MS) + random() * 2_500;
  const maybe = <T>(chance: number, make: () => T): T[] => (random() < chance ? [make()] : []);
  const pausedAtMs = later();
  const said = { instanceId, contactId };
  const happenings: ScriptedEvent[] = [
    ...maybe(0.25, () => ({ kind: 'connect' as const, atMs: leaving() })),
    ...maybe(0.25, () => ({ kind: 'disconnect' as const, atMs: leaving() })),
    ...maybe(0.2, () => ({ kind: 'transfer' as const, atMs: later(), queueId: 'r' })),
    ...(channel === 'TASK' && random() < 0.5
      ? [
          { kind: 'pause' as const, atMs: pausedAtMs },
          { kind: 'resume' as const, atMs: pausedAtMs + random() * 90_000 },
        ]
      : []),
    ...maybe(0.2, () => ({
      kind: 'attributes' as const,
      atMs: later(),
      attributes: { value: pick(random, ['high-1', 'high-2', 'low']) },
    })),
    ...maybe(0.35, () => ({ kind: 'message' as const, atMs: later(), body: randomSignal(random, said) })),
    ...maybe(0.15, () => ({ kind: 'message' as const, atMs: later(), body: randomSignal(random, said) })),
    ...(random() < 0.3 ? randomOverride(random, said, later()) : []),
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
      ...(random() < 0.15 ? { routing: pick(random, [{ priority: 3 }, { ageSeconds: 90 }]) } : {}),
      handlingMs: 60_000,
      patienceMs: random() < 0.2 ? random() * SCRIPT_DURATION_MS : Number.POSITIVE_INFINITY,
    },
    events: happenings.sort((a, b) => a.atMs - b.atMs),
  };
}

function randomSignal(random: Random, said: object): object {
  const ttl = random() < 0.5 ? { ttl: `${10 + Math.floor(random() * 200)}s` } : {};
  const id = random() < 0.5 ? { id: `s-${Math.floor(random() * 1e9)}` } : {};
  return { type: 'signal', ...said, ...id, signal: pick(random, ['vip', 'angry', 'rule:calm']), ...ttl };
}

function randomOverride(random: Random, said: object, atMs: number): ScriptedEvent[] {
  const set = pick(random, [{ priority: 1 }, { priority: 9 }, { age: '7m' }]);
  const ttl = random() < 0.5 ? { ttl: `${20 + Math.floor(random() * 120)}s` } : {};
  const override = { type: 'override', ...said, set, actor: 'ann', ...ttl };
  const release = { type: 'release', ...said, actor: 'ann' };
  return [
    { kind: 'message', atMs, body: override, isOverride: true },
    ...(random() < 0.6
      ? [{ kind: 'message' as const, atMs: atMs + 1_000 + random() * 60_000, body: release }]
      : []),
  ];
}

/** Settings under which everything is tight: few calls, small bursts, both ways in which ages may act. */
export function randomSettings(random: Random, defaults: Settings): Settings {
  return {
    ...defaults,
    updateRate: pick(random, [0.02, 0.5, 3, 20]),
    updateBurst: pick(random, [1, 2, 5]),
    describeRate: pick(random, [0.3, 2, 10]),
    describeBurst: pick(random, [1, 5]),
    checkBeforeFirstChange: random() < 0.7,
    ageAdjustment: pick(random, ['absolute', 'incremental']),
  };
}

function pick<T>(random: Random, choices: readonly [T, ...T[]] | readonly T[]): T {
  return choices[Math.floor(random() * choices.length)] as T;
}
