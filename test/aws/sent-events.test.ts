import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { DefaultEventBus } from '../../lambda/aws/event-bus.ts';
import {
  contactEventRule,
  parameterChangeRule,
  ruleEventRule,
} from '../../lambda/domain/messages/event-rules.ts';
import {
  EVENT_NAMES,
  type EventName,
  type OutgoingEvent,
} from '../../lambda/domain/outgoing-events/outgoing-event.ts';
import { compilePattern, matches } from '../../lambda/domain/pattern/index.ts';
import { eventJsonSchemas } from '../../lambda/domain/reports/json-schema.ts';
import { reportChanges } from '../../lambda/flow/configuration/report-changes.ts';
import { sendEvents } from '../../lambda/flow/send-events.ts';
import { createEventBus, type EventEnvelope } from '../../local/events/event-bus.ts';
import { createEventsService } from '../../local/events/events-service.ts';
import { AWS_LOCATION, startTestEndpoint } from '../local/fixtures/aws.ts';
import { MemoryCompiler } from '../support/compiler.ts';
import { atSecond, context } from '../support/contacts.ts';
import { dispatchAll, enqueue, receive } from '../support/flow.ts';
import { MemoryPorts } from '../support/memory-ports.ts';

const INSTANCE = '11111111-2222-3333-4444-555555555555';
const QUEUE_ARN = `arn:aws:connect:eu-central-1:123456789012:instance/${INSTANCE}/queue/66666666-7777-8888-9999-aaaaaaaaaaaa`;
const contactId = (index: number) => `bbbbbbbb-cccc-dddd-eeee-00000000000${index}`;

let endpoint: Awaited<ReturnType<typeof startTestEndpoint>>;
let client: EventBridgeClient;
const received: EventEnvelope[] = [];

beforeAll(async () => {
  const bus = createEventBus({ ...AWS_LOCATION, onFailure: () => {} });
  bus.addRule({
    name: 'Reader',
    pattern: { source: ['connect-escalator'] },
    target: async (event) => void received.push(event),
  });
  endpoint = await startTestEndpoint({ events: createEventsService(bus) });
  client = new EventBridgeClient({ ...endpoint.clientConfig, maxAttempts: 1 });
  await sendEvents(await systemWithEvents());
  const compiler = new MemoryCompiler();
  compiler.putAs('arn:aws:sts::123456789012:assumed-role/Operators/ann', 'policies/gold', 'steps: []');
  await compiler.compile();
  await reportChanges({
    ...compiler.ports,
    eventBus: new DefaultEventBus(client),
    telemetry: { configured() {}, eventsUnsent() {} },
    settings: async () => ({ events: EVENT_NAMES }),
  });
});

afterAll(async () => {
  client.destroy();
  await endpoint.stop();
});

/** A system in which one of each event is to be sent. */
async function systemWithEvents() {
  const steps = [
    { after: '60s', set: { priority: 3 } },
    { after: '120s', set: { priority: 1 } },
  ];
  const memory = new MemoryPorts({
    ...context({ gold: { steps } }, { events: EVENT_NAMES }),
    instances: [INSTANCE],
  });
  const queued = (index: number, facts: object = {}) =>
    enqueue(memory, contactId(index), {
      instanceId: INSTANCE,
      queue: { arn: QUEUE_ARN, type: 'STANDARD', enqueuedAt: atSecond(0) },
      ...facts,
    });
  memory.now = atSecond(0);
  for (const index of [1, 2, 3]) await queued(index);
  await queued(3, { connectedAt: atSecond(42) });
  memory.now = atSecond(60);
  memory.fillQuota();
  await queued(1);
  memory.now = atSecond(60.5);
  await dispatchAll(memory, []);
  memory.now = atSecond(120);
  memory.updateResult = () => ({ kind: 'invalid', message: 'The contact cannot be updated.' });
  await queued(1);
  memory.now = atSecond(121);
  await dispatchAll(memory, []);
  await queued(2, { disconnectedAt: atSecond(75) });
  const order = {
    instanceId: INSTANCE,
    contactId: contactId(2),
    actor: 'ann',
    sender: 'AROAEXAMPLEID1234567A:ann@example.org',
  };
  const override = { set: { priority: 1 }, until: atSecond(720) };
  await receive(memory, { type: 'override', id: 'crm-4711', at: atSecond(120), ...order, ...override });
  await receive(memory, { type: 'release', id: 'crm-4712', at: atSecond(180), ...order });
  return { ...memory.sweepPorts, instances: [INSTANCE], eventBus: new DefaultEventBus(client) };
}

