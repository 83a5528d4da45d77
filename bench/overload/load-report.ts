import { DEFAULT_ROUTING } from '../../lambda/domain/routing/routing.ts';
import type { ModelledUpdate } from '../../sim/dst/simulated-connect.ts';
import { type OfferedContact, type Step, TIER_NAMES, TIERS, type Tier } from './load.ts';

/** A change that was in force within so long after it fell due is on time. */
export const ON_TIME_MS = 10_000;

/** What a design did with the quota, seen from Connect. */
export interface LoadReport {
  readonly design: string;
  /** Calls of UpdateContactRoutingData. */
  readonly calls: number;
  readonly throttled: number;
  /** Calls that took a token. */
  readonly granted: number;
  /** Granted, and the contact still waited, was to have that by then, and did not have it yet. */
  readonly useful: number;
  /** Of the changes of each tier whose contacts still waited 10 s later, the part in force by then. */
  readonly onTime: Readonly<Record<Tier, number>>;
  /** From when a change fell due until it was made, of those made, ascending. */
  readonly latenessMs: readonly number[];
}

interface ContactEntry {
  readonly visit: OfferedContact;
  readonly changes: { readonly atMs: number; readonly priority: number }[];
}

/** Of what took a token, the part that was useful. */
export function usefulShare({ useful, granted }: LoadReport): number {
  return useful / granted;
}

/** Of all calls, the part that was throttled. */
export function throttledShare({ throttled, calls }: LoadReport): number {
  return throttled / calls;
}

/** Watches what Connect is asked and what it does. Times are milliseconds since the beginning. */
export class LoadRecorder {
  readonly #entries: ReadonlyMap<string, ContactEntry>;
  readonly #latenessMs: number[] = [];
  #calls = 0;
  #throttled = 0;
  #useful = 0;

  constructor(all: readonly OfferedContact[]) {
    this.#entries = new Map(all.map((visit) => [visit.contactId, { visit, changes: [] }]));
  }

  /** Connect has dealt with a call that sets a priority. */
  recordCall(
    contactId: string,
    priority: number | undefined,
    { result, isApplied }: ModelledUpdate,
    atMs: number,
  ): void {
    this.#calls += 1;
    if (result.kind === 'throttled') this.#throttled += 1;
    const entry = this.#entries.get(contactId);
    if (!isApplied || !entry || priority === undefined) return;
    const { visit, changes } = entry;
    const wanted = TIERS[visit.tier].steps.findLast((step) => dueMs(visit, step) <= atMs);
    const inForce = changes.at(-1)?.priority ?? DEFAULT_ROUTING.priority;
    changes.push({ atMs, priority });
    if (wanted?.priority !== priority || inForce === priority) return;
    this.#useful += 1;
    this.#latenessMs.push(atMs - dueMs(visit, wanted));
  }

  /** What came of it until now. */
  report(design: string, atMs: number): LoadReport {
    return {
      design,
      calls: this.#calls,
      throttled: this.#throttled,
      granted: this.#calls - this.#throttled,
      useful: this.#useful,
      onTime: Object.fromEntries(TIER_NAMES.map((tier) => [tier, this.#onTime(tier, atMs)])) as Record<
        Tier,
        number
      >,
      latenessMs: this.#latenessMs.toSorted((a, b) => a - b),
    };
  }

  #onTime(tier: Tier, nowMs: number): number {
    const { steps } = TIERS[tier];
    let [judged, onTime] = [0, 0];
    for (const { visit, changes } of this.#entries.values()) {
      if (visit.tier !== tier) continue;
      for (const step of steps) {
        const latestMs = dueMs(visit, step) + ON_TIME_MS;
        if (latestMs > Math.min(nowMs, visit.arrivesAtMs + visit.waitsMs)) continue;
        judged += 1;
        if (changes.some(({ atMs, priority }) => atMs <= latestMs && priority <= step.priority)) onTime += 1;
      }
    }
    return onTime / judged;
  }
}

function dueMs({ arrivesAtMs }: OfferedContact, { afterSeconds }: Step): number {
  return arrivesAtMs + afterSeconds * 1_000;
}
