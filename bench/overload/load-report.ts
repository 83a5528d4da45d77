import type { RoutingUpdate } from '../../lambda/domain/routing/routing.ts';
import type { ModelledUpdate } from '../../sim/dst/simulated-connect.ts';
import { type OfferedContact, type Plan, TIER_NAMES, type Tier } from './load.ts';

/** How a design used the quota, as Connect observed it. */
export interface LoadReport {
  readonly design: string;
  /** Calls of UpdateContactRoutingData. */
  readonly calls: number;
  readonly throttled: number;
  /** Calls that took a token. */
  readonly granted: number;
  /** Granted calls that applied a change that was due to a contact that was still queued. */
  readonly useful: number;
  /**
   * The share of changes that were on time, of the changes whose contacts were still queued then, by tier.
   */
  readonly onTime: Readonly<Record<Tier, number>>;
  /** Milliseconds from due to applied of the useful calls, ascending. */
  readonly latenessMs: readonly number[];
}

interface ContactEntry {
  readonly contact: OfferedContact;
  readonly changes: { readonly atMs: number; readonly rank: number }[];
}

/** The share of the granted calls that were useful. */
export function usefulShare({ useful, granted }: LoadReport): number {
  return useful / granted;
}

/** The share of all calls that were throttled. */
export function throttledShare({ throttled, calls }: LoadReport): number {
  return throttled / calls;
}

/** Records the calls that Connect receives and their results. Times are milliseconds since the start. */
export class LoadRecorder {
  readonly #entries: ReadonlyMap<string, ContactEntry>;
  readonly #plan: Plan;
  readonly #latenessMs: number[] = [];
  #calls = 0;
  #throttled = 0;
  #useful = 0;

  /** @param plan - what is due to the contacts. */
  constructor(contacts: readonly OfferedContact[], plan: Plan) {
    this.#plan = plan;
    this.#entries = new Map(contacts.map((contact) => [contact.contactId, { contact, changes: [] }]));
  }

  /** Records a call. */
  recordCall(
    contactId: string,
    { QueuePriority, QueueTimeAdjustmentSeconds = 0 }: RoutingUpdate,
    { result, isApplied }: ModelledUpdate,
    atMs: number,
  ): void {
    this.#calls += 1;
    if (result.kind === 'throttled') this.#throttled += 1;
    const entry = this.#entries.get(contactId);
    if (!isApplied || !entry) return;
    const { contact, changes } = entry;
    const rank = QueuePriority ?? -QueueTimeAdjustmentSeconds;
    const desired = this.#plan.changes[contact.tier].findLast((change) => dueMs(contact, change) <= atMs);
    const applied = changes.at(-1)?.rank ?? this.#plan.unset;
    changes.push({ atMs, rank });
    if (desired?.rank !== rank || applied === rank) return;
    this.#useful += 1;
    this.#latenessMs.push(atMs - dueMs(contact, desired));
  }

  /** The results until now. */
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
    let [total, onTime] = [0, 0];
    for (const { contact, changes } of this.#entries.values()) {
      if (contact.tier !== tier) continue;
      for (const change of this.#plan.changes[tier]) {
        const deadlineMs = dueMs(contact, change) + change.withinSeconds * 1_000;
        if (deadlineMs > Math.min(nowMs, contact.arrivesAtMs + contact.waitsMs)) continue;
        total += 1;
        if (changes.some(({ atMs, rank }) => atMs <= deadlineMs && rank <= change.rank)) onTime += 1;
      }
    }
    return onTime / total;
  }
}

function dueMs({ arrivesAtMs }: OfferedContact, { afterSeconds }: { readonly afterSeconds: number }): number {
  return arrivesAtMs + afterSeconds * 1_000;
}
