import { describe, expect, test } from '@jest/globals';
import { agent, at, call, centreWith, english, only, secondsOf } from './fixture.ts';
import { arrive, busy, type CentreScript, criteria, one, runScript, speaker, update } from './script.ts';

describe('patience, transfers and manual connections', () => {
  test.each<CentreScript>([
    {
      name: 'a customer abandons at the end of patience, even if an agent becomes free at that moment',
      agents: one,
      steps: [[0, arrive(['a'], ['b', { patienceMs: 10_000 }], ['c', { patienceMs: 20_001 }])]],
      expected: ['0 a -> ann', '10 b: abandoned', '10 c -> ann'],
    },
    {
      name: 'a customer without patience is answered by an idle agent',
      agents: one,
      steps: [[0, arrive(['a', { patienceMs: 0 }], ['b', { patienceMs: 0 }])]],
      expected: ['0 a -> ann', '0 b: abandoned'],
    },
    {
      name: 'a disconnection ends the wait, or frees the agent',
      agents: one,
      steps: [
        [0, arrive(['a'], ['b'], ['c'])],
        [3, (centre, now) => centre.disconnect(now, 'b')],
        [4, (centre, now) => centre.disconnect(now, 'a')],
      ],
      expected: ['0 a -> ann', '3 b: abandoned', '4 c -> ann'],
    },
    {
      name: 'a manual connection ignores rank and criteria',
      agents: [agent('ann'), agent('ben', { channels: ['CHAT'] })],
      steps: [
        busy,
        [1, arrive(['b'], ['c', { routing: { criteria: criteria([only('gone')]) } }])],
        [2, (centre, now) => centre.connect(now, 'c', 'ben')],
        [3, (centre, now) => centre.connect(now, 'b', 'somebody else')],
      ],
      expected: ['0 first -> ann', '2 c -> ben', '3 b -> somebody else'],
    },
    {
      name: 'a contact waits while it rings, and its agent is offered no other',
      agents: [agent('ann'), agent('ben')],
      steps: [
        [0, arrive(['a', { ringingMs: 5_000 }], ['b', { ringingMs: 7_000 }])],
        [1, arrive(['c', { ringingMs: 2_000 }])],
      ],
      expected: ['5 a -> ann', '7 b -> ben', '17 c -> ann'],
    },
    {
      name: 'a customer who abandons while it rings frees the agent, without after-contact work',
      agents: one,
      options: { afterContactWorkMs: 50_000 },
      steps: [[0, arrive(['a', { ringingMs: 9_000, patienceMs: 4_000 }], ['b', { ringingMs: 3_000 }])]],
      expected: ['4 a: abandoned', '7 b -> ann'],
    },
    {
      name: 'a transfer, a pause and a manual connection end the ringing',
      agents: [agent('ann', { channels: ['TASK'], concurrency: 2 })],
      steps: [
        [
          0,
          arrive(
            ['a', { channel: 'TASK', ringingMs: 20_000 }],
            ['b', { channel: 'TASK', ringingMs: 30_000 }],
          ),
        ],
        [1, (centre, now) => centre.connect(now, 'a', 'somebody else')],
        [2, (centre, now) => centre.pause(now, 'b')],
        [3, arrive(['c', { channel: 'TASK' }], ['d', { channel: 'TASK', ringingMs: 40_000 }])],
        [4, (centre, now) => centre.transfer(now, 'd', 'r')],
        [5, (centre, now) => centre.resume(now, 'b')],
      ],
      expected: ['1 a -> somebody else', '3 c -> ann', '4 d: transferred', '35 b -> ann'],
    },
    {
      name: 'after-contact work is that of the contact, else that of the centre',
      agents: one,
      options: { afterContactWorkMs: 50_000 },
      steps: [
        [0, arrive(['a', { afterContactWorkMs: 3_000 }], ['b', { afterContactWorkMs: 0 }], ['c'], ['d'])],
      ],
      expected: ['0 a -> ann', '13 b -> ann', '23 c -> ann', '83 d -> ann'],
    },
    {
      name: 'a paused task is not offered until it is resumed, and it keeps its age',
      agents: [agent('ann', { channels: ['TASK'] })],
      steps: [
        [0, arrive(['a', { channel: 'TASK' }], ['b', { channel: 'TASK' }])],
        [1, (centre, now) => centre.pause(now, 'b')],
        [2, arrive(['c', { channel: 'TASK' }], ['d', { channel: 'TASK' }])],
        [15, (centre, now) => centre.resume(now, 'b')],
      ],
      expected: ['0 a -> ann', '10 c -> ann', '20 b -> ann', '30 d -> ann'],
    },
    {
      name: 'a routing change or an expired step does not resume a paused task',
      agents: [agent('ann', { channels: ['TASK'] })],
      options: { routingLagMs: 5_000 },
      steps: [
        [0, arrive(['a', { channel: 'TASK', routing: { criteria: criteria([only('gone'), 20]) } }])],
        [1, (centre, now) => centre.pause(now, 'a')],
        [2, update('a', { QueuePriority: 1 })],
        [50, (centre, now) => centre.resume(now, 'a')],
      ],
      expected: ['50 a -> ann'],
    },
    {
      name: 'the handling time of a paused task stops, and its agent stays busy',
      agents: [agent('ann', { channels: ['TASK'] })],
      steps: [
        [0, arrive(['a', { channel: 'TASK' }], ['b', { channel: 'TASK' }])],
        [4, (centre, now) => centre.pause(now, 'a')],
        [50, (centre, now) => centre.resume(now, 'a')],
      ],
      expected: ['0 a -> ann', '56 b -> ann'],
    },
  ])('$name', (scenario) => {
    expect(runScript(scenario)).toEqual(scenario.expected);
  });

  test('a transfer makes a new contact with a new enqueue time, the old routing, and criteria at their first step', () => {
    const { centre, finished } = centreWith({
      agents: [speaker('two', 2), agent('both', { queues: [{ queueId: 'r', priority: 1 }] })],
    });
    const picky = { priority: 3, criteria: criteria([english(5), 100]) };
    centre.arrive(
      at(0),
      call('a', { patienceMs: 500_000, attributes: { x: '1' }, tags: { t: 'u' }, routing: picky }),
    );
    centre.updateRouting(at(50), 'a', { QueuePriority: 2 });
    const id = centre.transfer(at(60), 'a', 'r');

    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(centre.describe(at(61), id)).toMatchObject({
      initialContactId: 'a',
      previousContactId: 'a',
      initiationMethod: 'QUEUE_TRANSFER',
      state: 'waiting',
      queue: { id: 'r', enqueuedAt: at(60) },
      priority: 2,
      criteria: { index: 0, step: 0, statuses: ['ACTIVE'], activatedAt: at(60), expiresAt: [at(160)] },
      attributes: { x: '1' },
      tags: { t: 'u' },
    });
    centre.advance(at(1_000));
    expect(finished.map(({ contactId, waitEnd, leftAt }) => [contactId, waitEnd, secondsOf(leftAt)])).toEqual(
      [
        ['a', 'transferred', 60],
        [id, 'answered', 160],
      ],
    );
  });

  test('patience continues after a transfer, and the first contact of the chain remains the initial one', () => {
    const { centre, finished } = centreWith();
    centre.arrive(at(0), call('a', { patienceMs: 100_000 }));
    const b = centre.transfer(at(30), 'a', 'r');
    const c = centre.transfer(at(60), b, 'q');
    expect(centre.describe(at(60), c)).toMatchObject({ initialContactId: 'a', previousContactId: b });
    centre.advance(at(1_000));
    expect(finished.map(({ contactId, waitEnd, leftAt }) => [contactId, waitEnd, secondsOf(leftAt)])).toEqual(
      [
        ['a', 'transferred', 30],
        [b, 'transferred', 60],
        [c, 'abandoned', 100],
      ],
    );
  });
});
