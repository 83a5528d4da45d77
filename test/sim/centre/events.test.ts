import { describe, expect, test } from '@jest/globals';
import { parseContactEvent } from '../../../lambda/domain/contact/parse-event.ts';
import {
  agent,
  at,
  call,
  centreWith,
  english,
  eventSummaries,
  INSTANCE,
  INSTANCE_ARN,
  only,
} from './fixture.ts';

const AGENT_ARN = `${INSTANCE_ARN}/agent/ann`;
const QUEUE_ARN = `${INSTANCE_ARN}/queue/q`;

describe('the events of a contact', () => {
  test('an answered call has events in the format of EventBridge, from start to end', () => {
    const { centre, events } = centreWith({ agents: [agent('ann')], afterContactWorkMs: 2_500 });
    centre.arrive(
      at(0.25),
      call('c', { tags: { tier: 'gold' }, attributes: { secret: 'x' }, routing: { priority: 2 } }),
    );
    centre.advance(at(100));

    expect(new Set(events.map(({ id }) => id)).size).toBe(5);
    const [initiated, queued, connected, disconnected, completed] = events.map(({ id, ...event }) => event);
    const envelope = {
      version: '0',
      'detail-type': 'Amazon Connect Contact Event',
      source: 'aws.connect',
      account: INSTANCE.account,
      region: INSTANCE.region,
      resources: [`${INSTANCE_ARN}/contact/c`, INSTANCE_ARN],
    };
    const base = {
      contactId: 'c',
      channel: 'VOICE',
      instanceArn: INSTANCE_ARN,
      initiationMethod: 'INBOUND',
      initiationTimestamp: '2026-11-24T10:00:00.250Z',
      connectedToSystemTimestamp: '2026-11-24T10:00:00.250Z',
      tags: { 'aws:connect:instanceId': INSTANCE.id, tier: 'gold' },
      segmentAttributes: { 'connect:Subtype': { valueString: 'connect:Telephony' } },
    };
    const queueInfo = {
      queueArn: QUEUE_ARN,
      enqueueTimestamp: '2026-11-24T10:00:00.250Z',
      queueType: 'STANDARD',
    };
    const agentInfo = { agentArn: AGENT_ARN, connectedToAgentTimestamp: '2026-11-24T10:00:00.250Z' };
    expect(initiated).toEqual({
      ...envelope,
      time: '2026-11-24T10:00:00Z',
      detail: { eventType: 'INITIATED', ...base },
    });
    expect(queued).toEqual({
      ...envelope,
      time: '2026-11-24T10:00:00Z',
      detail: { eventType: 'QUEUED', ...base, queueInfo },
    });
    expect(connected).toEqual({
      ...envelope,
      time: '2026-11-24T10:00:00Z',
      detail: { eventType: 'CONNECTED_TO_AGENT', ...base, queueInfo, agentInfo },
    });
    expect(disconnected).toEqual({
      ...envelope,
      time: '2026-11-24T10:00:10Z',
      detail: {
        eventType: 'DISCONNECTED',
        ...base,
        queueInfo,
        agentInfo,
        disconnectTimestamp: '2026-11-24T10:00:10.250Z',
      },
    });
    expect(completed).toEqual({
      ...envelope,
      time: '2026-11-24T10:00:12Z',
      detail: {
        eventType: 'COMPLETED',
        ...base,
        queueInfo,
        agentInfo: {
          ...agentInfo,
          afterContactWorkStartTimestamp: '2026-11-24T10:00:10.250Z',
          afterContactWorkEndTimestamp: '2026-11-24T10:00:12.750Z',
          afterContactWorkDuration: 2,
        },
      },
    });
  });

  test('they never contain priority, age or attribute values', () => {
    const { centre, events } = centreWith({ routingLagMs: 0 });
    centre.arrive(
      at(0),
      call('c', { attributes: { name: 'SECRET' }, routing: { priority: 77, ageSeconds: 888 } }),
    );
    centre.updateRouting(at(1), 'c', { QueuePriority: 78 });
    centre.updateRouting(at(2), 'c', { QueueTimeAdjustmentSeconds: 889 });
    centre.setAttributes(at(3), 'c', { name: 'SECRET 2' });
    centre.disconnect(at(4), 'c');
    expect(eventSummaries(events)).toEqual([
      '0 INITIATED c',
      '0 QUEUED c',
      '3 CONTACT_DATA_UPDATED c',
      '4 DISCONNECTED c',
      '4 COMPLETED c',
    ]);
    expect(events[2]?.detail.updatedProperties).toEqual(['UserDefinedAttributes']);
    expect(JSON.stringify(events)).not.toMatch(/SECRET|priority|adjustment|\b(77|78|888|889)\b/i);
  });

  test('an abandoned contact has no agent', () => {
    const { centre, events } = centreWith();
    centre.arrive(at(0), call('c', { patienceMs: 5_000 }));
    centre.advance(at(9));
    expect(eventSummaries(events)).toEqual([
      '0 INITIATED c',
      '0 QUEUED c',
      '5 DISCONNECTED c',
      '5 COMPLETED c',
    ]);
    expect(events.filter(({ detail }) => 'agentInfo' in detail)).toEqual([]);
    expect(
      events.filter(({ detail }) => 'disconnectTimestamp' in detail).map(({ detail }) => detail.eventType),
    ).toEqual(['DISCONNECTED']);
  });

  test.each([
    ['CHAT', 'connect:Chat'],
    ['TASK', 'connect:Task'],
    ['EMAIL', 'connect:Email'],
  ])('a %s has the subtype %s, unless it brings segment attributes of its own', (channel, subtype) => {
    const { centre, events } = centreWith();
    centre.arrive(at(0), call('c', { channel }));
    centre.arrive(at(0), call('d', { channel, segmentAttributes: { 'connect:Subtype': 'connect:SMS' } }));
    expect(events.map(({ detail }) => detail.segmentAttributes)).toEqual([
      { 'connect:Subtype': { valueString: subtype } },
      { 'connect:Subtype': { valueString: subtype } },
      { 'connect:Subtype': { valueString: 'connect:SMS' } },
      { 'connect:Subtype': { valueString: 'connect:SMS' } },
    ]);
  });

  test('a task is paused and resumed', () => {
    const { centre, events } = centreWith();
    centre.arrive(at(0), call('c', { channel: 'TASK' }));
    centre.pause(at(1), 'c');
    centre.resume(at(2), 'c');
    expect(eventSummaries(events).slice(2)).toEqual(['1 PAUSED c', '2 RESUMED c']);
    expect(centre.describe(at(3), 'c')).toMatchObject({ isPaused: false, pausedAt: at(1), resumedAt: at(2) });
  });

  test('a transfer ends the old contact and starts a new one that refers to it', () => {
    const { centre, events } = centreWith();
    centre.arrive(at(0), call('c'));
    const id = centre.transfer(at(1), 'c', 'r');
    expect(eventSummaries(events).slice(2)).toEqual([
      '1 DISCONNECTED c',
      '1 COMPLETED c',
      `1 INITIATED ${id}`,
      `1 QUEUED ${id}`,
    ]);
    expect(events.at(-1)?.detail).toMatchObject({
      initialContactId: 'c',
      previousContactId: 'c',
      initiationMethod: 'QUEUE_TRANSFER',
      queueInfo: { queueArn: `${INSTANCE_ARN}/queue/r`, enqueueTimestamp: '2026-11-24T10:00:01.000Z' },
    });
  });
});

