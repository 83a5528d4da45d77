import { expect, test } from '@jest/globals';
import { simulate } from '../../../sim/simulation/index.ts';
import { policy } from '../../support/contacts.ts';
import { scenarioFrom } from './fixture.ts';

/** A busy second queue, to which one of two streams is transferred. */
function scenarioWith(transfer: object) {
  return scenarioFrom(
    JSON.stringify({
      name: 'transfers',
      start: '2026-11-23T08:00:00+01:00',
      hours: 10,
      serviceLevel: '60s',
      queues: ['first', 'second'],
      agents: [
        { name: 'a', count: 20, queues: [{ queue: 'first' }] },
        { name: 'b', count: 7, queues: [{ queue: 'second' }] },
      ],
      streams: [
        {
          tier: 'moved',
          queue: 'first',
          arrivals: { perHour: 120 },
          handling: { mean: '5m' },
          transfer: { probability: 0.3, queue: 'second', ...transfer },
        },
        { tier: 'direct', queue: 'second', arrivals: { perHour: 40 }, handling: { mean: '5m' } },
      ],
    }),
  );
}

function waitsOf(transfer: object) {
  const scenario = scenarioWith(transfer);
  const { settings } = scenario;
  const after = policy('after', { steps: [{ after: '5m', set: { priority: 4 } }] });
  const [none, mine] = simulate({
    scenario,
    sets: [
      { name: 'none', policies: [], settings },
      { name: 'mine', policies: [after], settings },
    ],
    seed: 1,
    runs: 4,
  }).sets;
  const mean = (tier: string) =>
    none?.tiers.find((one) => one.tier === tier)?.meanWaitSeconds.value ?? Number.NaN;
  return { moved: mean('moved'), direct: mean('direct'), calls: mine?.calls };
}

test('those that an agent transfers go before later comers, and wait from the transfer on', () => {
  const [agent, flow] = [waitsOf({}), waitsOf({ by: 'flow' })];
  // The mean of both queues, of which only the second one is busy.
  expect(agent.moved).toBeLessThan(0.75 * flow.moved);
  expect(agent.direct).toBeGreaterThan(1.2 * flow.direct);
  expect(agent.moved).toBeGreaterThan(0);
});

test('the clock of a policy goes on, and a change is not late for what was before the transfer', () => {
  const { calls } = waitsOf({});
  expect(calls?.made.value).toBeGreaterThan(20);
  expect(calls?.latenessSeconds.p99).toBeLessThan(2);
});
