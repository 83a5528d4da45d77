import type { Arrival } from '../../sim/centre/index.ts';
import { type Random, seededRandom } from '../../sim/random.ts';
import { exponential, logNormal } from '../../sim/workload/index.ts';
import { SUPPORT_QUEUE } from './centre-config.ts';

/** A contact of the demo. */
export interface DemoContact {
  /** When the contact arrives, in milliseconds after the start. */
  readonly atMs: number;
  readonly tier: Tier;
  readonly arrival: Arrival;
  /**
   * When the contact gets the signal `angry-customer` if it is still queued, in milliseconds after the start.
   */
  readonly angryAtMs?: number;
}

/** The groups of contacts in the summary. */
export type Tier = 'platinum' | 'gold' | 'standard';

const TIER_SHARES: readonly (readonly [Tier, number])[] = [
  ['platinum', 0.05],
  ['gold', 0.15],
  ['standard', 0.8],
];

/** Arrivals per minute: more than the agents can handle in the first third of the demo, then fewer. */
const RUSH_PER_MINUTE = 75;
const CALM_PER_MINUTE = 36;

const HANDLING_MEAN_MS = 100_000;
const PATIENCE_MEAN_MS = 360_000;
const CHAT_SHARE = 0.15;
const SPANISH_SHARE = 0.08;
const PRIVATE_SHARE = 0.06;
const FLOW_PRIORITY_SHARE = 0.05;
const ANGRY_SHARE = 0.08;

/** Generates the contacts of the demo. The same seed and duration give the same contacts. */
export function generateContacts(seed: number, durationMs: number): DemoContact[] {
  const random = seededRandom(seed);
  const contacts: DemoContact[] = [];
  let atMs = 0;
  for (;;) {
    const perMinute = atMs < durationMs / 3 ? RUSH_PER_MINUTE : CALM_PER_MINUTE;
    atMs += exponential(random, 60_000 / perMinute);
    if (atMs >= durationMs) return contacts;
    contacts.push(generateContact(random, atMs, contacts.length));
  }
}

function generateContact(random: Random, atMs: number, index: number): DemoContact {
  const tier = drawTier(random);
  const channel = random() < CHAT_SHARE ? 'CHAT' : 'VOICE';
  const spanish = random() < SPANISH_SHARE;
  const privateClient = random() < PRIVATE_SHARE;
  // Some flows set a priority before they queue the contact. No event contains it.
  const flowPriority = random() < FLOW_PRIORITY_SHARE ? 2 : undefined;
  const angryAfterMs = random() < ANGRY_SHARE ? 30_000 + exponential(random, 60_000) : undefined;
  return {
    atMs,
    tier,
    arrival: {
      contactId: `contact-${String(index + 1).padStart(4, '0')}`,
      channel,
      initiationMethod: channel === 'VOICE' ? 'INBOUND' : 'API',
      queueId: SUPPORT_QUEUE,
      tags: { tier, ...(spanish ? { language: 'es' } : {}) },
      attributes: { segment: privateClient ? 'private-wealth' : 'retail' },
      routing: flowPriority === undefined ? undefined : { priority: flowPriority },
      handlingMs: logNormal(random, HANDLING_MEAN_MS, 0.6),
      patienceMs: exponential(random, PATIENCE_MEAN_MS),
    },
    angryAtMs: angryAfterMs === undefined ? undefined : atMs + angryAfterMs,
  };
}

function drawTier(random: Random): Tier {
  let rest = random();
  for (const [tier, share] of TIER_SHARES) {
    if (rest < share) return tier;
    rest -= share;
  }
  return 'standard';
}
