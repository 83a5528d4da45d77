import type { ContactEvent } from '../../lambda/domain/contact-event.ts';
import type { MadeCall } from '../../lambda/domain/outcome.ts';
import type { PolicySet } from '../../lambda/domain/policy/policy.ts';
import type { ContactRecord } from '../../lambda/domain/record.ts';
import type { Settings } from '../../lambda/domain/settings.ts';
import { ContactCentre } from '../centre/index.ts';
import { Escalation } from '../escalation/index.ts';
import { seededRandom } from '../random.ts';
import type { Scenario } from '../scenario/index.ts';
import { type RunKey, roster, Workload } from '../workload/index.ts';

const HOUR_MS = 3_600_000;

/** After its hours a run goes on until nobody waits any more, but no longer than this. */
const WIND_UP_MS = 4 * HOUR_MS;

/** How far a run is looked into at once. */
const STRIDE_MS = HOUR_MS / 4;

const INSTANCE = { id: 'simulated', account: '123456789012', region: 'eu-central-1' };

/** Policies to be played, with the settings that hold beside them. */
export interface PlayedSet {
  /** In the order in which they are asked. */
  readonly policies: PolicySet;
  readonly settings: Settings;
}

/** The policy that had a contact's routing changed; undefined where none did. */
export type EscalatedBy = (contactId: string) => string | undefined;

/** Who watches a run. */
export interface Watcher {
  event(event: ContactEvent, now: number, escalatedBy: EscalatedBy): void;
  called(record: ContactRecord, call: MadeCall, now: number): void;
  governed?(): void;
  overtaken(): void;
  /** @returns how many wait. */
  waiting(): number;
  /** Everything up to that moment has happened. @returns true where the watcher has seen enough. */
  progress?(now: number): boolean;
  /** The run is over. */
  ended?(now: number, escalatedBy: EscalatedBy): void;
}

/** Lets a scenario happen once, with a policy set around it. */
export function play(scenario: Scenario, set: PlayedSet, key: RunKey, watcher: Watcher): void {
  const { startsAt, dayBeganAt, hours, streams, queues, agents, afterContactWorkMs } = scenario;
  const endsAt = startsAt + hours * HOUR_MS;
  const workload = new Workload({ dayBeganAt, startsAt, endsAt, streams }, key);
  const { policies, settings } = set;
  const escalation =
    policies.policies.length > 0 ? new Escalation({ policies, settings, listener: watcher }) : undefined;
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
      watcher.event(event, centre.now, escalatedBy);
      escalation?.take(event);
    },
    onDisconnected(contact) {
      workload.left(contact);
    },
  });
  escalation?.surround(centre);
  workload.feed(centre);
  let now = startsAt;
  while (now < endsAt + WIND_UP_MS) {
    now = Math.min(now + STRIDE_MS, now < endsAt ? endsAt : endsAt + WIND_UP_MS);
    centre.advance(now);
    if (watcher.progress?.(now) || (now >= endsAt && watcher.waiting() === 0)) break;
  }
  watcher.ended?.(now, escalatedBy);
}
