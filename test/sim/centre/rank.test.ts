import { describe, expect, test } from '@jest/globals';
import { at } from './fixture.ts';
import { arrive, busy, type CentreScript, one, runScript, update } from './script.ts';

describe('rank', () => {
  test.each<CentreScript>([
    {
      name: 'equal contacts are answered in order of arrival, even if they arrive at the same time',
      agents: one,
      steps: [[0, arrive(['a'], ['b'], ['c'], ['d'], ['e'], ['f'])]],
      expected: ['0 a -> ann', '10 b -> ann', '20 c -> ann', '30 d -> ann', '40 e -> ann', '50 f -> ann'],
    },
    {
      name: 'a contact that keeps an earlier enqueue time goes before those who came since, with its patience from now on',
      agents: one,
      steps: [
        busy,
        [1, arrive(['before'])],
        [30, arrive(['later'])],
        [
          60,
          arrive(
            ['kept', { enqueuedAt: at(20), patienceMs: 60_000 }],
            ['impatient', { enqueuedAt: at(0), patienceMs: 30_000 }],
          ),
        ],
        [70, arrive(['not from the future', { enqueuedAt: at(500) }], ['last'])],
      ],
      expected: [
        '0 first -> ann',
        '90 impatient: abandoned',
        '100 before -> ann',
        '110 kept -> ann',
        '120 later -> ann',
        '130 not from the future -> ann',
        '140 last -> ann',
      ],
    },
    {
      name: 'a lower priority number goes first, whatever the age',
      agents: one,
      steps: [
        busy,
        [1, arrive(['older', { routing: { ageSeconds: 9_999 } }])],
        [50, arrive(['urgent', { routing: { priority: 4 } }])],
      ],
      expected: ['0 first -> ann', '100 urgent -> ann', '110 older -> ann'],
    },
    {
      name: 'among equal priorities the greater routing age goes first: time in queue and adjustment',
      agents: one,
      steps: [
        busy,
        [1, arrive(['plain'])],
        [20, arrive(['made 18 s older', { routing: { ageSeconds: 18 } }])],
        [30, arrive(['made 30 s older', { routing: { ageSeconds: 30 } }])],
        [40, arrive(['last'])],
        [41, arrive(['made younger', { routing: { ageSeconds: -5 } }])],
      ],
      expected: [
        '0 first -> ann',
        '100 made 30 s older -> ann',
        '110 plain -> ann',
        '120 made 18 s older -> ann',
        '130 last -> ann',
        '140 made younger -> ann',
      ],
    },
    {
      name: 'at equal routing age the order of arrival decides',
      agents: one,
      steps: [
        busy,
        [10, arrive(['came first'])],
        [20, arrive(['same age', { routing: { ageSeconds: 10 } }])],
      ],
      expected: ['0 first -> ann', '100 came first -> ann', '110 same age -> ann'],
    },
  ])('$name', (scenario) => {
    expect(runScript(scenario)).toEqual(scenario.expected);
  });
});

describe('changes', () => {
  test.each<CentreScript>([
    {
      name: 'a change affects the rank exactly 60 s after the call',
      agents: one,
      steps: [
        [0, arrive(['first', { handlingMs: 69_000 }])],
        [1, arrive(['b', { handlingMs: 1_000 }], ['c'], ['d'])],
        [10, update('d', { QueuePriority: 1 })],
      ],
      expected: ['0 first -> ann', '69 b -> ann', '70 d -> ann', '80 c -> ann'],
    },
    {
      name: 'without lag, a change takes effect at once',
      agents: one,
      options: { routingLagMs: 0 },
      steps: [busy, [1, arrive(['b'], ['c'])], [2, update('c', { QueuePriority: 1 })]],
      expected: ['0 first -> ann', '100 c -> ann', '110 b -> ann'],
    },
    {
      name: 'an absolute age replaces the previous one',
      agents: one,
      options: { routingLagMs: 0, ageAdjustment: 'absolute' },
      steps: [
        busy,
        [0, arrive(['b'])],
        [15, arrive(['c', { routing: { ageSeconds: 10 } }])],
        [16, update('c', { QueueTimeAdjustmentSeconds: 10 })],
      ],
      expected: ['0 first -> ann', '100 b -> ann', '110 c -> ann'],
    },
    {
      name: 'an incremental age is added to the previous one',
      agents: one,
      options: { routingLagMs: 0, ageAdjustment: 'incremental' },
      steps: [
        busy,
        [0, arrive(['b'])],
        [15, arrive(['c', { routing: { ageSeconds: 10 } }])],
        [16, update('c', { QueueTimeAdjustmentSeconds: 10 })],
      ],
      expected: ['0 first -> ann', '100 c -> ann', '110 b -> ann'],
    },
    {
      name: 'priority and age are independent, and a priority may be lowered again',
      agents: one,
      options: { routingLagMs: 0 },
      steps: [
        busy,
        [1, arrive(['b'], ['c'], ['d'])],
        [2, update('c', { QueuePriority: 1 })],
        [3, update('c', { QueueTimeAdjustmentSeconds: 50 })],
        [4, update('d', { QueuePriority: 1 })],
        [5, update('b', { QueuePriority: 9 })],
      ],
      expected: ['0 first -> ann', '100 c -> ann', '110 d -> ann', '120 b -> ann'],
    },
    {
      name: 'a change of a contact that is connected meanwhile has no effect',
      agents: one,
      steps: [
        [0, arrive(['a'], ['b'])],
        [5, update('b', { QueuePriority: 1 })],
      ],
      expected: ['0 a -> ann', '10 b -> ann'],
    },
  ])('$name', (scenario) => {
    expect(runScript(scenario)).toEqual(scenario.expected);
  });
});
