import { DEFAULT_ROUTING } from '../../lambda/domain/routing/routing.ts';
import type { ModelledUpdate } from '../../sim/dst/simulated-connect.ts';
import { type OfferedContact, type Step, TIER_NAMES, TIERS, type Tier } from './load.ts';

/** A change is on time when it is applied within this time after it is due. */
const ON_TIME_MS = 10_000;

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
  readonly changes: { readonly atMs: number; readonly priority: number }[];
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
  readonly #latenessMs: number[] = [];
  #calls = 0;
  #throttled = 0;
  #useful = 0;

  constructor(contacts: readonly OfferedContact[]) {
    this.#entries = new Map(contacts.map((contact) => [contact.contactId, { contact, changes: [] }]));
  }

  /** Records a call that sets a priority. */
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
    const { contact, changes } = entry;
    const desired = TIERS[contact.tier].steps.findLast((step) => dueMs(contact, step) <= atMs);
    const applied = changes.at(-1)?.priority ?? DEFAULT_ROUTING.priority;
    changes.push({ atMs, priority });
    if (desired?.priority !== priority || applied === priority) return;
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
    const { steps } = TIERS[tier];
    let [total, onTime] = [0, 0];
    for (const { contact, changes } of this.#entries.values()) {
      if (contact.tier !== tier) continue;
      for (const step of steps) {
        const deadlineMs = dueMs(contact, step) + ON_TIME_MS;
        if (deadlineMs > Math.min(nowMs, contact.arrivesAtMs + contact.waitsMs)) continue;
        total += 1;
        if (changes.some(({ atMs, priority }) => atMs <= deadlineMs && priority <= step.priority))
          onTime += 1;
      }
    }
    return onTime / total;
  }
}

function dueMs({ arrivesAtMs }: OfferedContact, { afterSeconds }: Step): number {
  return arrivesAtMs + afterSeconds * 1_000;
}
