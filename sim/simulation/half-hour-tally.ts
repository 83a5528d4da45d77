import type { Scenario } from '../scenario/index.ts';
import { type HalfHours, halfHoursOf, slotOf, slotsWithin, spanOf } from './half-hours.ts';
import type { HalfHourResult } from './result.ts';
import { staffingOf } from './staffing.ts';
import { countWait, NO_WAITS, serviceLevelOf, type WaitCounts, type WaitEnd } from './wait-counts.ts';

/** What happened in one half hour to one tier, over all runs. */
interface Counts extends WaitCounts {
  waitOfAnsweredMs: number;
  waitingMs: number;
}

const NO_COUNTS: Readonly<Counts> = { ...NO_WAITS, waitOfAnsweredMs: 0, waitingMs: 0 };

const COUNTS = Object.keys(NO_COUNTS) as (keyof Counts)[];

/** The state of a tally, which threads can exchange. */
export interface HalfHourSnapshot {
  readonly runs: number;
  readonly tiers: ReadonlyMap<string, readonly Readonly<Counts>[]>;
  readonly workMs: readonly number[];
}

/** The figures of one policy set by half hour, over all runs. */
export class HalfHourTally {
  readonly #scenario: Scenario;
  readonly #halfHours: HalfHours;
  readonly #serviceLevelMs: number;
  readonly #tiers: ReadonlyMap<string, readonly Counts[]>;
  readonly #workMs: Float64Array;
  /** When the contacts that are with an agent were answered, in milliseconds since the epoch. */
  readonly #answeredAt = new Map<string, number>();
  #runs = 0;

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
    this.#halfHours = halfHoursOf(scenario);
    const { count } = this.#halfHours;
    this.#serviceLevelMs = scenario.serviceLevelSeconds * 1_000;
    this.#workMs = new Float64Array(count);
    this.#tiers = new Map(
      scenario.tiers.map((tier) => [tier, Array.from({ length: count }, () => ({ ...NO_COUNTS }))]),
    );
  }

  beginRun(): void {
    this.#runs += 1;
    this.#answeredAt.clear();
  }

  /** Counts a contact that left its queue, or waits at the end of the run, in the half hour in which it came. */
  addWait(tier: string, waitEnd: WaitEnd, enqueuedAt: number, leftAt: number): void {
    const slots = this.#tiers.get(tier) ?? [];
    for (const { slot, ms } of slotsWithin(this.#halfHours, enqueuedAt, leftAt)) {
      const counts = slots[slot];
      if (counts) counts.waitingMs += ms;
    }
    const counts = slots[slotOf(this.#halfHours, enqueuedAt)];
    if (!counts) return;
    const waitMs = leftAt - enqueuedAt;
    countWait(counts, waitEnd, waitMs <= this.#serviceLevelMs);
    if (waitEnd === 'answered') counts.waitOfAnsweredMs += waitMs;
  }

  /** An agent has begun to handle a contact. */
  beginWork(contactId: string, at: number): void {
    this.#answeredAt.set(contactId, at);
  }

  /** The agent is free of the contact: after-contact work has ended. */
  endWork(contactId: string, at: number): void {
    const from = this.#answeredAt.get(contactId);
    if (from === undefined) return;
    this.#answeredAt.delete(contactId);
    for (const { slot, ms } of slotsWithin(this.#halfHours, from, at)) {
      this.#workMs[slot] = (this.#workMs[slot] ?? 0) + ms;
    }
  }

  /** The run has ended: what agents still do counts up to here. */
  endRun(at: number): void {
    for (const contactId of [...this.#answeredAt.keys()]) this.endWork(contactId, at);
  }

  snapshot(): HalfHourSnapshot {
    return { runs: this.#runs, tiers: this.#tiers, workMs: [...this.#workMs] };
  }

  /** Adds the runs of another tally of the same scenario. */
  absorb({ runs, tiers, workMs }: HalfHourSnapshot): void {
    this.#runs += runs;
    for (const [slot, ms] of workMs.entries()) this.#workMs[slot] = (this.#workMs[slot] ?? 0) + ms;
    for (const [tier, slots] of tiers) {
      for (const [slot, counts] of slots.entries()) addCounts(this.#tiers.get(tier)?.[slot], counts);
    }
  }

  results(): HalfHourResult[] {
    const { agentMs, capacityMs } = staffingOf(this.#scenario, this.#halfHours);
    return Array.from({ length: this.#halfHours.count }, (_, slot) => {
      const { fromMs, ms } = spanOf(this.#halfHours, slot);
      return {
        fromMinute: fromMs / 60_000,
        minutes: ms / 60_000,
        agents: (agentMs[slot] ?? 0) / ms,
        occupancy: orNull((this.#workMs[slot] ?? 0) / this.#runs / (capacityMs[slot] ?? 0)),
        tiers: [...this.#tiers].map(([tier, slots]) => ({
          tier,
          ...this.#figures(slots[slot] ?? NO_COUNTS, ms),
        })),
      };
    });
  }

  #figures(counts: Readonly<Counts>, ms: number): Omit<HalfHourResult['tiers'][number], 'tier'> {
    return {
      arrivals: counts.contacts / this.#runs,
      serviceLevel: orNull(serviceLevelOf(counts)),
      abandoned: orNull(counts.abandoned / counts.contacts),
      speedOfAnswerSeconds: orNull(counts.waitOfAnsweredMs / 1_000 / counts.answered),
      waiting: counts.waitingMs / this.#runs / ms,
    };
  }
}

function addCounts(counts: Counts | undefined, more: Readonly<Counts>): void {
  if (!counts) return;
  for (const name of COUNTS) counts[name] += more[name];
}

/** Null where there is nothing to divide by: JSON has no other word for it. */
function orNull(figure: number): number | null {
  return Number.isFinite(figure) ? figure : null;
}
