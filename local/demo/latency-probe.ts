import type { Arrival } from '../../sim/centre/index.ts';
import type { Scenario } from '../../sim/scenario/index.ts';
import type { LocalCentre } from '../centre/local-centre.ts';
import { realNow } from '../time/clock.ts';
import { INSTANCE, QUIET_QUEUE } from './centre-config.ts';
import type { DecidingConfiguration } from './demo-policies.ts';
import { expectedChanges, planContext } from './expected-changes.ts';
import type { DemoObserver } from './observer.ts';

const PROBE_IDS = Array.from({ length: 25 }, (_, index) => `probe-${index + 1}`);

/** The pause between probes, so that no probe waits for the quota: 18 calls per second are one in 56 ms. */
const PAUSE_MS = 80;

/** A contact without its id. */
export type ProbeContact = Omit<Arrival, 'contactId'>;

/**
 * Finds, among the contacts of a scenario, one for which a change is due as soon as it waits in the quiet queue; undefined
 * where the policies have none.
 *
 * @param now - milliseconds since the epoch.
 */
export function probeContact(
  { streams }: Scenario,
  configuration: DecidingConfiguration,
  now: number,
): ProbeContact | undefined {
  const context = planContext(configuration);
  if (configuration.settings.pause) return undefined;
  return streams
    .map(({ contact }) => ({
      ...contact,
      queueId: QUIET_QUEUE,
      handlingMs: 0,
      patienceMs: Number.POSITIVE_INFINITY,
    }))
    .find(({ channel, initiationMethod, tags = {}, attributes = {}, routing = {} }) =>
      PROBE_IDS.every((contactId) => {
        const queue = { arn: `queue/${QUIET_QUEUE}`, enqueuedAt: now };
        const facts = {
          ...{ instanceId: INSTANCE.id, contactId, channel, initiationMethod, queue },
          tags: { at: now, value: tags },
        };
        const times = { knownAt: now, leftAt: now + 1 };
        const truth = { facts, attributes, initialRouting: routing, signals: [], queueName: QUIET_QUEUE };
        return expectedChanges({ ...truth, ...times }, context).length > 0;
      }),
    );
}

/**
 * Measures the latency from a contact event to the update when no other contact waits: one contact after
 * another enters a queue, and a change is due at once.
 *
 * @returns the latency of each contact in real milliseconds.
 */
export async function probeLatency(
  { centre, driver }: LocalCentre,
  observer: DemoObserver,
  contact: ProbeContact,
): Promise<number[]> {
  const latenciesMs: number[] = [];
  for (const contactId of PROBE_IDS) {
    const applied = observer.waitUntilApplied(contactId);
    const startedAt = realNow();
    centre.arrive(Date.now(), { ...contact, contactId });
    driver.reschedule();
    await applied;
    latenciesMs.push(realNow() - startedAt);
    centre.disconnect(Date.now(), contactId);
    driver.reschedule();
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  return latenciesMs;
}
