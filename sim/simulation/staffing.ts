import { newAgent } from '../centre/agent.ts';
import { agentsOf, type Scenario } from '../scenario/index.ts';
import { type HalfHours, slotsWithin } from './half-hours.ts';

/** What the shifts of a scenario provide, by half hour. */
export interface Staffing {
  /** The time of all agents, in milliseconds. */
  readonly agentMs: Float64Array;
  /** The same, times the contacts that each agent may have at a time. */
  readonly capacityMs: Float64Array;
}

/** The agents on shift of a scenario: those who are on a break are not. */
export function staffingOf(scenario: Scenario, halfHours: HalfHours): Staffing {
  const agentMs = new Float64Array(halfHours.count);
  const capacityMs = new Float64Array(halfHours.count);
  const always = [{ from: halfHours.startsAt, to: halfHours.endsAt }];
  for (const agent of agentsOf(scenario)) {
    const { concurrency } = newAgent(agent, []);
    for (const { from, to } of agent.shifts ?? always) {
      if (from >= halfHours.endsAt) break;
      for (const { slot, ms } of slotsWithin(halfHours, from, to)) {
        agentMs[slot] = (agentMs[slot] ?? 0) + ms;
        capacityMs[slot] = (capacityMs[slot] ?? 0) + ms * concurrency;
      }
    }
  }
  return { agentMs, capacityMs };
}
