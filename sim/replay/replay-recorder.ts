import type { ContactKey } from '../../lambda/domain/contact/contact-key.ts';
import { keyString } from '../../lambda/domain/contact/contact-key.ts';
import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import type { UpdateAttempt } from '../../lambda/domain/reconcile/next-update.ts';
import { DEFAULT_ROUTING, type Routing } from '../../lambda/domain/routing/routing.ts';
import { updateLimits } from '../../lambda/domain/settings.ts';
import type { Configuration } from '../../lambda/flow/ports.ts';
import { isoTime } from '../centre/iso-time.ts';
import type { VirtualTime } from '../virtual/virtual-time.ts';
import { CallStatistics } from './call-statistics.ts';
import { QueueRanking } from './queue-ranking.ts';
import type { QueueTracker, QueueVisit } from './queue-tracker.ts';
import type { Escalation, Overtaking, OvertakingsResult, PolicyResult, ReplayedSetResult } from './result.ts';

/** So many overtakings are listed; all are counted. */
const MAX_LISTED = 100_000;

type MutableEscalation = { -readonly [K in keyof Escalation]: Escalation[K] };

/** What is written down of one policy set while a recording is replayed under it. */
export class ReplayRecorder {
  readonly calls = new CallStatistics();
  /** Contacts of which policies would have asked for attributes. */
  readonly contactsNeedingAttributes = new Set<string>();
  readonly #configuration: Configuration;
  readonly #time: VirtualTime;
  readonly #queueTracker: QueueTracker;
  readonly #ranking: QueueRanking;
  readonly #byTag: boolean;
  readonly #escalations: MutableEscalation[] = [];
  readonly #escalatedContacts = new Set<string>();
  readonly #governingPolicy = new Map<string, string>();
  readonly #governedByPolicy = new Map<string, Set<string>>();
  readonly #escalatedByPolicy = new Map<string, Set<string>>();
  readonly #overtakings: Overtaking[] = [];
  readonly #overtakingsByTier = new Map<string, { overtaker: string; overtaken: string; times: number }>();
  #overtakingCount = 0;

  /** @param byTag - whether tiers are told apart by the tag, or by the policy. */
  constructor(configuration: Configuration, time: VirtualTime, waits: QueueTracker, byTag: boolean) {
    this.#configuration = configuration;
    this.#time = time;
    this.#queueTracker = waits;
    this.#ranking = new QueueRanking(waits);
    this.#byTag = byTag;
  }

