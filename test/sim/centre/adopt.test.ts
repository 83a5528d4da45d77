import { describe, expect, test } from '@jest/globals';
import { parseContactEvent } from '../../../lambda/domain/contact/parse-event.ts';
import type { ContactEventEnvelope } from '../../../sim/centre/index.ts';
import { agent, at, call, centreWith, eventSummaries, INSTANCE_ARN } from './fixture.ts';

describe('contacts of external events', () => {
  const factsOf = (eventType: string, second: number, detail: object = {}) =>
    parseContactEvent({
      time: new Date(at(second)).toISOString(),
      detail: { eventType, contactId: 'c', instanceArn: INSTANCE_ARN, channel: 'CHAT', ...detail },
    }).facts;
  const queueInfo = (queueArn: string, second: number) => ({
    queueInfo: { queueArn, enqueueTimestamp: new Date(at(second)).toISOString() },
  });
  const elsewhere = queueInfo(`${INSTANCE_ARN}/queue/new`, 40);

  test('wait in their queue, which is created if necessary, without an event of the centre', () => {
    const { centre, events } = centreWith({ agents: [agent('ann', { channels: ['CHAT'] })] });
    centre.adopt(
      at(50),
      factsOf('QUEUED', 50, { ...elsewhere, tags: { tier: 'gold' }, initialContactId: 'a' }),
    );
    expect(centre.describe(at(60), 'c')).toMatchObject({
      state: 'waiting',
      channel: 'CHAT',
      initialContactId: 'a',
      initiationMethod: 'INBOUND',
      queue: { id: 'new', enqueuedAt: at(40) },
      priority: 5,
      tags: { tier: 'gold' },
    });
    centre.advance(at(100_000));
    expect(centre.overview(at(100_000)).queues.map(({ id, contactIds }) => [id, contactIds])).toEqual([
      ['q', []],
      ['r', []],
      ['new', ['c']],
    ]);
    expect(events).toEqual([]);
  });

  test('are routed to agents of the queue, with the age of the event', () => {
    const { centre, events } = centreWith({
      agents: [agent('ann', { channels: ['CHAT'], queues: [{ queueId: 'late', priority: 1 }] })],
      adoptedHandlingMs: 5_000,
    });
    const late = `${INSTANCE_ARN}/queue/late`;
    centre.arrive(at(0), call('first', { queueId: 'late', channel: 'CHAT', handlingMs: 60_000 }));
    centre.arrive(at(45), call('second', { queueId: 'late', channel: 'CHAT' }));
    centre.adopt(at(50), factsOf('QUEUED', 50, queueInfo(late, 40)));
    centre.advance(at(80));
    expect(eventSummaries(events).filter((text) => text.includes(' c') || text.includes('TO_AGENT'))).toEqual(
      [
        '0 CONNECTED_TO_AGENT first',
        '60 CONNECTED_TO_AGENT c',
        '65 DISCONNECTED c',
        '65 COMPLETED c',
        '65 CONNECTED_TO_AGENT second',
      ],
    );
  });

  test.each<[name: string, eventType: string, detail: object, state: string, finished: string[]]>([
    [
      'a disconnection',
      'DISCONNECTED',
      { disconnectTimestamp: new Date(at(70)).toISOString() },
      'over',
      ['abandoned'],
    ],
    ['a connection', 'CONNECTED_TO_AGENT', elsewhere, 'connected', []],
    ['its completion', 'COMPLETED', elsewhere, 'over', ['abandoned']],
    [
      'a connection before the enqueue time',
      'CONNECTED_TO_AGENT',
      { agentInfo: { connectedToAgentTimestamp: new Date(at(39)).toISOString() } },
      'waiting',
      [],
    ],
    ['an irrelevant update', 'CONTACT_DATA_UPDATED', elsewhere, 'waiting', []],
    ['a second enqueue event', 'QUEUED', elsewhere, 'waiting', []],
  ])('follow the event of %s, without events of the centre', (_name, eventType, detail, state, waitEnds) => {
    const { centre, events, finished } = centreWith();
    centre.adopt(at(50), factsOf('QUEUED', 50, elsewhere));
    centre.adopt(at(70), factsOf(eventType, 70, detail));
    expect(centre.describe(at(71), 'c').state).toBe(state);
    expect(finished.map(({ waitEnd }) => waitEnd)).toEqual(waitEnds);
    expect(events).toEqual([]);
  });

  test('an external connection lasts until an external disconnection', () => {
    const { centre, finished } = centreWith({ adoptedHandlingMs: 1_000 });
    centre.adopt(at(50), factsOf('QUEUED', 50, elsewhere));
    centre.adopt(at(70), factsOf('CONNECTED_TO_AGENT', 70, elsewhere));
    centre.advance(at(5_000));
    centre.adopt(at(5_000), factsOf('DISCONNECTED', 5_000));
    expect(finished.map(({ waitEnd, leftAt, disconnectedAt }) => [waitEnd, leftAt, disconnectedAt])).toEqual([
      ['answered', at(70), at(5_000)],
    ]);
  });

  test('external pauses and resumptions apply', () => {
    const { centre, events } = centreWith();
    centre.adopt(at(50), factsOf('QUEUED', 50, elsewhere));
    centre.adopt(at(51), factsOf('PAUSED', 51, elsewhere));
    expect(centre.describe(at(51), 'c').isPaused).toBe(true);
    centre.adopt(at(52), factsOf('RESUMED', 52, elsewhere));
    expect(centre.describe(at(52), 'c').isPaused).toBe(false);
    expect(events).toEqual([]);
  });

  test('external events also apply to contacts of the centre, and free their agents', () => {
    const { centre, events } = centreWith({ agents: [agent('ann')] });
    centre.arrive(at(0), call('c'));
    centre.arrive(at(0), call('d'));
    centre.adopt(at(5), factsOf('DISCONNECTED', 5));
    expect(eventSummaries(events).slice(5)).toEqual(['5 CONNECTED_TO_AGENT d']);
  });

  test.each<[name: string, facts: ReturnType<typeof factsOf>]>([
    ['a connected contact', factsOf('CONNECTED_TO_AGENT', 50, elsewhere)],
    ['a disconnected contact', factsOf('DISCONNECTED', 50, elsewhere)],
    ['a contact without a queue', factsOf('INITIATED', 50)],
    ['a contact of another instance', { ...factsOf('QUEUED', 50, elsewhere), instanceId: 'another' }],
  ])('%s is ignored', (_name, facts) => {
    const { centre } = centreWith();
    centre.adopt(at(50), facts);
    expect(() => centre.describe(at(50), 'c')).toThrow('There is no contact "c" in this centre.');
  });

  test('events of the centre that return from the bus change nothing', () => {
    const { centre, events } = centreWith({ agents: [agent('ann')] });
    centre.arrive(at(0), call('a'));
    centre.arrive(at(0), call('b'));
    const again: ContactEventEnvelope[] = [...events];
    const before = centre.overview(at(1));
    for (const event of again) centre.adopt(at(1), parseContactEvent(event).facts);
    expect(centre.overview(at(1))).toEqual(before);
    expect(events).toEqual(again);
  });
});
