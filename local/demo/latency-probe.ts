import type { LocalCentre } from '../centre/local-centre.ts';
import { realNow } from '../time/clock.ts';
import { QUIET_QUEUE } from './centre-config.ts';
import type { DemoObserver } from './observer.ts';

const PROBES = 25;

/** The pause between probes, so that no probe waits for the quota: 18 calls per second are one in 56 ms. */
const PAUSE_MS = 80;

/**
 * Measures the latency from a contact event to the update when no other contact waits: one contact after
 * another enters a queue, and a change is due at once.
 *
 * @returns the latency of each contact in real milliseconds.
 */
export async function probeLatency(
  { centre, driver }: LocalCentre,
  observer: DemoObserver,
): Promise<number[]> {
  const latenciesMs: number[] = [];
  for (let index = 0; index < PROBES; index++) {
    const contactId = `probe-${index + 1}`;
    const applied = observer.waitUntilApplied(contactId);
    const startedAt = realNow();
    centre.arrive(Date.now(), {
      contactId,
      channel: 'VOICE',
      initiationMethod: 'INBOUND',
      queueId: QUIET_QUEUE,
      tags: { tier: 'gold' },
      handlingMs: 0,
      patienceMs: Number.POSITIVE_INFINITY,
    });
    driver.reschedule();
    await applied;
    latenciesMs.push(realNow() - startedAt);
    centre.disconnect(Date.now(), contactId);
    driver.reschedule();
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  return latenciesMs;
}
