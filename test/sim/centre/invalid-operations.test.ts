import { describe, expect, test } from '@jest/globals';
import type { ContactCentre } from '../../../sim/centre/index.ts';
import { agent, at, call, centreWith } from './fixture.ts';

describe('invalid operations', () => {
  const centreOf = () => {
    const { centre, events } = centreWith({ agents: [agent('ann')] });
    for (const id of ['connected', 'waiting']) centre.arrive(at(0), call(id, { handlingMs: 1e9 }));
    centre.arrive(at(0), call('over'));
    centre.disconnect(at(0), 'over');
    centre.arrive(at(0), call('task', { channel: 'TASK' }));
    centre.arrive(at(0), call('paused', { channel: 'TASK' }));
    centre.pause(at(0), 'paused');
    return { centre, events };
  };

  test.each<[name: string, act: (centre: ContactCentre) => void, error: string, message: string]>([
    [
      'a duplicate contact id',
      (c) => c.arrive(at(1), call('waiting')),
      'DuplicateContactError',
      'There is a contact "waiting" already; give the new one an id of its own.',
    ],
    [
      'a contact of an unknown queue',
      (c) => c.arrive(at(1), call('x', { queueId: 'z' })),
      'UnknownQueueError',
      'There is no queue "z"; there are q, r.',
    ],
    [
      'a change of an unknown contact',
      (c) => c.updateRouting(at(1), 'x', {}),
      'UnknownContactError',
      'There is no contact "x" in this centre.',
    ],
    [
      'a change of a connected contact',
      (c) => c.updateRouting(at(1), 'connected', {}),
      'ContactStateError',
      'Contact "connected" is connected; it must be waiting.',
    ],
    [
      'a change of an ended contact',
      (c) => c.updateRouting(at(1), 'over', {}),
      'ContactStateError',
      'Contact "over" is over; it must be waiting.',
    ],
    [
      'disconnecting twice',
      (c) => c.disconnect(at(1), 'over'),
      'ContactStateError',
      'Contact "over" is over; it must be waiting or connected.',
    ],
    [
      'connecting to a busy agent',
      (c) => c.connect(at(1), 'waiting', 'ann'),
      'AgentBusyError',
      'Agent "ann" handles 1 of at most 1 contacts; name another agent or end one of these contacts.',
    ],
    [
      'connecting twice',
      (c) => c.connect(at(1), 'connected'),
      'ContactStateError',
      'Contact "connected" is connected; it must be waiting.',
    ],
    [
      'connecting a paused task',
      (c) => c.connect(at(1), 'paused'),
      'ContactStateError',
      'Contact "paused" is paused; it must be resumed.',
    ],
    [
      'transferring a connected contact',
      (c) => c.transfer(at(1), 'connected', 'r'),
      'ContactStateError',
      'Contact "connected" is connected; it must be waiting.',
    ],
    [
      'transferring to an unknown queue',
      (c) => c.transfer(at(1), 'waiting', 'z'),
      'UnknownQueueError',
      'There is no queue "z"; there are q, r.',
    ],
    [
      'setting attributes of an ended contact',
      (c) => c.setAttributes(at(1), 'over', {}),
      'ContactStateError',
      'Contact "over" is over; it must be waiting or connected.',
    ],
    [
      'pausing a call',
      (c) => c.pause(at(1), 'waiting'),
      'ContactStateError',
      'Contact "waiting" is of channel VOICE; it must be a task to be paused.',
    ],
    [
      'pausing twice',
      (c) => c.pause(at(1), 'paused'),
      'ContactStateError',
      'Contact "paused" is paused; it must be resumed.',
    ],
    [
      'resuming without a pause',
      (c) => c.resume(at(1), 'task'),
      'ContactStateError',
      'Contact "task" is not paused; it must be paused.',
    ],
  ])('%s is rejected and changes nothing', (_name, act, name, message) => {
    const { centre, events } = centreOf();
    const [before, eventCount] = [centre.overview(at(1)), events.length];
    expect(() => act(centre)).toThrow(expect.objectContaining({ name, message }));
    expect(centre.overview(at(1))).toEqual(before);
    expect(events).toHaveLength(eventCount);
  });
});