  /** A record was written. */
  onSave(record: ContactRecord): void {
    const key = keyString(record);
    const policy = record.decision?.policy;
    if (policy === undefined) {
      this.#governingPolicy.delete(key);
      return;
    }
    if (this.#governingPolicy.get(key) === policy) return;
    this.#governingPolicy.set(key, policy);
    addTo(this.#governedByPolicy, policy, key);
  }

  /** A call is made for a contact that waits. */
  onUpdate(contact: QueueVisit, call: UpdateAttempt, record: ContactRecord): void {
    const { now } = this.#time;
    const { decision } = record;
    const { settings } = this.#configuration;
    const policy = call.override === undefined ? decision?.policy : undefined;
    const step = policy === undefined ? undefined : this.#sourceStep(policy, decision?.step);
    const dueAt = decision?.dueAt ?? now;
    this.calls.add(now, dueAt);
    this.#escalatedContacts.add(contact.key);
    if (policy !== undefined) addTo(this.#escalatedByPolicy, policy, contact.key);
    const escalation: MutableEscalation = {
      instanceId: contact.instanceId,
      contactId: contact.contactId,
      queueArn: contact.queueArn,
      tier: this.#tierOf(contact),
      ...(policy === undefined ? {} : { policy }),
      ...(step === undefined ? {} : { step }),
      dueAt: isoTime(dueAt),
      madeAt: isoTime(now),
      waitedSeconds: (now - contact.enqueuedAt) / 1_000,
      from: pickFields(call.sets, { ...DEFAULT_ROUTING, ...call.previous.applied }),
      to: call.sets,
      tookEffect: 'unknown',
    };
    this.#escalations.push(escalation);
    this.#time.after(settings.routingLagSeconds * 1_000, () => {
      escalation.tookEffect = this.#queueTracker.isCurrent(contact);
      if (escalation.tookEffect) this.#takeEffect(contact, call.sets);
    });
  }

  /** A stay in a queue is over. */
  onLeave(contact: QueueVisit): void {
    this.#ranking.remove(contact);
  }

  /** Nothing more will be told of the contact. */
  forget(key: ContactKey): void {
    this.#governingPolicy.delete(keyString(key));
  }

  result(name: string, durationMs: number): ReplayedSetResult {
    const { policies, settings } = this.#configuration;
    return {
      name,
      policies: policies.policies.map(({ name: policy, mode }): PolicyResult => {
        return {
          policy,
          mode: mode === 'observe' ? 'observe' : 'enforce',
          governed: this.#governedByPolicy.get(policy)?.size ?? 0,
          contacts: this.#escalatedByPolicy.get(policy)?.size ?? 0,
          escalations: this.#escalations.filter((one) => one.policy === policy).length,
        };
      }),
      contacts: this.#escalatedContacts.size,
      calls: this.calls.result(updateLimits(settings).ratePerSecond, durationMs),
      overtakings: this.#overtakingsResult(),
      escalations: this.#escalations,
    };
  }

  #overtakingsResult(): OvertakingsResult {
    const textOf = (pair: { overtaker: string; overtaken: string }) => JSON.stringify(pair);
    return {
      total: this.#overtakingCount,
      byTier: [...this.#overtakingsByTier.values()].sort(
        (a, b) => b.times - a.times || (textOf(a) < textOf(b) ? -1 : 1),
      ),
      list: this.#overtakings,
      notListed: this.#overtakingCount - this.#overtakings.length,
    };
  }

  #takeEffect(contact: QueueVisit, settles: Routing): void {
    for (const [overtaker, overtaken] of this.#ranking.applyChange(contact, settles)) {
      const [overtakerTier, overtakenTier] = [this.#tierOf(overtaker), this.#tierOf(overtaken)];
      const text = JSON.stringify([overtakerTier, overtakenTier]);
      const pair = this.#overtakingsByTier.get(text) ?? {
        overtaker: overtakerTier,
        overtaken: overtakenTier,
        times: 0,
      };
      pair.times += 1;
      this.#overtakingsByTier.set(text, pair);
      this.#overtakingCount += 1;
      if (this.#overtakings.length >= MAX_LISTED) continue;
      this.#overtakings.push({
        at: isoTime(this.#time.now),
        queueArn: contact.queueArn,
        overtaker: overtaker.contactId,
        overtakerTier,
        overtaken: overtaken.contactId,
        overtakenTier,
      });
    }
  }

  #tierOf({ key, tier }: QueueVisit): string {
    return this.#byTag ? (tier ?? '(none)') : (this.#governingPolicy.get(key) ?? '(no policy)');
  }

  /** Index in the policy's text of a step, several of which a ramp unfolds into. */
  #sourceStep(policy: string, step: number | undefined): number | undefined {
    const found = this.#configuration.policies.policies.find(({ name }) => name === policy);
    return step === undefined ? undefined : found?.steps[step]?.sourceIndex;
  }
}

function addTo(sets: Map<string, Set<string>>, name: string, value: string): void {
  const set = sets.get(name) ?? new Set<string>();
  sets.set(name, set.add(value));
}

function pickFields(shape: Routing, values: Routing): Routing {
  return Object.fromEntries(
    Object.keys(shape).flatMap((facet) => {
      const value = values[facet as keyof Routing];
      return value === undefined ? [] : [[facet, value]];
    }),
  );
}
