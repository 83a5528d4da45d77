import type { Condition } from '../../lambda/domain/condition/condition.ts';
import type { ContactEvent } from '../../lambda/domain/contact/parse-event.ts';
import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import type { PolicySet } from '../../lambda/domain/policy/policy-set.ts';
import type { UpdateAttempt } from '../../lambda/domain/reconcile/next-update.ts';
import type { Settings } from '../../lambda/domain/settings.ts';
import { ContactCentre } from '../centre/index.ts';
import { EscalationModel } from '../escalation/index.ts';
import { seededRandom } from '../random.ts';
import { agentsOf, arrivalsEndAt, type Scenario, workloadOf } from '../scenario/index.ts';
import type { RunKey } from '../workload/index.ts';
import { ActScheduler } from './act-scheduler.ts';

const HOUR_MS = 3_600_000;

/** The maximum time for which a run continues after its hours, until no contact waits. */
const MAX_OVERRUN_MS = 4 * HOUR_MS;

/** The interval of progress reports. */
const STEP_MS = HOUR_MS / 4;

const INSTANCE = { id: 'simulated', account: '123456789012', region: 'eu-central-1' };

/** A policy set and its settings. */
export interface RunConfiguration {
  /** In the order of evaluation. */
  readonly policies: PolicySet;
  readonly settings: Settings;
  /** The conditions that the policies name, in order of name. Default: none. */
  readonly conditions?: readonly Condition[];
}

/** What the system knows of contacts. */
export interface KnownContacts {
  /** The policy that changed the routing of a contact; undefined if none did. */
  escalatedBy(contactId: string): string | undefined;
  /** The target of the policy that governs a contact; undefined without one. */
  targetOf(contactId: string): ContactTarget | undefined;
}

/** The target of a contact. */
export interface ContactTarget {
  readonly policy: string;
  /** When the contact should be answered, in milliseconds since the epoch. */
  readonly dueAt: number;
}

const NOTHING_KNOWN: KnownContacts = { escalatedBy: () => undefined, targetOf: () => undefined };

/** Observes a run. */
export interface RunObserver {
  onEvent(event: ContactEvent, now: number, known: KnownContacts): void;
  onUpdate(record: ContactRecord, call: UpdateAttempt, now: number): void;
  onGoverned?(): void;
  /** A poll found that a condition holds in a queue. */
  onCondition?(condition: string, begins: boolean): void;
  onSuperseded(): void;
  /** @returns the number of waiting contacts. */
  waitingCount(): number;
  /**
   * All events up to that moment have run.
   *
   * @returns true to end the run.
   */
  onProgress?(now: number): boolean;
  /** The run has ended. */
  onEnd?(now: number, known: KnownContacts): void;
}

/** Simulates one run of a scenario under a policy set. */
export function runScenario(
  scenario: Scenario,
  set: RunConfiguration,
  key: RunKey,
  observer: RunObserver,
): void {
  const { startsAt, queues, afterContactWorkMs } = scenario;
  const endsAt = arrivalsEndAt(scenario);
  const workload = workloadOf(scenario, endsAt, key);
  const { policies, settings, conditions = [] } = set;
  const hasQueueSignals = (scenario.acts ?? []).some(({ does }) => does.kind === 'signal');
  const escalation =
    policies.policies.length > 0
      ? new EscalationModel({ policies, settings, conditions, hasQueueSignals, listener: observer })
      : undefined;
  const known = escalation ?? NOTHING_KNOWN;
  const centre: ContactCentre = new ContactCentre({
    instance: INSTANCE,
    queues,
    agents: agentsOf(scenario),
    random: seededRandom(key.seed),
    routingLagMs: settings.routingLagSeconds * 1_000,
    ageAdjustment: settings.ageAdjustment,
    afterContactWorkMs,
    // Contacts are described only while they wait.
    keepFinishedMs: 0,
    onEvent(event) {
      if (event.eventType === 'INITIATED') return;
      observer.onEvent(event, centre.now, known);
      escalation?.handleEvent(event);
      acts?.onEvent(event);
    },
    onDisconnected(contact) {
      workload.onDisconnected(contact);
    },
  });
  const acts = escalation && scenario.acts ? new ActScheduler(scenario, key, escalation, centre) : undefined;
  escalation?.attach(centre, startsAt);
  acts?.start(endsAt + MAX_OVERRUN_MS);
  workload.attach(centre);
  let now = startsAt;
  while (now < endsAt + MAX_OVERRUN_MS) {
    now = Math.min(now + STEP_MS, now < endsAt ? endsAt : endsAt + MAX_OVERRUN_MS);
    centre.advance(now);
    if (observer.onProgress?.(now) || (now >= endsAt && observer.waitingCount() === 0)) break;
  }
  observer.onEnd?.(now, known);
}
