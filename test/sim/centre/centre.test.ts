import { describe, expect, test } from '@jest/globals';
import { ContactCentre, type FinishedContact } from '../../../sim/centre/index.ts';
import {
  agent,
  at,
  call,
  centreWith,
  english,
  eventSummaries,
  INSTANCE,
  INSTANCE_ARN,
  seeded,
} from './fixture.ts';

describe('descriptions', () => {
  test('show new values at once, before they take effect', () => {
    const { centre } = centreWith();
    centre.arrive(at(0), call('c'));
    expect(centre.describe(at(0), 'c')).toEqual({
      contactId: 'c',
      channel: 'VOICE',
      initiationMethod: 'INBOUND',
      state: 'waiting',
      isPaused: false,
      queue: { id: 'q', enqueuedAt: at(0) },
      initiatedAt: at(0),
      priority: 5,
      ageSeconds: 0,
      tags: { 'aws:connect:instanceId': INSTANCE.id },
      attributes: {},
      segmentAttributes: { 'connect:Subtype': 'connect:Telephony' },
    });
    centre.updateRouting(at(1), 'c', { QueuePriority: 2 });
    centre.updateRouting(at(1), 'c', { QueueTimeAdjustmentSeconds: 30 });
    expect(centre.describe(at(1), 'c')).toMatchObject({ priority: 2, ageSeconds: 30 });
    centre.updateRouting(at(2), 'c', { QueueTimeAdjustmentSeconds: -7 });
    expect(centre.describe(at(2), 'c')).toMatchObject({ priority: 2, ageSeconds: -7 });
  });

  test('are snapshots', () => {
    const { centre } = centreWith();
    const criteria = { Steps: [{ Expression: english(5), Expiry: { DurationInSeconds: 5 } }] };
    centre.arrive(at(0), call('c', { routing: { criteria } }));
    const before = centre.describe(at(0), 'c');
    centre.advance(at(60));
    expect(before.criteria?.statuses).toEqual(['ACTIVE']);
    expect(centre.describe(at(60), 'c').criteria?.statuses).toEqual(['EXPIRED']);
  });

  test('new attributes are added to or replace old ones', () => {
    const { centre } = centreWith();
    centre.arrive(at(0), call('c', { attributes: { a: '1', b: '2' } }));
    centre.setAttributes(at(1), 'c', { b: '3', c: '4' });
    expect(centre.describe(at(1), 'c').attributes).toEqual({ a: '1', b: '3', c: '4' });
  });

  test('an ended contact can be described for a while', () => {
    const { centre } = centreWith({ keepFinishedMs: 30_000 });
    centre.arrive(at(0), call('c', { patienceMs: 10_000 }));
    expect(centre.describe(at(39), 'c')).toMatchObject({ state: 'over', disconnectedAt: at(10) });
    expect(() => centre.describe(at(40), 'c')).toThrow('There is no contact "c" in this centre.');
  });

  test('the overview shows queues by rank and agents with their contacts', () => {
    const { centre } = centreWith({
      agents: [agent('ann', { concurrency: 2 })],
      queues: [{ id: 'q', name: 'Support' }],
    });
    for (const id of ['a', 'b', 'c']) centre.arrive(at(0), call(id));
    centre.arrive(at(1), call('d', { routing: { priority: 1 } }));
    expect(centre.overview(at(1))).toEqual({
      queues: [{ id: 'q', arn: `${INSTANCE_ARN}/queue/q`, name: 'Support', contactIds: ['d', 'c'] }],
      agents: [{ id: 'ann', concurrency: 2, isAway: false, contactIds: ['a', 'b'] }],
    });
  });
});

