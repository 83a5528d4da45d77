import type { ContactKey } from '../../lambda/domain/contact/contact-key.ts';
import { keyString } from '../../lambda/domain/contact/contact-key.ts';
import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import { defined } from '../../lambda/domain/json.ts';
import type { UpdateAttempt } from '../../lambda/domain/reconcile/next-update.ts';
import type { ShadowChange } from '../../lambda/domain/reconcile/shadows.ts';
import { DEFAULT_ROUTING, type Routing } from '../../lambda/domain/routing/routing.ts';
import { updateLimits } from '../../lambda/domain/settings.ts';
import type { Configuration } from '../../lambda/flow/ports.ts';
import { isoTime } from '../centre/iso-time.ts';
import type { VirtualTime } from '../virtual/virtual-time.ts';
import { CallStatistics } from './call-statistics.ts';
import { ConditionLog } from './condition-log.ts';
import { QueueRanking } from './queue-ranking.ts';
import type { QueueTracker, QueueVisit } from './queue-tracker.ts';
import type { Escalation, Overtaking, OvertakingsResult, PolicyResult, ReplayedSetResult } from './result.ts';
import { TargetLog } from './target-log.ts';

/** The maximum number of overtakings to list in a result; all are counted. */
const MAX_OVERTAKINGS = 100_000;

/** The rows that a result lists. All are counted, whatever is listed. */
export interface ListedRows {
  /** The maximum number of updates. */
  readonly escalations: number;
  /** The maximum number of overtakings. */
  readonly overtakings: number;
}

/** As many rows as a result may list. */
export const ALL_ROWS: ListedRows = {
  escalations: Number.POSITIVE_INFINITY,
  overtakings: MAX_OVERTAKINGS,
};

type MutableEscalation = { -readonly [K in keyof Escalation]: Escalation[K] };

/** Records the effects of one policy set during a replay. */
export class ReplayRecorder {
  readonly calls = new CallStatistics();
  readonly conditions: ConditionLog;
  readonly targets: TargetLog;
  /** The contacts whose attributes the policies need. */
  readonly contactsNeedingAttributes = new Set<string>();
  readonly #configuration: Configuration;
  readonly #time: VirtualTime;
  readonly #queueTracker: QueueTracker;
  readonly #ranking: QueueRanking;
  readonly #byTag: boolean;
  readonly #listed: ListedRows;
  readonly #escalations: MutableEscalation[] = [];
  readonly #escalatedContacts = new Set<string>();
  readonly #governingPolicy = new Map<string, string>();
  readonly #governedByPolicy = new Map<string, Set<string>>();
  readonly #escalatedByPolicy = new Map<string, Set<string>>();
  readonly #callsByPolicy = new Map<string, number>();
  readonly #overtakings: Overtaking[] = [];
  readonly #overtakingsByTier = new Map<string, { overtaker: string; overtaken: string; times: number }>();
  /** The number of changes that each observing policy would have made. */
  readonly #shadowChanges = new Map<string, number>();
  #overtakingCount = 0;

  /**
   * @param byTag - true when a tag names the tier of a contact, false when the governing policy does.
   * @param listed - default: all rows.
   */
  constructor(
    configuration: Configuration,
    time: VirtualTime,
    queueTracker: QueueTracker,
    byTag: boolean,
    listed = ALL_ROWS,
  ) {
    this.#configuration = configuration;
    this.targets = new TargetLog(configuration.policies.policies, configuration.settings);
    this.conditions = new ConditionLog((configuration.conditions ?? []).map(({ name }) => name));
    this.#time = time;
    this.#queueTracker = queueTracker;
    this.#ranking = new QueueRanking();
    this.#byTag = byTag;
    this.#listed = listed;
  }