const SCHEMAS = eventJsonSchemas();
const exampleFile = (name: string) => join(import.meta.dirname, `../../schemas/events/${name}.example.json`);
const readExample = (name: string) => JSON.parse(readFileSync(exampleFile(name), 'utf8'));
const isValid = (name: EventName, event: unknown) =>
  new Ajv2020({ strict: false }).validate(SCHEMAS[name], event);
const first = (name: string) => received.find((event) => event['detail-type'] === name);

describe.each(EVENT_NAMES)('the event %s', (name) => {
  test('is as its schema says, as EventBridge delivers it', () => {
    expect(isValid(name, first(name))).toBe(true);
  });

  test('is as its example in the repository, but for what EventBridge adds (UPDATE_DOCS=1 writes it)', () => {
    const event = { ...first(name), id: '12345678-90ab-cdef-1234-567890abcdef' };
    if (process.env.UPDATE_DOCS) writeFileSync(exampleFile(name), `${JSON.stringify(event, null, 2)}\n`);
    expect(event).toEqual(readExample(name));
  });

  test('has a schema that another event does not fit', () => {
    const others = EVENT_NAMES.filter((other) => other !== name);
    const changes = ['escalated', 'rejected', 'missed'];
    expect(others.filter((other) => isValid(name, { ...first(other), 'detail-type': name }))).toEqual(
      name === 'escalated' || name === 'missed' ? others.filter((other) => changes.includes(other)) : [],
    );
  });

  test('matches no rule of this system, so that nothing loops', () => {
    const rules = [
      contactEventRule([INSTANCE]),
      ruleEventRule([INSTANCE]),
      parameterChangeRule('/connect-escalator'),
    ];
    const selects = (rule: unknown) => {
      const { pattern } = compilePattern(rule);
      return pattern !== undefined && matches(pattern, first(name));
    };
    expect(rules.map(selects)).toEqual([false, false, false]);
  });
});

test('each event of a contact names it in the resources, and nobody else', () => {
  const ofContacts = received.filter((event) => event['detail-type'] !== 'configured');
  expect(received.length - ofContacts.length).toBe(1);
  expect(
    ofContacts.map(({ resources, detail }) => [resources, (detail as OutgoingEvent['detail']).contactId]),
  ).toEqual(
    ofContacts.map(({ detail }) => {
      const { contactId: id } = detail as OutgoingEvent['detail'];
      return [[`arn:aws:connect:eu-central-1:123456789012:instance/${INSTANCE}/contact/${id}`], id];
    }),
  );
});

test('an event that EventBridge does not accept gets its reason, and the others do not', async () => {
  const [event] = (await eventsOf()) as [OutgoingEvent];
  const malformed = { ...event, name: '' as never };
  const results = await new DefaultEventBus(client).send([event, malformed, event]);
  expect(results).toEqual([
    undefined,
    'InvalidArgument: Parameter DetailType is not valid. Reason: DetailType is a required argument.',
    undefined,
  ]);
});

test('a request that EventBridge does not answer fails as a whole', async () => {
  const unreachable = new EventBridgeClient({
    ...endpoint.clientConfig,
    endpoint: 'http://127.0.0.1:1',
    maxAttempts: 1,
  });
  await expect(new DefaultEventBus(unreachable).send(await eventsOf())).rejects.toThrow();
  unreachable.destroy();
});

async function eventsOf(): Promise<OutgoingEvent[]> {
  const sent: OutgoingEvent[] = [];
  const eventBus = {
    async send(events: readonly OutgoingEvent[]) {
      sent.push(...events);
      return events.map(() => undefined);
    },
  };
  await sendEvents({ ...(await systemWithEvents()), eventBus });
  return sent;
}
