import { withAgents } from '../../../sim/recommend/variants.ts';
import { recordScenario } from '../../../sim/replay/record-scenario.ts';
import type { Scenario } from '../../../sim/scenario/index.ts';
import { scenarioFrom } from '../simulation/fixture.ts';

export const TIMEZONE = 'Europe/Berlin';

/** When the day begins that the centre is judged by: Friday, after four days to fit it to. */
export const HELD_OUT_FROM = Date.parse('2026-11-27T00:00:00+01:00');

/** A working week of a centre in which all is known, as a file has it. */
export const KNOWN_TEXT = `
name: Known
start: 2026-11-23T00:00:00+01:00
hours: 96
serviceLevel: 60s
afterContactWork: 20s
queues: [support, billing]
agents:
  - { name: both, count: 9, queues: [{ queue: support }, { queue: billing }], hours: ["08:00-18:00"] }
  - { name: noon, count: 5, queues: [{ queue: support }], hours: ["10:00-14:00"] }
streams:
  - tier: gold
    queue: support
    tags: { tier: gold }
    arrivals: { perHour: { "08:00": 40, "18:00": 0 } }
    handling: { mean: 4m, variation: 0.7 }
    patience: { mean: 8m, shape: 1.2, hangUps: 0.04 }
    redial: { probability: 0.4, after: 10m }
  - tier: silver
    queue: support
    tags: { tier: silver }
    arrivals: { perHour: { "08:00": 90, "18:00": 0 } }
    handling: { mean: 3m, variation: 0.5 }
    patience: { mean: 5m, shape: 1.5 }
    transfer: { probability: 0.15, queue: billing, handling: { mean: 6m, variation: 0.6 } }
`;

/** The four days to which a scenario is fitted. */
export const KNOWN: Scenario = scenarioFrom(KNOWN_TEXT);

/** The day that it is judged by. */
const HELD_OUT: Scenario = {
  ...KNOWN,
  startsAt: HELD_OUT_FROM,
  dayBeganAt: HELD_OUT_FROM,
  weekday: 4,
  hours: 24,
};

/** The events of the first four days. */
export function recordFitted(): object[] {
  return recordOf(KNOWN);
}

/** The events of the held-out day. @param agents - the share of the agents who are there; default: all. */
export function recordHeldOut(agents = 1): object[] {
  return recordOf(withAgents(HELD_OUT, agents));
}

function recordOf(scenario: Scenario): object[] {
  const events: object[] = [];
  recordScenario(scenario, { seed: 1, run: 0 }, {}, (event) => events.push(event));
  return events;
}