describe('records of ended contacts', () => {
  test('contain the end of the wait and each change with its time', () => {
    const { centre, finished } = centreWith({
      agents: [agent('ann')],
      afterContactWorkMs: 4_000,
      ageAdjustment: 'incremental',
    });
    const criteria = { Steps: [{ Expression: english(1) }] };
    centre.arrive(at(0), call('a'));
    centre.arrive(at(1), call('b', { tags: { tier: 'gold' } }));
    centre.updateRouting(at(2), 'b', { QueuePriority: 3, RoutingCriteria: criteria });
    centre.updateRouting(at(3), 'b', { QueueTimeAdjustmentSeconds: 20 });
    centre.updateRouting(at(4), 'b', { QueueTimeAdjustmentSeconds: 20 });
    centre.advance(at(27));
    expect(finished.map(({ contactId }) => contactId)).toEqual(['a']);
    centre.advance(at(28));
    expect(finished[1]).toEqual({
      contactId: 'b',
      channel: 'VOICE',
      queueId: 'q',
      tags: { tier: 'gold' },
      enqueuedAt: at(1),
      waitEnd: 'answered',
      leftAt: at(14),
      connectedAt: at(14),
      agentId: 'ann',
      disconnectedAt: at(24),
      changes: [
        { at: at(2), priority: 3, criteria },
        { at: at(3), ageSeconds: 20 },
        { at: at(4), ageSeconds: 40 },
      ],
    } satisfies FinishedContact);
  });
});

test('a manual connection without an agent id has an agent that the centre does not know', () => {
  const { centre } = centreWith({ agents: [agent('ann', { channels: ['CHAT'] })] });
  centre.arrive(at(0), call('c'));
  centre.connect(at(1), 'c');
  expect(centre.describe(at(1), 'c').agent?.id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  expect(centre.overview(at(1)).agents[0]?.contactIds).toEqual([]);
  expect(centre.describe(at(11), 'c').state).toBe('over');
});

describe('time', () => {
  test('a moment in the past counts as the present', () => {
    const { centre, events } = centreWith();
    centre.advance(at(100));
    centre.arrive(at(50), call('c'));
    expect(centre.describe(at(0), 'c').queue.enqueuedAt).toBe(at(100));
    expect(eventSummaries(events)).toEqual(['100 INITIATED c', '100 QUEUED c']);
  });

  test('nextEventAt is the time of the next scheduled event', () => {
    const { centre } = centreWith({ agents: [agent('ann')], keepFinishedMs: 60_000 });
    expect(centre.nextEventAt()).toBeUndefined();
    centre.arrive(at(0), call('a'));
    expect(centre.nextEventAt()).toBe(at(10));
    centre.arrive(at(1), call('b', { patienceMs: 5_000 }));
    expect(centre.nextEventAt()).toBe(at(6));
    centre.advance(at(6));
    centre.disconnect(at(7), 'a');
    expect(centre.nextEventAt()).toBe(at(66));
    centre.advance(at(67));
    expect(centre.nextEventAt()).toBeUndefined();
  });

  test('events at the time of a call have run when the call returns', () => {
    const { centre, finished } = centreWith();
    centre.arrive(at(0), call('a', { patienceMs: 0 }));
    expect(finished.map(({ contactId }) => contactId)).toEqual(['a']);
  });

  test('a listener may call the centre, after all events of the moment', () => {
    const observed: string[] = [];
    const centre: ContactCentre = new ContactCentre({
      instance: INSTANCE,
      queues: [],
      agents: [agent('ann')],
      random: seeded(1),
      routingLagMs: 0,
      publish: ({ detail }) => {
        const { contactId, eventType } = detail;
        const { state, priority } = centre.describe(at(0), contactId);
        observed.push(`${eventType} ${contactId}: ${state} ${priority}`);
        if (eventType === 'QUEUED' && state === 'waiting')
          centre.updateRouting(at(0), contactId, { QueuePriority: 1 });
        if (eventType === 'CONNECTED_TO_AGENT') centre.disconnect(at(0), contactId);
      },
    });
    centre.arrive(at(0), call('a'));
    centre.arrive(at(0), call('b'));
    expect(observed).toEqual([
      'INITIATED a: connected 5',
      'QUEUED a: connected 5',
      'CONNECTED_TO_AGENT a: connected 5',
      'DISCONNECTED a: in after-contact work 5',
      'INITIATED b: waiting 5',
      'QUEUED b: waiting 5',
    ]);
    expect(centre.describe(at(0), 'b').priority).toBe(1);
  });

  test('the same calls and random numbers give the same results', () => {
    const results = [7, 7, 8].map((seed) => {
      const { centre, events, finished } = centreWith({ agents: [agent('ann')], random: seeded(seed) });
      for (const id of ['a', 'b', 'c']) centre.arrive(at(0), call(id));
      centre.transfer(at(5), 'c', 'r');
      centre.advance(at(500));
      return JSON.stringify([events, finished]);
    });
    expect(results[0]).toBe(results[1]);
    expect(results[0]).not.toBe(results[2]);
  });
});
