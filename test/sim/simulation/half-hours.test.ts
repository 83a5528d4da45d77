import { describe, expect, test } from '@jest/globals';
import type { Scenario } from '../../../sim/scenario/index.ts';
import { type SimulationResult, simulate } from '../../../sim/simulation/index.ts';
import { scenarioFrom } from './fixture.ts';

/** Calls with a given handling time: two in the first half hour, one in the second, none in the third. */
const CALLS = ['2026-11-23T08:20:00Z,10m', '2026-11-23T08:21:00Z,5m', '2026-11-23T08:40:00Z,10m'];

function scenarioOf(more: string): Scenario {
  return scenarioFrom(
    `
name: three calls
start: 2026-11-23T08:15:00Z
hours: 1
serviceLevel: 60s
afterContactWork: 60s
queues: [q]
${more}
streams: [{ tier: gold, queue: q, arrivals: { file: calls.csv }, handling: { mean: 5m } }]
`,
    () => `${CALLS.join('\n')}\n`,
  );
}

function simulated(agents: string, runs = 1): SimulationResult {
  const scenario = scenarioOf(agents);
  const { settings } = scenario;
  return simulate({ scenario, sets: [{ name: 'none', policies: [], settings }], seed: 1, runs });
}

const ALWAYS = 'agents: [{ name: a, count: 1, queues: [{ queue: q }] }]';

describe('figures by half hour', () => {
  test('count contacts where they came, and waits and work where they were', () => {
    const [set] = simulated(ALWAYS).sets;
    // The only agent handles from 8:20 to 8:30, works on until 8:31, then 8:31 to 8:36 and until 8:37, then 8:40 to 8:51.
    expect(set?.byHalfHour).toEqual([
      {
        fromMinute: 0,
        minutes: 15,
        agents: 1,
        occupancy: 10 / 15,
        tiers: [
          {
            tier: 'gold',
            arrivals: 2,
            serviceLevel: 0.5,
            abandoned: 0,
            speedOfAnswerSeconds: 300,
            waiting: 9 / 15,
          },
        ],
      },
      {
        fromMinute: 15,
        minutes: 30,
        agents: 1,
        occupancy: 18 / 30,
        tiers: [
          {
            tier: 'gold',
            arrivals: 1,
            serviceLevel: 1,
            abandoned: 0,
            speedOfAnswerSeconds: 0,
            waiting: 1 / 30,
          },
        ],
      },
      {
        fromMinute: 45,
        minutes: 15,
        agents: 1,
        occupancy: 0,
        tiers: [
          {
            tier: 'gold',
            arrivals: 0,
            serviceLevel: null,
            abandoned: null,
            speedOfAnswerSeconds: null,
            waiting: 0,
          },
        ],
      },
    ]);
  });

  test('are means over the runs', () => {
    const [one] = simulated(ALWAYS, 1).sets;
    const [three] = simulated(ALWAYS, 3).sets;
    // Arrivals and handling times are those of the file in each run.
    expect(three?.byHalfHour).toEqual(one?.byHalfHour);
  });

  test('agents count while they are on shift, without their breaks', () => {
    const [set] = simulated(
      'agents: [{ name: a, count: 2, queues: [{ queue: q }], hours: ["08:00-09:00"], breaks: ["08:45-08:50"] }]',
    ).sets;
    expect(set?.byHalfHour.map(({ agents }) => agents)).toEqual([2, (2 * 25) / 30, 0]);
    expect(set?.byHalfHour[2]?.occupancy).toBeNull();
  });

  test('contacts that nobody serves wait to the end, and are counted', () => {
    const [set] = simulated(
      'agents: [{ name: a, count: 1, queues: [{ queue: q }], hours: ["07:00-08:00"] }]',
      2,
    ).sets;
    expect(set?.tiers[0]).toMatchObject({ contacts: 6, unserved: 6 });
    expect(set?.byHalfHour[0]?.tiers[0]).toMatchObject({ arrivals: 2, serviceLevel: 0, abandoned: 0 });
  });
});
