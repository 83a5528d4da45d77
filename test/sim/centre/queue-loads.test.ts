import { describe, expect, test } from '@jest/globals';
import { agent, at, call, centreWith } from './fixture.ts';

const CHAT = { channel: 'CHAT' };

describe('the load of queues', () => {
  const { centre } = centreWith({
    agents: [
      agent('ann'),
      agent('ben', { shifts: [{ from: at(0), to: at(30) }] }),
      agent('cleo', { channels: ['CHAT'], queues: [{ queueId: 'r', priority: 1 }] }),
    ],
  });
  // Ann and Ben take a call each, so that five wait: one of them a chat, and one task that is paused.
  for (const id of ['a', 'b']) centre.arrive(at(0), call(id, { handlingMs: 100_000 }));
  for (const id of ['c', 'd', 'e']) centre.arrive(at(10), call(id));
  centre.arrive(at(20), call('f', CHAT));
  centre.arrive(at(21), call('g', { channel: 'TASK' }));
  centre.pause(at(22), 'g');

  test.each([
    ['all channels', undefined, { waiting: 4, oldestSeconds: 15, agentsStaffed: 2, agentsAvailable: 0 }],
    ['calls', 'VOICE', { waiting: 3, oldestSeconds: 15, agentsStaffed: 2, agentsAvailable: 0 }],
    ['chats', 'CHAT', { waiting: 1, oldestSeconds: 5, agentsStaffed: 0, agentsAvailable: 0 }],
    ['tasks', 'TASK', { waiting: 0, oldestSeconds: 0, agentsStaffed: 0, agentsAvailable: 0 }],
  ])('counts %s', (_name, channel, load) => {
    expect(centre.queueLoads(at(25), channel).get('q')).toEqual(load);
  });

  test('counts idle agents, and agents after the end of their shift not', () => {
    expect(centre.queueLoads(at(25)).get('r')).toEqual({
      waiting: 0,
      oldestSeconds: 0,
      agentsStaffed: 1,
      agentsAvailable: 1,
    });
    expect(centre.queueLoads(at(30)).get('q')?.agentsStaffed).toBe(1);
    // Ben finishes the call and is gone; Ann takes the next one.
    expect(centre.queueLoads(at(101)).get('q')).toMatchObject({ waiting: 3, agentsAvailable: 0 });
  });
});