describe('the events of routing criteria', () => {
  const steps = [
    { Expression: english(4), Expiry: { DurationInSeconds: 30 } },
    { Expression: { OrExpression: [{ AndExpression: [english(2)] }, only('ann')] } },
  ];

  test('are published for each update and each expired step, in camelCase', () => {
    const { centre, events } = centreWith();
    centre.arrive(at(0), call('c'));
    centre.updateRouting(at(5), 'c', { RoutingCriteria: { Steps: steps } });
    centre.advance(at(200));

    expect(eventSummaries(events).slice(2)).toEqual([
      '5 CONTACT_DATA_UPDATED c',
      '95 CONTACT_DATA_UPDATED c',
    ]);
    const [updated, expired] = events.slice(2).map(({ detail }) => detail);
    const condition = (proficiencyLevel: number) => ({
      attributeCondition: {
        name: 'Language',
        value: 'English',
        comparisonOperator: 'NumberGreaterOrEqualTo',
        proficiencyLevel,
      },
    });
    const second = {
      orExpression: [
        { andExpression: [condition(2)] },
        {
          attributeCondition: {
            comparisonOperator: 'Match',
            matchCriteria: { agentsCriteria: { agentIds: ['ann'] } },
          },
        },
      ],
    };
    expect(updated?.updatedProperties).toEqual(['RoutingCriteria']);
    expect(updated?.routingCriteria).toEqual({
      steps: [
        { expiry: { durationInSeconds: 30 }, expression: condition(4), status: 'INACTIVE' },
        { expression: second, status: 'INACTIVE' },
      ],
      index: 0,
    });
    expect(expired?.updatedProperties).toEqual(['RoutingCriteria.Step.Status']);
    expect(expired?.routingCriteria).toEqual({
      steps: [
        {
          expiry: { durationInSeconds: 30, expiryTimestamp: '2026-11-24T10:01:35.000Z' },
          expression: condition(4),
          status: 'EXPIRED',
        },
        { expression: second, status: 'ACTIVE' },
      ],
      activationTimestamp: '2026-11-24T10:01:05.000Z',
      index: 0,
    });
  });

  test.each<{ name: string; end: (centre: ReturnType<typeof centreWith>['centre']) => void; status: string }>(
    [
      { name: 'joined by an agent', end: (centre) => centre.connect(at(10), 'c', 'ann'), status: 'JOINED' },
      {
        name: 'abandoned by the customer',
        end: (centre) => centre.disconnect(at(10), 'c'),
        status: 'DEACTIVATED',
      },
    ],
  )('a step that is $name ends as $status', ({ end, status }) => {
    const { centre } = centreWith();
    centre.arrive(at(0), call('c', { routing: { criteria: { Steps: steps } } }));
    end(centre);
    expect(centre.describe(at(11), 'c').criteria?.statuses).toEqual([status, 'INACTIVE']);
  });

  test('replacing criteria have the next index, and the old ones are published while they apply', () => {
    const { centre, events } = centreWith();
    centre.arrive(at(0), call('c', { routing: { criteria: { Steps: steps } } }));
    centre.updateRouting(at(20), 'c', { RoutingCriteria: { Steps: [{ Expression: only('ann') }] } });
    centre.advance(at(30));
    expect(centre.describe(at(30), 'c').criteria).toMatchObject({
      index: 1,
      statuses: ['INACTIVE'],
      step: -1,
    });
    expect(events.at(-1)?.detail).toMatchObject({
      updatedProperties: ['RoutingCriteria.Step.Status'],
      routingCriteria: { index: 0, steps: [{ status: 'EXPIRED' }, { status: 'ACTIVE' }] },
    });
    expect(centre.describe(at(80), 'c').criteria).toMatchObject({
      index: 1,
      statuses: ['ACTIVE'],
      activatedAt: at(80),
    });
  });
});

test('the parser of contact events understands the events', () => {
  const { centre, events } = centreWith({ agents: [agent('ann')] });
  centre.arrive(
    at(0.5),
    call('c', { initialContactId: 'a', previousContactId: 'b', tags: { tier: 'gold' } }),
  );
  centre.advance(at(100));
  const parsed = events.map((event) => parseContactEvent(event));
  expect(parsed.map(({ eventType }) => eventType)).toEqual([
    'INITIATED',
    'QUEUED',
    'CONNECTED_TO_AGENT',
    'DISCONNECTED',
    'COMPLETED',
  ]);
  expect(parsed[3]?.facts).toMatchObject({
    instanceId: INSTANCE.id,
    contactId: 'c',
    initialContactId: 'a',
    previousContactId: 'b',
    channel: 'VOICE',
    initiatedAt: at(0.5),
    queue: { arn: QUEUE_ARN, type: 'STANDARD', enqueuedAt: at(0.5) },
    connectedAt: at(0.5),
    disconnectedAt: at(10.5),
    tags: { value: { 'aws:connect:instanceId': INSTANCE.id, tier: 'gold' } },
    segmentAttributes: { value: { 'connect:Subtype': 'connect:Telephony' } },
  });
});
