import { ContactCentre } from '../centre/index.ts';
import { keyedRandoms, seededRandom } from '../random.ts';
import { agentsOf, arrivalsEndAt, type Scenario, workloadOf } from '../scenario/index.ts';
import type { RunKey } from '../workload/index.ts';

const HOUR_MS = 3_600_000;

/** After the end of arrivals, the recording goes on for this time, until the last contacts have left. */
const AFTER_END_MS = 4 * HOUR_MS;

const INSTANCE = {
  id: '11111111-2222-3333-4444-555555555555',
  account: '123456789012',
  region: 'eu-central-1',
} as const;

/** What EventBridge, or who records, may do to events. Shares are from 0 to 1; default 0. */
export interface RecordingFaults {
  /** The share of events that are lost. */
  readonly lost?: number;
  /** The share of events that are there twice. */
  readonly twice?: number;
  /** Events are out of order by so much, at most, in milliseconds; default 0. */
  readonly disorderMs?: number;
}

/**
 * Records the contact events of a scenario without policies, as an EventBridge rule would log them.
 *
 * @param log - called for each event, in the order in which it is logged.
 */
export function recordScenario(
  scenario: Scenario,
  key: RunKey,
  { lost = 0, twice = 0, disorderMs = 0 }: RecordingFaults,
  log: (event: object) => void,
): void {
  const { queues, afterContactWorkMs } = scenario;
  const endsAt = arrivalsEndAt(scenario);
  const workload = workloadOf(scenario, endsAt, key);
  const random = keyedRandoms(`${key.seed}/${key.run} faults`)(0, 0);
  const centre: ContactCentre = new ContactCentre({
    instance: INSTANCE,
    queues,
    agents: agentsOf(scenario),
    random: seededRandom(key.seed),
    afterContactWorkMs,
    keepFinishedMs: 0,
    publish(event) {
      if (random() < lost) return;
      for (let copies = random() < twice ? 2 : 1; copies > 0; copies -= 1) {
        const delayMs = Math.floor(random() * disorderMs);
        if (delayMs === 0) log(event);
        else centre.schedule(centre.now + delayMs, () => log(event));
      }
    },
    onDisconnected: (contact) => workload.onDisconnected(contact),
  });
  workload.attach(centre);
  centre.advance(endsAt + AFTER_END_MS);
}
