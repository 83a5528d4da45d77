import type { ContactEvent } from '../../lambda/domain/contact/parse-event.ts';
import { createPolicySet } from '../../lambda/domain/policy/policy-set.ts';
import type { Scenario } from '../../sim/scenario/index.ts';
import { runScenario } from '../../sim/simulation/index.ts';
import { type Visit, VisitLog } from './visits.ts';

const HOUR_MS = 3_600_000;

/** The run of a workload that the demo and the baseline share. */
export const RUN = 0;

/**
 * Simulates the contacts of a scenario without policies, in virtual time. The demo has the same contacts with the same
 * patience and handling times.
 *
 * @param endsAt - milliseconds since the epoch. What happens later is left out.
 * @returns who waited, by contact id, in order of arrival.
 */
export function runBaseline(scenario: Scenario, seed: number, endsAt: number): ReadonlyMap<string, Visit> {
  const log = new VisitLog();
  const hours = (endsAt - scenario.startsAt) / HOUR_MS;
  const set = { policies: createPolicySet([]), settings: scenario.settings };
  runScenario(
    { ...scenario, hours },
    set,
    { seed, run: RUN },
    {
      onEvent(event: ContactEvent, now: number) {
        if (now <= endsAt) log.onEvent(event, now);
      },
      onUpdate() {},
      onSuperseded() {},
      waitingCount: () => 0,
    },
  );
  return log.visits;
}
