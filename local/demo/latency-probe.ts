import type { LocalCentre } from '../centre/local-centre.ts';
import { realNow } from '../time/clock.ts';
import { QUIET_QUEUE } from './centre-config.ts';
import type { DemoObserver } from './observer.ts';

const PROBES = 25;

/** Between probes, so that none waits for the quota: at 18 calls a second one is earned in 56 ms. */
const PAUSE_MS = 80;

/**
 * Measures in real time how long it takes from a contact event to the routing call when nothing waits: one contact
 * after the other enters a queue whose policy wants a change at once.
 *
 * @returns real milliseconds, one for each contact.
 */
export async function probeLatency(
  { centre, driver }: LocalCentre,
  observer: DemoObserver,
): Promise<number[]> {
  const latenciesMs: number[] = [];
  for (let index = 0; index < PROBES; index++) {
    const contactId = `probe-${index + 1}`;
    const applied = observer.waitUntilApplied(contactId);
    const begin = realNow();
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
    latenciesMs.push(realNow() - begin);
    centre.disconnect(Date.now(), contactId);
    driver.reschedule();
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  return latenciesMs;
}
