import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { stressVariants, withAgents, withPatience, withVolume } from '../../../sim/recommend/variants.ts';
import { expectedContacts, type Scenario } from '../../../sim/scenario/index.ts';
import { scenarioFrom } from '../simulation/fixture.ts';

const text = readFileSync(join(import.meta.dirname, '../../../scenarios/monday-morning.yaml'), 'utf8');
const scenario = scenarioFrom(text);
const agentsOf = ({ agents }: Scenario) => agents.reduce((sum, { count }) => sum + count, 0);
const listed = (count: number): Scenario => {
  const arrivals = Array.from({ length: count }, (_, index) => ({
    at: scenario.startsAt + index,
    contactId: `c-${index}`,
  }));
  const [stream] = scenario.streams;
  return { ...scenario, streams: stream ? [{ ...stream, arrivals }] : [] };
};

describe('a variant of a scenario', () => {
  test.each([0.9, 1.1])('has %d times the contacts', (factor) => {
    expect(expectedContacts(withVolume(scenario, factor)) / expectedContacts(scenario)).toBeCloseTo(
      factor,
      9,
    );
    expect(expectedContacts(withVolume(listed(100), factor))).toBe(Math.round(100 * factor));
  });

  test('has no two contacts of one id in a list', () => {
    const ids = withVolume(listed(100), 1.1).streams.flatMap(({ arrivals }) =>
      'points' in arrivals ? [] : [...arrivals].map(({ contactId }) => contactId),
    );
    expect(new Set(ids).size).toBe(110);
  });

  test.each([
    [0.9, 50],
    [1.1, 62],
    [0.001, 3],
  ])('has %d times the agents, and one of each group', (factor, expected) => {
    const { agents } = withAgents(scenario, factor);
    expect(agents.reduce((sum, { count }) => sum + count, 0)).toBe(expected);
    expect(Math.min(...agents.map(({ count }) => count))).toBeGreaterThanOrEqual(1);
    expect(agentsOf(scenario)).toBe(56);
  });

  test('has other patience, and leaves those alone who never abandon', () => {
    const [gold] = withPatience(scenario, 0.8).streams;
    expect(gold?.patience).toStrictEqual({ kind: 'weibull', meanMs: 384_000, shape: 1.2 });
    const never = {
      ...scenario,
      streams: scenario.streams.map((one) => ({ ...one, patience: { kind: 'never' as const } })),
    };
    expect(withPatience(never, 0.8)).toStrictEqual(never);
  });

  test('has a name for people', () => {
    expect(stressVariants(scenario).map(({ name }) => name)).toStrictEqual([
      '10 % more contacts',
      '10 % fewer contacts',
      '10 % more agents',
      '10 % fewer agents',
      '20 % more patience',
      '20 % less patience',
    ]);
  });
});
