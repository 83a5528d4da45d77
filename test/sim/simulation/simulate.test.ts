import { globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { parsePolicy } from '../../../lambda/domain/policy/parse.ts';
import type { Policy } from '../../../lambda/domain/policy/policy.ts';
import type { Scenario } from '../../../sim/scenario/index.ts';
import { type SimulationResult, simulate } from '../../../sim/simulation/index.ts';
import { policy } from '../../support/contacts.ts';
import { scenarioFrom, tierOf } from './fixture.ts';

const ROOT = join(import.meta.dirname, '../../..');
const EXAMPLES = readdirSync(join(ROOT, 'policies')).flatMap((file) => {
  const text = readFileSync(join(ROOT, 'policies', file), 'utf8');
  return parsePolicy(file.slice(0, -'.yaml'.length), text).policy ?? [];
});

function scenarioAt(file: string, hours: number): Scenario {
  return { ...scenarioFrom(readFileSync(join(ROOT, file), 'utf8')), hours };
}

function compare(scenario: Scenario, policies: readonly Policy[], runs = 3, seed = 1): SimulationResult {
  const { settings } = scenario;
  return simulate({
    scenario,
    sets: [
      { name: 'none', policies: [], settings },
      { name: 'mine', policies, settings },
    ],
    seed,
    runs,
  });
}

describe('a simulation', () => {
  test.each(globSync('scenarios/*.yaml', { cwd: ROOT }))('of %s counts every contact once', (file) => {
    const result = compare(scenarioAt(file, 1), EXAMPLES, 2);
    for (const { tiers } of result.sets) {
      for (const { contacts, waitHistogram: waits, serviceLevel, abandoned } of tiers) {
        expect(waits.counts.reduce((sum, count) => sum + count, 0)).toBe(contacts);
        expect(waits.counts.length).toBe(waits.upToSeconds.length);
        for (const { value, low, high } of [serviceLevel, abandoned]) {
          expect([low <= value, value <= high, low >= 0, high <= 1]).toEqual([true, true, true, true]);
        }
      }
    }
  });

  test('has the same result for the same seed only', () => {
    const scenario = scenarioAt('scenarios/short-staffed.yaml', 1);
    const text = (seed: number) => JSON.stringify(compare(scenario, EXAMPLES, 2, seed));
    expect(text(1)).toBe(text(1));
    expect(text(1)).not.toBe(text(2));
  });

  test('shows no change for equal sets', () => {
    const [, mine] = compare(scenarioAt('scenarios/monday-morning.yaml', 1), []).sets;
    for (const { change } of mine?.tiers ?? []) {
      expect(change?.meanWaitSeconds).toEqual({ value: 0, low: 0, high: 0 });
    }
    expect(mine?.starvation).toEqual([]);
  });

  test('has no intervals with one run', () => {
    const result = compare(scenarioAt('scenarios/short-staffed.yaml', 1), EXAMPLES, 1);
    const { serviceLevel } = tierOf(result, 1, 'gold');
    expect([serviceLevel.low, serviceLevel.high]).toEqual([serviceLevel.value, serviceLevel.value]);
  });
});

test('one run shows no starvation, two do', () => {
  const gold = policy('gold-first', {
    match: { tags: { tier: ['gold'] } },
    steps: [{ after: '0s', set: { priority: 1 } }],
  });
  const scenario = scenarioAt('scenarios/short-staffed.yaml', 8);
  expect(compare(scenario, [gold], 1).sets.map(({ starvation }) => starvation)).toEqual([[], []]);
  expect(compare(scenario, [gold], 2).sets[1]?.starvation.length).toBeGreaterThan(0);
});

test('the peak is that of all runs, and governed contacts count with and without calls', () => {
  const late = policy('late', {
    match: { channel: ['VOICE'] },
    steps: [{ after: '6m', set: { priority: 1 } }],
  });
  const scenario = scenarioAt('scenarios/short-staffed.yaml', 0.5);
  const [, mine] = compare(scenario, [late], 4).sets;
  const peakOfFirstRun = Math.max(0, ...(mine?.calls.byMinute ?? []).map(({ peak }) => peak));
  expect([peakOfFirstRun, mine?.calls.peakPerSecond]).toEqual([0, 2]);
  expect(mine?.governed.value).toBe(44.75);
});

test('a result has its start in UTC and in local time', () => {
  const { scenario } = compare(scenarioAt('scenarios/monday-morning.yaml', 0.1), [], 1);
  expect([scenario.startsAt, scenario.startsAtLocal]).toEqual([
    '2026-11-23T07:00:00.000Z',
    '2026-11-23T08:00:00+01:00',
  ]);
});

describe('a centre whose flows already prioritise', () => {
  const plain = scenarioAt('scenarios/short-staffed.yaml', 4);
  const scenario = {
    ...plain,
    streams: plain.streams.map((stream) =>
      stream.tier === 'gold'
        ? { ...stream, contact: { ...stream.contact, routing: { priority: 2 } } }
        : stream,
    ),
  };

  test('prioritises without policies, too', () => {
    const [before, after] = [plain, scenario].map((one) => tierOf(compare(one, [], 2), 0, 'gold'));
    expect(after?.meanWaitSeconds.value).toBeLessThan(0.4 * (before?.meanWaitSeconds.value ?? 0));
    expect(after?.escalated.value).toBe(0);
  });

  test('is not made less urgent by a policy that asks for less', () => {
    const late = policy('late', { steps: [{ after: '30s', set: { priority: 3 } }] });
    const result = compare(scenario, [late], 2);
    expect(tierOf(result, 1, 'gold').escalated.value).toBe(0);
    expect(tierOf(result, 1, 'silver').escalated.value).toBeGreaterThan(0.5);
  });
});

describe('policies on a short-staffed day', () => {
  let result: SimulationResult;
  beforeAll(() => {
    const gold = policy('gold-first', {
      match: { tags: { tier: ['gold'] } },
      steps: [{ after: '0s', set: { priority: 1 } }],
    });
    result = compare(scenarioAt('scenarios/short-staffed.yaml', 8), [gold], 5);
  });

  test('shorten the waits of the contacts that they raise', () => {
    const { change, escalated } = tierOf(result, 1, 'gold');
    expect(change?.meanWaitSeconds.high).toBeLessThan(0);
    expect(escalated.value).toBeGreaterThan(0.8);
    expect(tierOf(result, 1, 'basic').escalated.value).toBe(0);
  });

  test('starve the others, and are named', () => {
    const [none, mine] = result.sets;
    expect(none?.starvation).toEqual([]);
    expect(mine?.starvation.map(({ tier, policy: by }) => [tier, by])).toEqual([
      ['silver', 'gold-first'],
      ['basic', 'gold-first'],
    ]);
    expect(mine?.starvation[1]?.waitRatio).toBeCloseTo(
      tierOf(result, 1, 'basic').meanWaitSeconds.value / tierOf(result, 0, 'basic').meanWaitSeconds.value,
    );
  });

  test('have a timeline of the same contact', () => {
    const timelines = result.sets.map(({ timeline }) => timeline);
    expect(timelines[0]?.contactId).toBe(timelines[1]?.contactId);
    expect(timelines[0]?.tier).toBe('gold');
    expect(timelines[1]?.moments.slice(0, 3).map(({ description }) => description)).toEqual([
      'enters the queue service',
      'gold-first sets priority 1',
      'priority 1 takes effect',
    ]);
    const [, set, effect] = timelines[1]?.moments ?? [];
    expect((effect?.atSeconds ?? 0) - (set?.atSeconds ?? 0)).toBeCloseTo(60);
  });

  test('make calls, which are counted by minute', () => {
    const { made, byMinute, latenessSeconds } = result.sets[1]?.calls ?? { byMinute: [] };
    const sum = byMinute.reduce((total, { mean }) => total + mean * 60, 0);
    expect(Math.abs(sum / (made?.value ?? 0) - 1)).toBeLessThan(0.3);
    expect(byMinute.every(({ mean, peak }) => peak <= 18 && mean <= peak)).toBe(true);
    // Events have a latency of 0.3 s, dispatch and the call 0.1 s each.
    expect(latenessSeconds?.median).toBeCloseTo(0.5, 1);
  });
});

test('with a small quota, changes are late and some are superseded', () => {
  const scenario = scenarioAt('scenarios/short-staffed.yaml', 4);
  const settings = { ...scenario.settings, updateRate: 0.1, updateBurst: 1 };
  const { sets } = compare({ ...scenario, settings }, EXAMPLES, 1);
  const calls = sets[1]?.calls;
  expect(calls?.made.value).toBeLessThanOrEqual(0.09 * 5 * 3_600);
  expect(calls?.latenessSeconds.p99).toBeGreaterThan(60);
  expect(calls?.superseded.value).toBeGreaterThan(100);
});
