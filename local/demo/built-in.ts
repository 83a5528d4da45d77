import { join } from 'node:path';
import type { Scenario } from '../../sim/scenario/index.ts';

/** The scenario of the demo, unless another one is given. */
export const BUILT_IN_SCENARIO = join(import.meta.dirname, 'scenario.yaml');

/** When the demo of {@link BUILT_IN_SCENARIO} begins, in milliseconds after midnight: with its rush. */
export const RUSH_AT_MS = 10 * 3_600_000;

/** The example policies, and one for {@link BUILT_IN_SCENARIO} with a condition and a calendar. */
export const EXAMPLE_POLICIES = join(import.meta.dirname, '../../policies');
export const BUILT_IN_POLICIES = join(import.meta.dirname, 'policies');

/** The priority that a flow sets before it queues a contact, by stream: a scenario file cannot say it. */
const FLOW_PRIORITIES: Readonly<Record<string, number>> = { 'callback-billing': 2 };

/** The scenario with what a flow does before it queues contacts. */
export function withFlowPriorities(scenario: Scenario): Scenario {
  const streams = scenario.streams.map((stream) => {
    const priority = FLOW_PRIORITIES[stream.name];
    if (priority === undefined) return stream;
    return { ...stream, contact: { ...stream.contact, routing: { priority } } };
  });
  return { ...scenario, streams };
}
