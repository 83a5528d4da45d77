import type { ContactEvent } from '../../lambda/domain/contact/parse-event.ts';
import type { PolicySet } from '../../lambda/domain/policy/policy-set.ts';
import type { Settings } from '../../lambda/domain/settings.ts';
import type { Scenario } from '../../sim/scenario/index.ts';
import { type RunObserver, runScenario } from '../../sim/simulation/run-scenario.ts';
import { TARGET_SECONDS, TIERS, type Tier } from './policies.ts';

/** What became of the contacts of one tier. */
export interface TierResult {
  readonly contacts: number;
  /** The share that was answered within the target, of all contacts. */
  readonly inTime: number;
  /** Standard deviation of the waits of those who were answered, in seconds. */
  readonly spreadSeconds: number;
  /** By how much the last arrival that was answered before a contact came later, at the 95th percentile, in seconds. */
  readonly overtakenSeconds: number;
}

export interface Result {
  readonly tiers: Readonly<Record<Tier, TierResult>>;
  readonly callsPerContact: number;
}

interface Ended {
  readonly enqueuedAt: number;
  readonly answeredAt?: number;
}

/** Runs a day under each seed, and counts what became of its contacts. */
export function measure(
  scenario: Scenario,
  policies: PolicySet,
  settings: Settings,
  seeds: readonly number[],
): Result {
  const days = seeds.map((seed) => runDay(scenario, policies, settings, seed));
  const contacts = days.reduce((sum, { ended }) => sum + [...ended.values()].flat().length, 0);
  const calls = days.reduce((sum, day) => sum + day.calls, 0);
  const tiers = TIERS.map(
    (tier) =>
      [
        tier,
        tierResult(
          tier,
          days.map(({ ended }) => ended),
        ),
      ] as const,
  );
  return { tiers: Object.fromEntries(tiers) as Result['tiers'], callsPerContact: calls / contacts };
}

function runDay(scenario: Scenario, policies: PolicySet, settings: Settings, seed: number) {
  const ended = new Map<Tier, Ended[]>(TIERS.map((tier) => [tier, []]));
  const waiting = new Map<string, number>();
  let calls = 0;
  const end = (contactId: string, answeredAt?: number) => {
    const enqueuedAt = waiting.get(contactId);
    if (enqueuedAt === undefined) return;
    waiting.delete(contactId);
    ended.get(tierOf(contactId))?.push({ enqueuedAt, ...(answeredAt === undefined ? {} : { answeredAt }) });
  };
  const observer: RunObserver = {
    onEvent({ eventType, facts: { contactId, queue } }: ContactEvent, now) {
      if (eventType === 'QUEUED' && queue) waiting.set(contactId, queue.enqueuedAt);
      if (eventType === 'CONNECTED_TO_AGENT') end(contactId, now);
      if (eventType === 'DISCONNECTED') end(contactId);
    },
    onUpdate() {
      calls += 1;
    },
    onSuperseded() {},
    waitingCount: () => waiting.size,
    onEnd() {
      for (const contactId of [...waiting.keys()]) end(contactId);
    },
  };
  runScenario(scenario, { policies, settings }, { seed, run: 0 }, observer);
  return { ended, calls };
}

function tierOf(contactId: string): Tier {
  return contactId.slice(0, contactId.indexOf('-')) as Tier;
}

function tierResult(tier: Tier, days: readonly ReadonlyMap<Tier, readonly Ended[]>[]): TierResult {
  const contacts = days.flatMap((day) => day.get(tier) ?? []);
  const waits = contacts.flatMap(({ enqueuedAt, answeredAt }) =>
    answeredAt === undefined ? [] : [(answeredAt - enqueuedAt) / 1_000],
  );
  const inTime = waits.filter((wait) => wait <= TARGET_SECONDS[tier]).length;
  const mean = waits.reduce((sum, wait) => sum + wait, 0) / waits.length;
  const variance = waits.reduce((sum, wait) => sum + (wait - mean) ** 2, 0) / waits.length;
  const overtaken = days.flatMap((day) => overtakenSeconds(day.get(tier) ?? [], [...day.values()].flat()));
  overtaken.sort((a, b) => a - b);
  return {
    contacts: contacts.length,
    inTime: inTime / contacts.length,
    spreadSeconds: Math.sqrt(variance),
    overtakenSeconds: overtaken[Math.floor(overtaken.length * 0.95)] ?? 0,
  };
}

/** For each contact that was answered, by how much later the last arrival came that was answered before it. */
function overtakenSeconds(contacts: readonly Ended[], all: readonly Ended[]): number[] {
  const answered = all
    .flatMap(({ enqueuedAt, answeredAt }) => (answeredAt === undefined ? [] : [{ enqueuedAt, answeredAt }]))
    .sort((a, b) => a.answeredAt - b.answeredAt);
  // The latest arrival among those answered up to each answer.
  const latest: number[] = [];
  for (const { enqueuedAt } of answered) latest.push(Math.max(latest.at(-1) ?? 0, enqueuedAt));
  const own = new Set(contacts.map(({ enqueuedAt, answeredAt }) => `${enqueuedAt}/${answeredAt}`));
  return answered.flatMap(({ enqueuedAt, answeredAt }, index) =>
    own.has(`${enqueuedAt}/${answeredAt}`)
      ? [Math.max(0, ((latest[index - 1] ?? enqueuedAt) - enqueuedAt) / 1_000)]
      : [],
  );
}