  /** A record was saved. */
  onSave(record: ContactRecord): void {
    const key = keyString(record);
    for (const { policy } of record.shadows?.policies ?? []) addTo(this.#governedByPolicy, policy, key);
    const policy = record.decision?.policy;
    if (policy === undefined) {
      this.#governingPolicy.delete(key);
      return;
    }
    if (this.#governingPolicy.get(key) === policy) return;
    this.#governingPolicy.set(key, policy);
    addTo(this.#governedByPolicy, policy, key);
  }

  /** An update is made for a waiting contact. */
  onUpdate(contact: QueueVisit, call: UpdateAttempt, record: ContactRecord): void {
    const { now } = this.#time;
    const { decision } = record;
    const { settings } = this.#configuration;
    const policy = call.override === undefined ? decision?.policy : undefined;
    const step = policy === undefined ? undefined : this.#sourceStep(policy, decision?.step);
    const dueAt = decision?.dueAt ?? now;
    this.calls.add(now, dueAt);
    this.#escalatedContacts.add(contact.key);
    if (policy !== undefined) {
      addTo(this.#escalatedByPolicy, policy, contact.key);
      this.#callsByPolicy.set(policy, (this.#callsByPolicy.get(policy) ?? 0) + 1);
    }
    const escalation: MutableEscalation = {
      instanceId: contact.instanceId,
      contactId: contact.contactId,
      queueArn: contact.queueArn,
      tier: this.#tierOf(contact),
      ...defined({ policy, step }),
      dueAt: isoTime(dueAt),
      madeAt: isoTime(now),
      waitedSeconds: (now - contact.enqueuedAt) / 1_000,
      from: pickFields(call.sets, { ...DEFAULT_ROUTING, ...call.previous.applied }),
      to: call.sets,
      tookEffect: 'unknown',
    };
    if (this.#escalations.length < this.#listed.escalations) this.#escalations.push(escalation);
    this.#time.after(settings.routingLagSeconds * 1_000, () => {
      escalation.tookEffect = this.#queueTracker.isCurrent(contact);
      this.calls.addEffect(escalation.tookEffect);
      if (escalation.tookEffect) this.#takeEffect(contact, call.sets);
    });
  }

  /** An observing policy would have changed the routing of a contact. */
  onShadowChange(key: ContactKey, { policy }: ShadowChange): void {
    addTo(this.#escalatedByPolicy, policy, keyString(key));
    this.#shadowChanges.set(policy, (this.#shadowChanges.get(policy) ?? 0) + 1);
  }

  /** A queue visit has started, or what is known of the current one has changed. */
  onWait(contact: QueueVisit): void {
    this.#ranking.put(contact);
  }

  /** A queue visit has ended. */
  onLeave(contact: QueueVisit): void {
    this.#ranking.remove(contact);
  }

  /** The contact is deleted. */
  forget(key: ContactKey): void {
    this.#governingPolicy.delete(keyString(key));
  }

  /** @param waited - contacts of the recording that waited. */
  result(name: string, durationMs: number, waited: number): ReplayedSetResult {
    const { policies, settings, conditions } = this.#configuration;
    const noCallsReason = this.calls.made === 0 ? this.#whyNoCalls(waited) : undefined;
    return {
      name,
      policies: policies.policies.map(({ name: policy, mode }): PolicyResult => {
        return {
          policy,
          mode: mode === 'observe' ? 'observe' : 'enforce',
          governed: this.#governedByPolicy.get(policy)?.size ?? 0,
          contacts: this.#escalatedByPolicy.get(policy)?.size ?? 0,
          escalations: this.#shadowChanges.get(policy) ?? this.#callsByPolicy.get(policy) ?? 0,
        };
      }),
      contacts: this.#escalatedContacts.size,
      calls: this.calls.result(updateLimits(settings).ratePerSecond, durationMs),
      ...defined({ noCallsReason }),
      ...defined({ targets: this.targets.results() }),
      ...(conditions && { conditions: this.conditions.results(this.#time.now) }),
      overtakings: this.#overtakingsResult(),
      escalations: this.#escalations,
    };
  }

  #whyNoCalls(waited: number): string {
    const { policies: set, settings } = this.#configuration;
    const governs = (isObserving: boolean) =>
      set.policies.some(
        ({ name, mode }) => (mode === 'observe') === isObserving && this.#governedByPolicy.has(name),
      );
    if (waited === 0) return 'no contact waited';
    if (settings.pause) return 'its settings have pause: true';
    if (set.policies.length === 0) return 'it has no policy, or all are off';
    if (governs(false)) return 'no contact waited until a step that changes its routing';
    return governs(true)
      ? 'its policies observe only'
      : 'none of its policies governed a contact that waited';
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

  #takeEffect(contact: QueueVisit, routing: Routing): void {
    for (const [overtaker, overtaken] of this.#ranking.applyChange(contact, routing)) {
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
      if (this.#overtakings.length >= this.#listed.overtakings) continue;
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

  /** The index of a step in the policy's text, where a ramp is one step. */
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
    Object.keys(shape).flatMap((field) => {
      const value = values[field as keyof Routing];
      return value === undefined ? [] : [[field, value]];
    }),
  );
}
