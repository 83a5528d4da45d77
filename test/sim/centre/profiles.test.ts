import { describe, expect, test } from '@jest/globals';
import { agent } from './fixture.ts';
import { arrive, busy, type CentreScript, one, runScript } from './script.ts';

describe('routing profiles', () => {
  const queues = (q: number, r: number, delayR = 0) => [
    { queueId: 'r', priority: r, delaySeconds: delayR },
    { queueId: 'q', priority: q },
  ];
  test.each<CentreScript>([
    {
      name: 'the priority of the queue in the profile precedes the priority of the contact',
      agents: [agent('ann', { queues: queues(1, 2) })],
      steps: [busy, [1, arrive(['r1', { queueId: 'r', routing: { priority: 1 } }], ['q5'])]],
      expected: ['0 first -> ann', '100 q5 -> ann', '110 r1 -> ann'],
    },
    {
      name: 'contacts of queues with equal priority are ranked together',
      agents: [agent('ann', { queues: queues(1, 1) })],
      steps: [
        busy,
        [1, arrive(['r1', { queueId: 'r' }], ['q1'], ['q urgent', { routing: { priority: 2 } }])],
        [2, arrive(['r urgent', { queueId: 'r', routing: { priority: 1 } }])],
      ],
      expected: [
        '0 first -> ann',
        '100 r urgent -> ann',
        '110 q urgent -> ann',
        '120 r1 -> ann',
        '130 q1 -> ann',
      ],
    },
    {
      name: 'an idle agent is not offered a contact before the delay has passed',
      agents: [agent('ann', { queues: queues(1, 1, 30) })],
      steps: [
        [0, arrive(['r1', { queueId: 'r' }])],
        [5, arrive(['q1'])],
      ],
      expected: ['5 q1 -> ann', '30 r1 -> ann'],
    },
    {
      name: 'the delay applies to the time in queue, not to the adjusted age, and per agent',
      agents: [agent('late', { queues: queues(1, 1, 60) }), agent('soon', { queues: queues(1, 1, 20) })],
      steps: [
        [0, arrive(['r1', { queueId: 'r', routing: { ageSeconds: 500 }, handlingMs: 100_000 }])],
        [1, arrive(['r2', { queueId: 'r' }])],
      ],
      expected: ['20 r1 -> soon', '61 r2 -> late'],
    },
    {
      name: 'a contact within the delay does not block a less urgent one after its delay',
      agents: [agent('ann', { queues: queues(1, 1, 30) })],
      steps: [
        [0, arrive(['first', { handlingMs: 35_000 }])],
        [1, arrive(['old', { queueId: 'r' }])],
        [20, arrive(['urgent', { queueId: 'r', routing: { priority: 1 } }])],
      ],
      expected: ['0 first -> ann', '35 old -> ann', '50 urgent -> ann'],
    },
    {
      name: 'an agent is offered only contacts of their channels',
      agents: [agent('calls'), agent('chats', { channels: ['CHAT', 'EMAIL'] })],
      steps: [
        [0, arrive(['chat', { channel: 'CHAT' }], ['call 1'], ['call 2'], ['mail', { channel: 'EMAIL' }])],
        [1, arrive(['task', { channel: 'TASK', patienceMs: 60_000 }])],
      ],
      expected: [
        '0 call 1 -> calls',
        '0 chat -> chats',
        '10 call 2 -> calls',
        '10 mail -> chats',
        '61 task: abandoned',
      ],
    },
    {
      name: 'a contact goes to the agent who has been available longest',
      agents: [agent('ann'), agent('ben')],
      steps: [
        [0, arrive(['a', { handlingMs: 5_000 }])],
        [1, arrive(['b', { handlingMs: 1_000 }])],
        [10, arrive(['c'])],
      ],
      expected: ['0 a -> ann', '1 b -> ben', '10 c -> ben'],
    },
    {
      name: 'an agent with fewer contacts precedes one who has been available longer',
      agents: [agent('ann', { concurrency: 2 }), agent('ben', { concurrency: 2 })],
      steps: [
        [0, arrive(['a', { handlingMs: 2_000 }])],
        [1, arrive(['b', { handlingMs: 90_000 }])],
        [10, arrive(['c'])],
      ],
      expected: ['0 a -> ann', '1 b -> ben', '10 c -> ann'],
    },
    {
      name: 'of several contacts at the same time, all eligible agents get one',
      agents: [
        agent('both', { queues: queues(1, 1, 30) }),
        agent('one', {
          queues: [{ queueId: 'r', priority: 1, delaySeconds: 30 }],
          channels: ['VOICE', 'CHAT'],
        }),
      ],
      steps: [
        [0, arrive(['chat', { queueId: 'r', channel: 'CHAT', routing: { priority: 9 } }])],
        [0, arrive(['call', { queueId: 'r' }])],
      ],
      expected: ['30 call -> both', '30 chat -> one'],
    },
    {
      name: 'of agents with free capacity, the one with the fewest contacts gets the contact',
      agents: [agent('ann', { concurrency: 3 }), agent('ben', { concurrency: 2 })],
      steps: [[0, arrive(['a'], ['b'], ['c'], ['d'], ['e'], ['f'])]],
      expected: ['0 a -> ann', '0 b -> ben', '0 c -> ann', '0 d -> ben', '0 e -> ann', '10 f -> ben'],
    },
    {
      name: 'after-contact work keeps the agent busy',
      agents: one,
      options: { afterContactWorkMs: 7_000 },
      steps: [[0, arrive(['a'], ['b'])]],
      expected: ['0 a -> ann', '17 b -> ann'],
    },
  ])('$name', (scenario) => {
    expect(runScript(scenario)).toEqual(scenario.expected);
  });
});
