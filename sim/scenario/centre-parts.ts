import type { AgentSpec } from '../centre/index.ts';
import { type RunKey, roster, Workload } from '../workload/index.ts';
import type { Scenario } from './scenario.ts';

/** The contacts of a scenario. @param endsAt - when arrivals end, in milliseconds since the epoch. */
export function workloadOf(scenario: Scenario, endsAt: number, key: RunKey): Workload {
  const { dayBeganAt, startsAt, streams, dayVariation } = scenario;
  return new Workload({ dayBeganAt, startsAt, endsAt, streams, dayVariation }, key);
}

/** The agents of a scenario, in the days in which it runs. */
export function agentsOf({ agents, dayBeganAt, weekday }: Scenario): AgentSpec[] {
  return roster(agents, dayBeganAt, weekday);
}
