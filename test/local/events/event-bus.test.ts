import { describe, expect, test } from '@jest/globals';
import { contactEventRule, ruleEventRule } from '../../../lambda/domain/messages/event-rules.ts';
import {
  createEventBus,
  type EventEnvelope,
  EventPatternError,
  type NewEvent,
} from '../../../local/events/event-bus.ts';
import { ACCOUNT, AWS_LOCATION, REGION } from '../fixtures/aws.ts';

const INSTANCE = '11111111-2222-3333-4444-555555555555';

function contactEvent(eventType: string, instance = INSTANCE): NewEvent {
  const instanceArn = `arn:aws:connect:${REGION}:${ACCOUNT}:instance/${instance}`;
  return {
    source: 'aws.connect',
    'detail-type': 'Amazon Connect Contact Event',
    detail: { eventType, instanceArn },
  };
}

/** Puts events on a bus with one rule, and returns the events that its target gets. */
async function deliveredBy(pattern: unknown, events: readonly NewEvent[]): Promise<EventEnvelope[]> {
  const delivered: EventEnvelope[] = [];
  const bus = createEventBus({ ...AWS_LOCATION, onFailure: () => {} });
  bus.addRule({ name: 'Rule', pattern, target: async (event) => void delivered.push(event) });
  for (const event of events) bus.put(event);
  while (bus.pending() > 0) await new Promise((resolve) => setImmediate(resolve));
  return delivered;
}

describe('the event bus', () => {
  test('adds the members that an event lacks, and keeps the others', async () => {
    const [completed, unchanged] = await deliveredBy({ source: [{ prefix: '' }] }, [
      contactEvent('QUEUED'),
      { ...contactEvent('QUEUED'), id: 'own', time: '2026-01-01T00:00:00Z', resources: ['arn:x'] },
    ]);
    expect(completed).toEqual({
      ...contactEvent('QUEUED'),
      version: '0',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      account: ACCOUNT,
      region: REGION,
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      resources: [],
    });
    expect(unchanged).toMatchObject({ id: 'own', time: '2026-01-01T00:00:00Z', resources: ['arn:x'] });
  });

  test('serializes events as JSON', async () => {
    const at = new Date(0);
    const detail = { at, unset: undefined, set: null };
    const event = { source: 'own', 'detail-type': 'Own', detail };
    const delivered = await deliveredBy({ detail: { at: [at.toJSON()], unset: [{ exists: false }] } }, [
      event,
    ]);
    expect(delivered.map(({ detail: carried }) => carried)).toEqual([{ at: at.toJSON(), set: null }]);
  });

  test('selects contact events by type and instance, as the rule of the stack does', async () => {
    const delivered = await deliveredBy(contactEventRule([INSTANCE]), [
      contactEvent('QUEUED'),
      contactEvent('INITIATED'),
      contactEvent('QUEUED', '99999999-2222-3333-4444-555555555555'),
      contactEvent('DISCONNECTED'),
    ]);
    expect(delivered.map(({ detail }) => (detail as { eventType: string }).eventType)).toEqual([
      'QUEUED',
      'DISCONNECTED',
    ]);
  });

  test('selects rule events as the rule of the stack does', async () => {
    const ruleEvent = { ...contactEvent(''), 'detail-type': 'Contact Lens Realtime Rules Matched' };
    const delivered = await deliveredBy(ruleEventRule([INSTANCE]), [ruleEvent, contactEvent('QUEUED')]);
    expect(delivered.map((event) => event['detail-type'])).toEqual(['Contact Lens Realtime Rules Matched']);
  });

  test('delivers after put has returned, and gives each target its own copy', async () => {
    const bus = createEventBus({ ...AWS_LOCATION, onFailure: () => {} });
    const seen: unknown[] = [];
    for (const name of ['A', 'B']) {
      bus.addRule({
        name,
        pattern: { source: ['aws.connect'] },
        target: async (event) => {
          seen.push({ ...event.detail });
          Object.assign(event.detail, { changedBy: name });
        },
      });
    }
    bus.put(contactEvent('QUEUED'));
    expect(seen).toEqual([]);
    expect(bus.pending()).toBe(2);
    while (bus.pending() > 0) await new Promise((resolve) => setImmediate(resolve));
    expect(seen).toEqual([contactEvent('QUEUED').detail, contactEvent('QUEUED').detail]);
  });

  test('reports an event that a target rejects, and continues', async () => {
    const failures: unknown[] = [];
    const bus = createEventBus({
      ...AWS_LOCATION,
      onFailure: (rule, event, error) => failures.push([rule, event.id, (error as Error).message]),
    });
    bus.addRule({
      name: 'Broken',
      pattern: { source: ['aws.connect'] },
      target: async () => {
        throw new RangeError('full');
      },
    });
    const id = bus.put(contactEvent('QUEUED'));
    while (bus.pending() > 0) await new Promise((resolve) => setImmediate(resolve));
    expect(failures).toEqual([['Broken', id, 'full']]);
  });

  test('rejects a rule with an invalid pattern', () => {
    const bus = createEventBus({ ...AWS_LOCATION, onFailure: () => {} });
    const add = () =>
      bus.addRule({ name: 'Wrong', pattern: { source: 'aws.connect' }, target: async () => {} });
    expect(add).toThrow(EventPatternError);
    expect(add).toThrow(/^The pattern of rule Wrong is not a valid event pattern\. \S/);
  });
});
