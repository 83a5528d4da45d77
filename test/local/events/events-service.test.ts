import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createEventBus, type EventEnvelope } from '../../../local/events/event-bus.ts';
import { createEventsService } from '../../../local/events/events-service.ts';
import { ACCOUNT, AWS_LOCATION, postJson, REGION, startTestEndpoint } from '../fixtures/aws.ts';

let endpoint: Awaited<ReturnType<typeof startTestEndpoint>>;
let delivered: EventEnvelope[];
let arrival: Promise<void>;

beforeEach(async () => {
  delivered = [];
  const bus = createEventBus({ ...AWS_LOCATION, onFailure: () => {} });
  arrival = new Promise((resolve) => {
    bus.addRule({
      name: 'All',
      pattern: { account: [ACCOUNT] },
      target: async (event) => {
        delivered.push(event);
        resolve();
      },
    });
  });
  endpoint = await startTestEndpoint({ events: createEventsService(bus) });
});

afterEach(() => endpoint.stop());

const ENTRY = { Source: 'aws.connect', DetailType: 'Amazon Connect Contact Event', Detail: '{"a":1}' };

const putEvents = (body: unknown) => postJson(endpoint.url, 'AWSEvents.PutEvents', body);

describe('PutEvents', () => {
  test('accepts events of AWS services, too, and completes the envelope of each', async () => {
    const { status, body } = await putEvents({
      Entries: [{ ...ENTRY, Time: 1_795_000_000.7, Resources: ['arn:x'] }],
    });
    const [entry] = body.Entries as { EventId: string }[];
    expect({ status, body }).toEqual({
      status: 200,
      body: { FailedEntryCount: 0, Entries: [{ EventId: entry?.EventId }] },
    });
    await arrival;
    expect(delivered).toEqual([
      {
        version: '0',
        id: entry?.EventId,
        'detail-type': 'Amazon Connect Contact Event',
        source: 'aws.connect',
        account: ACCOUNT,
        time: '2026-11-18T11:06:40Z',
        region: REGION,
        resources: ['arn:x'],
        detail: { a: 1 },
      },
    ]);
  });

  test.each([
    [
      { Source: undefined },
      'InvalidArgument',
      'Parameter Source is not valid. Reason: Source is a required argument.',
    ],
    [
      { DetailType: '' },
      'InvalidArgument',
      'Parameter DetailType is not valid. Reason: DetailType is a required argument.',
    ],
    [
      { Detail: undefined },
      'InvalidArgument',
      'Parameter Detail is not valid. Reason: Detail is a required argument.',
    ],
    [{ Detail: '{' }, 'MalformedDetail', 'Detail is malformed.'],
    [{ Detail: '[1]' }, 'MalformedDetail', 'Detail is malformed.'],
    [
      { Resources: 'arn:x' },
      'InvalidArgument',
      'Parameter Resources is not valid. Reason: Resources must be a list of strings.',
    ],
    [
      { Time: 1e300 },
      'InvalidArgument',
      'Parameter Time is not valid. Reason: Time must be a number of seconds since the epoch.',
    ],
    [
      { EventBusName: 'mine' },
      'InvalidArgument',
      'Parameter EventBusName is not valid. Reason: Bus mine does not exist; the only bus is default.',
    ],
  ])('rejects only the entry with %j', async (invalid, ErrorCode, ErrorMessage) => {
    const { status, body } = await putEvents({ Entries: [{ ...ENTRY, ...invalid }, ENTRY] });
    expect(status).toBe(200);
    expect(body).toEqual({
      FailedEntryCount: 1,
      Entries: [{ ErrorCode, ErrorMessage }, { EventId: expect.any(String) }],
    });
    await arrival;
    expect(delivered).toHaveLength(1);
  });

  test.each([
    [
      undefined,
      "1 validation error detected: Value null at 'entries' failed to satisfy constraint: Member must not be null",
    ],
    [
      [],
      "1 validation error detected: Value '[0 entries]' at 'entries' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    [
      Array(11).fill(ENTRY),
      "1 validation error detected: Value '[11 entries]' at 'entries' failed to satisfy constraint: Member must have length less than or equal to 10",
    ],
  ])('rejects the whole request with the entries %j', async (Entries, message) => {
    expect(await putEvents({ Entries })).toEqual({
      status: 400,
      body: { __type: 'ValidationException', message },
    });
    expect(delivered).toEqual([]);
  });

  test('rejects entries of more than 256 KB in total', async () => {
    const Entries = Array(2).fill({ ...ENTRY, Time: 0, Detail: JSON.stringify({ a: 'x'.repeat(131_072) }) });
    // Per entry: 11 for the source, 28 for the detail type, 14 for the time, 131080 for the detail.
    expect(await putEvents({ Entries })).toEqual({
      status: 400,
      body: {
        __type: 'ValidationException',
        message:
          'Total size of the entries in the request is over the limit: found 262266 bytes; expected at most ' +
          '262144.',
      },
    });
  });
});
