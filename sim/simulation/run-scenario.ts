import type { ContactEvent } from '../../lambda/domain/contact/parse-event.ts';
import type { ContactRecord } from '../../lambda/domain/contact/record.ts';
import type { PolicySet } from '../../lambda/domain/policy/policy-set.ts';
import type { UpdateAttempt } from '../../lambda/domain/reconcile/next-update.ts';
import type { Settings } from '../../lambda/domain/settings.ts';
import { ContactCentre } from '../centre/index.ts';
import { EscalationModel } from '../escalation/index.ts';
import { seededRandom } from '../random.ts';
import type { Scenario } from '../scenario/index.ts';
import { type RunKey, roster, Workload } from '../workload/index.ts';

const HOUR_MS = 3_600_000;

/** After its hours a run goes on until nobody waits any more, but no longer than this. */
const MAX_OVERRUN_MS = 4 * HOUR_MS;

/** How far a run is looked into at once. */
const STEP_MS = HOUR_MS / 4;

const INSTANCE = { id: 'simulated', account: '123456789012', region: 'eu-central-1' };

/** Policies to be played, with the settings that hold beside them. */
export interface RunConfiguration {
  /** In the order in which they are asked. */
  readonly policies: PolicySet;
  readonly settings: Settings;
}

/** The policy that had a contact's routing changed; undefined where none did. */
export type EscalatedBy = (contactId: string) => string | undefined;

/** Who watches a run. */
export interface RunObserver {
  onEvent(event: ContactEvent, now: number, escalatedBy: EscalatedBy): void;
  onUpdate(record: ContactRecord, call: UpdateAttempt, now: number): void;
  onGoverned?(): void;
  onSuperseded(): void;
  /** @returns how many wait. */
  waitingCount(): number;
  /** Everything up to that moment has happened. @returns true where the watcher has seen enough. */
  onProgress?(now: number): boolean;
  /** The run is over. */
  onEnd?(now: number, escalatedBy: EscalatedBy): void;
}

/** Lets a scenario happen once, with a policy set around it. */
export function runScenario(
  scenario: Scenario,
  set: RunConfiguration,
  key: RunKey,
  watcher: RunObserver,
): void {
  const { startsAt, dayBeganAt, hours, streams, queues, agents, afterContactWorkMs } = scenario;
  const endsAt = startsAt + hours * HOUR_MS;
  const workload = new Workload({ dayBeganAt, startsAt, endsAt, streams }, key);
  const { policies, settings } = set;
  const escalation =
    policies.policies.length > 0 ? new EscalationModel({ policies, settings, listener: watcher }) : undefined;
  const escalatedBy: EscalatedBy = (contactId) => escalation?.escalatedBy(contactId);
  const centre: ContactCentre = new ContactCentre({
    instance: INSTANCE,
    queues,
    agents: roster(agents, dayBeganAt),
    random: seededRandom(key.seed),
    routingLagMs: settings.routingLagSeconds * 1_000,
    ageAdjustment: settings.ageAdjustment,
    afterContactWorkMs,
    // Whoever asks, asks while the contact waits.
    keepFinishedMs: 0,
    onEvent(event) {
      if (event.eventType === 'INITIATED') return;
      watcher.onEvent(event, centre.now, escalatedBy);
      escalation?.handleEvent(event);
    },
    onDisconnected(contact) {
      workload.onDisconnected(contact);
    },
  });
  escalation?.attach(centre);
  workload.attach(centre);
  let now = startsAt;
  while (now < endsAt + MAX_OVERRUN_MS) {
    now = Math.min(now + STEP_MS, now < endsAt ? endsAt : endsAt + MAX_OVERRUN_MS);
    centre.advance(now);
    if (watcher.onProgress?.(now) || (now >= endsAt && watcher.waitingCount() === 0)) break;
  }
  watcher.onEnd?.(now, escalatedBy);
}
