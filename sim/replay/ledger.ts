import type { ContactKey } from '../../lambda/domain/contact.ts';
import type { MadeCall } from '../../lambda/domain/outcome.ts';
import type { ContactRecord } from '../../lambda/domain/record.ts';
import { DEFAULT_ROUTING, type Routing } from '../../lambda/domain/routing.ts';
import { updateLimits } from '../../lambda/domain/settings.ts';
import { keyText } from '../../lambda/flow/drain.ts';
import type { Configuration } from '../../lambda/flow/ports.ts';
import { iso } from '../centre/iso.ts';
import type { VirtualTime } from '../virtual/virtual-time.ts';
import { Calls } from './calls.ts';
import { Ranks } from './ranks.ts';
import type { Escalation, Overtaking, OvertakingsResult, PolicyResult, SetResult } from './result.ts';
import type { WaitingContact, Waits } from './waits.ts';

/** So many overtakings are listed; all are counted. */
const LISTED = 100_000;

type MutableEscalation = { -readonly [K in keyof Escalation]: Escalation[K] };

/** What is written down of one policy set while a recording is replayed under it. */
export class Ledger {
  readonly calls = new Calls();
  /** Contacts of which policies would have asked for attributes. */
  readonly askedForAttributes = new Set<string>();
  readonly #configuration: Configuration;
  readonly #time: VirtualTime;
  readonly #waits: Waits;
  readonly #ranks: Ranks;
  readonly #byTag: boolean;
  readonly #escalations: MutableEscalation[] = [];
  readonly #escalated = new Set<string>();
  readonly #policyOf = new Map<string, string>();
  readonly #governed = new Map<string, Set<string>>();
  readonly #escalatedBy = new Map<string, Set<string>>();
  readonly #overtakings: Overtaking[] = [];
  readonly #pairs = new Map<string, { overtaker: string; overtaken: string; times: number }>();
  #overtaken = 0;

  /** @param byTag - whether tiers are told apart by the tag, or by the policy. */
  constructor(configuration: Configuration, time: VirtualTime, waits: Waits, byTag: boolean) {
    this.#configuration = configuration;
    this.#time = time;
    this.#waits = waits;
    this.#ranks = new Ranks(waits);
    this.#byTag = byTag;
  }

  /** A record was written. */
  saved(record: ContactRecord): void {
    const key = keyText(record);
    const policy = record.decision?.policy;
    if (policy === undefined) {
      this.#policyOf.delete(key);
      return;
    }
    if (this.#policyOf.get(key) === policy) return;
    this.#policyOf.set(key, policy);
    addTo(this.#governed, policy, key);
  }

  /** A call is made for a contact that waits. */
  called(contact: WaitingContact, call: MadeCall, record: ContactRecord): void {
    const { now } = this.#time;
    const { decision } = record;
    const { settings } = this.#configuration;
    const policy = call.override === undefined ? decision?.policy : undefined;
    const step = policy === undefined ? undefined : this.#sourceOf(policy, decision?.step);
    const dueAt = decision?.dueAt ?? now;
    this.calls.add(now, dueAt);
    this.#escalated.add(contact.key);
    if (policy !== undefined) addTo(this.#escalatedBy, policy, contact.key);
    const escalation: MutableEscalation = {
      instanceId: contact.instanceId,
      contactId: contact.contactId,
      queueArn: contact.queueArn,
      tier: this.#tierOf(contact),
      ...(policy === undefined ? {} : { policy }),
      ...(step === undefined ? {} : { step }),
      dueAt: iso(dueAt),
      madeAt: iso(now),
      waitedSeconds: (now - contact.enqueuedAt) / 1_000,
      from: onlyFacetsOf(call.settles, { ...DEFAULT_ROUTING, ...call.before.inForce }),
      to: call.settles,
      inTime: 'unknown',
    };
    this.#escalations.push(escalation);
    this.#time.after(settings.routingLagSeconds * 1_000, () => {
      escalation.inTime = this.#waits.isGoingOn(contact);
      if (escalation.inTime) this.#takesEffect(contact, call.settles);
    });
  }

  /** A stay in a queue is over. */
  left(contact: WaitingContact): void {
    this.#ranks.left(contact);
  }

  /** Nothing more will be told of the contact. */
  forget(key: ContactKey): void {
    this.#policyOf.delete(keyText(key));
  }

  result(name: string, durationMs: number): SetResult {
    const { policies, settings } = this.#configuration;
    return {
      name,
      policies: policies.policies.map(({ name: policy, mode }): PolicyResult => {
        return {
          policy,
          mode: mode === 'observe' ? 'observe' : 'enforce',
          governed: this.#governed.get(policy)?.size ?? 0,
          contacts: this.#escalatedBy.get(policy)?.size ?? 0,
          escalations: this.#escalations.filter((one) => one.policy === policy).length,
        };
      }),
      contacts: this.#escalated.size,
      calls: this.calls.result(updateLimits(settings).ratePerSecond, durationMs),
      overtakings: this.#overtakingsResult(),
      escalations: this.#escalations,
    };
  }

  #overtakingsResult(): OvertakingsResult {
    const textOf = (pair: { overtaker: string; overtaken: string }) => JSON.stringify(pair);
    return {
      total: this.#overtaken,
      byTier: [...this.#pairs.values()].sort((a, b) => b.times - a.times || (textOf(a) < textOf(b) ? -1 : 1)),
      list: this.#overtakings,
      notListed: this.#overtaken - this.#overtakings.length,
    };
  }

  #takesEffect(contact: WaitingContact, settles: Routing): void {
    for (const [overtaker, overtaken] of this.#ranks.change(contact, settles)) {
      const [overtakerTier, overtakenTier] = [this.#tierOf(overtaker), this.#tierOf(overtaken)];
      const text = JSON.stringify([overtakerTier, overtakenTier]);
      const pair = this.#pairs.get(text) ?? { overtaker: overtakerTier, overtaken: overtakenTier, times: 0 };
      pair.times += 1;
      this.#pairs.set(text, pair);
      this.#overtaken += 1;
      if (this.#overtakings.length >= LISTED) continue;
      this.#overtakings.push({
        at: iso(this.#time.now),
        queueArn: contact.queueArn,
        overtaker: overtaker.contactId,
        overtakerTier,
        overtaken: overtaken.contactId,
        overtakenTier,
      });
    }
  }

  #tierOf({ key, tier }: WaitingContact): string {
    return this.#byTag ? (tier ?? '(none)') : (this.#policyOf.get(key) ?? '(no policy)');
  }

  /** Index in the policy's text of a step, several of which a ramp unfolds into. */
  #sourceOf(policy: string, step: number | undefined): number | undefined {
    const found = this.#configuration.policies.policies.find(({ name }) => name === policy);
    return step === undefined ? undefined : found?.steps[step]?.source;
  }
}

function addTo(sets: Map<string, Set<string>>, name: string, value: string): void {
  const set = sets.get(name) ?? new Set<string>();
  sets.set(name, set.add(value));
}

function onlyFacetsOf(shape: Routing, values: Routing): Routing {
  return Object.fromEntries(
    Object.keys(shape).flatMap((facet) => {
      const value = values[facet as keyof Routing];
      return value === undefined ? [] : [[facet, value]];
    }),
  );
}
