import { describe, expect, test } from '@jest/globals';
import { parseContactEvent } from '../../../lambda/domain/contact/parse-event.ts';
import type { ContactEventEnvelope } from '../../../sim/centre/index.ts';
import { agent, at, call, centreWith, eventSummaries, INSTANCE_ARN } from './fixture.ts';

describe('contacts that events from outside introduce', () => {
  const told = (eventType: string, second: number, detail: object = {}) =>
    parseContactEvent({
      time: new Date(at(second)).toISOString(),
      detail: { eventType, contactId: 'c', instanceArn: INSTANCE_ARN, channel: 'CHAT', ...detail },
    }).facts;
  const queueInfo = (queueArn: string, second: number) => ({
    queueInfo: { queueArn, enqueueTimestamp: new Date(at(second)).toISOString() },
  });
  const elsewhere = queueInfo(`${INSTANCE_ARN}/queue/new`, 40);

  test('wait in their queue, which is created if need be, and no event tells of it', () => {
    const { centre, events } = centreWith({ agents: [agent('ann', { channels: ['CHAT'] })] });
    centre.adopt(at(50), told('QUEUED', 50, { ...elsewhere, tags: { tier: 'gold' }, initialContactId: 'a' }));
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

  test('are routed to agents who serve the queue, as old as the event says', () => {
    const { centre, events } = centreWith({
      agents: [agent('ann', { channels: ['CHAT'], queues: [{ queueId: 'late', priority: 1 }] })],
      adoptedHandlingMs: 5_000,
    });
    const late = `${INSTANCE_ARN}/queue/late`;
    centre.arrive(at(0), call('first', { queueId: 'late', channel: 'CHAT', handlingMs: 60_000 }));
    centre.arrive(at(45), call('second', { queueId: 'late', channel: 'CHAT' }));
    centre.adopt(at(50), told('QUEUED', 50, queueInfo(late, 40)));
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
      'a hang-up',
      'DISCONNECTED',
      { disconnectTimestamp: new Date(at(70)).toISOString() },
      'over',
      ['abandoned'],
    ],
    ['a connection', 'CONNECTED_TO_AGENT', elsewhere, 'connected', []],
    ['its completion', 'COMPLETED', elsewhere, 'over', ['abandoned']],
    [
      'a connection before it was queued',
      'CONNECTED_TO_AGENT',
      { agentInfo: { connectedToAgentTimestamp: new Date(at(39)).toISOString() } },
      'waiting',
      [],
    ],
    ['nothing that matters', 'CONTACT_DATA_UPDATED', elsewhere, 'waiting', []],
    ['that it is queued, again', 'QUEUED', elsewhere, 'waiting', []],
  ])('know that %s was told, and tell nothing themselves', (_name, eventType, detail, state, outcomes) => {
    const { centre, events, finished } = centreWith();
    centre.adopt(at(50), told('QUEUED', 50, elsewhere));
    centre.adopt(at(70), told(eventType, 70, detail));
    expect(centre.describe(at(71), 'c').state).toBe(state);
    expect(finished.map(({ waitEnd: outcome }) => outcome)).toEqual(outcomes);
    expect(events).toEqual([]);
  });

  test('a connection that was told lasts until its end is told', () => {
    const { centre, finished } = centreWith({ adoptedHandlingMs: 1_000 });
    centre.adopt(at(50), told('QUEUED', 50, elsewhere));
    centre.adopt(at(70), told('CONNECTED_TO_AGENT', 70, elsewhere));
    centre.advance(at(5_000));
    centre.adopt(at(5_000), told('DISCONNECTED', 5_000));
    expect(
      finished.map(({ waitEnd: outcome, leftAt, disconnectedAt }) => [outcome, leftAt, disconnectedAt]),
    ).toEqual([['answered', at(70), at(5_000)]]);
  });

  test('a pause and a resumption that were told are kept to', () => {
    const { centre, events } = centreWith();
    centre.adopt(at(50), told('QUEUED', 50, elsewhere));
    centre.adopt(at(51), told('PAUSED', 51, elsewhere));
    expect(centre.describe(at(51), 'c').isPaused).toBe(true);
    centre.adopt(at(52), told('RESUMED', 52, elsewhere));
    expect(centre.describe(at(52), 'c').isPaused).toBe(false);
    expect(events).toEqual([]);
  });

  test('the centre goes along with what is told of its own contacts, and frees their agents', () => {
    const { centre, events } = centreWith({ agents: [agent('ann')] });
    centre.arrive(at(0), call('c'));
    centre.arrive(at(0), call('d'));
    centre.adopt(at(5), told('DISCONNECTED', 5));
    expect(eventSummaries(events).slice(5)).toEqual(['5 CONNECTED_TO_AGENT d']);
  });

  test.each<[name: string, facts: ReturnType<typeof told>]>([
    ['a contact that is connected already', told('CONNECTED_TO_AGENT', 50, elsewhere)],
    ['a contact that is gone already', told('DISCONNECTED', 50, elsewhere)],
    ['a contact in no queue', told('INITIATED', 50)],
    ['a contact of another instance', { ...told('QUEUED', 50, elsewhere), instanceId: 'another' }],
  ])('%s is passed over', (_name, facts) => {
    const { centre } = centreWith();
    centre.adopt(at(50), facts);
    expect(() => centre.describe(at(50), 'c')).toThrow('There is no contact "c" in this centre.');
  });

  test('its own events, put on the bus again, change nothing', () => {
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
