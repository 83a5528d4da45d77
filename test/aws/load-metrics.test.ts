import { ConnectClient, InvalidParameterException, ResourceNotFoundException } from '@aws-sdk/client-connect';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ConnectLoadMetrics } from '../../lambda/aws/load-metrics.ts';
import { canonicalJson } from '../../lambda/domain/json.ts';
import { startConnectEndpoint } from '../local/fixtures/connect.ts';
import { agent, at, call, INSTANCE } from '../sim/centre/fixture.ts';

const AGENTS = [agent('ann'), agent('bob', { queues: [{ queueId: 'r', priority: 1 }] })];

let connect: Awaited<ReturnType<typeof startConnectEndpoint>>;
let metrics: ConnectLoadMetrics;
/** Milliseconds since the epoch, as the metrics see it. */
let now: number;

beforeEach(async () => {
  connect = await startConnectEndpoint(
    { agents: AGENTS },
    { agents: AGENTS, queues: [{ id: 'q' }, { id: 'r' }, { id: 'idle' }] },
  );
  now = 0;
  metrics = new ConnectLoadMetrics(connect.client, () => now);
});

afterEach(() => connect.stop());

test('the load of queues is read by channel or all together, and a queue without load is left out', async () => {
  const { centre, clock } = connect;
  const long = { handlingMs: 600_000 };
  for (const id of ['a', 'b', 'c']) centre.arrive(at(0), call(id, long));
  centre.arrive(at(10), call('chat', { ...long, channel: 'CHAT' }));
  clock.now = at(30);
  const read = (channel?: 'VOICE' | 'TASK') => metrics.loads(INSTANCE.id, ['q', 'r', 'idle'], channel);
  const [staffed, free] = [
    { agentsStaffed: 1, agentsAvailable: 0 },
    { agentsStaffed: 1, agentsAvailable: 1 },
  ];
  const idle = ['r', { waiting: 0, oldestSeconds: 0, ...free }];
  expect([...(await read())]).toEqual([['q', { waiting: 3, oldestSeconds: 30, ...staffed }], idle]);
  expect([...(await read('VOICE'))]).toEqual([['q', { waiting: 2, oldestSeconds: 30, ...staffed }], idle]);
  // No agent takes tasks.
  expect([...(await read('TASK'))]).toEqual([]);
});

test('agents are counted who satisfy an expression, by its canonical form', async () => {
  const french = {
    AttributeCondition: {
      Name: 'Language',
      Value: 'French',
      ComparisonOperator: 'NumberGreaterOrEqualTo',
      ProficiencyLevel: 3,
    },
  };
  const ann = {
    AttributeCondition: {
      ComparisonOperator: 'Match',
      MatchCriteria: { AgentsCriteria: { AgentIds: ['ann'] } },
    },
  };
  const expressions = [french, ann].map((one) => canonicalJson(one));
  expect([...(await metrics.staffed(INSTANCE.id, 'q', expressions))]).toEqual([
    [expressions[0], 0],
    [expressions[1], 1],
  ]);
  now = 999;
  expect((await metrics.staffed(INSTANCE.id, 'q', expressions)).size).toBe(0);
  now = 1_000;
  expect([...(await metrics.staffed(INSTANCE.id, 'idle', expressions))].map(([, count]) => count)).toEqual([
    0, 0,
  ]);
  now = 2_000;
  const client = {
    send: async () => ({
      MetricResults: [
        { Dimensions: { RoutingStepExpression: JSON.stringify(ann, null, 2) }, Collections: [] },
        { Dimensions: { RoutingStepExpression: 'no JSON' } },
        {
          Dimensions: { RoutingStepExpression: JSON.stringify(french, null, 2) },
          Collections: [{ Metric: { Name: 'AGENTS_STAFFED' }, Value: 0 }],
        },
      ],
    }),
  };
  const odd = new ConnectLoadMetrics(client as never);
  // What has no figure is not known.
  expect([...(await odd.staffed(INSTANCE.id, 'q', expressions))]).toEqual([[expressions[0], 0]]);
});

describe('the answers of Connect', () => {
  /** A client that gives these answers in turn, and what it was asked. */
  const answering = (...answers: object[]) => {
    const inputs: Record<string, unknown>[] = [];
    const send = async ({ input }: { readonly input: Record<string, unknown> }) => {
      inputs.push({ ...input });
      return answers[inputs.length - 1] ?? {};
    };
    // The paginator asks which client it has.
    const client: ConnectClient = Object.assign(Object.create(ConnectClient.prototype), { send });
    return { inputs, from: new ConnectLoadMetrics(client, () => now) };
  };
  const collected = (...values: [name: string, value: number | undefined][]) =>
    values.map(([Name, Value]) => ({ Metric: { Name }, ...(Value !== undefined && { Value }) }));

  test('are read page by page, and what is in none of them counts as 0', async () => {
    const { inputs, from } = answering(
      {
        MetricResults: [
          { Dimensions: { Queue: { Id: 'q' } }, Collections: collected(['CONTACTS_IN_QUEUE', 3]) },
          { Collections: [] },
          { Dimensions: {}, Collections: [] },
        ],
        NextToken: 'next',
      },
      {
        MetricResults: [
          {
            Dimensions: { Queue: { Id: 'r' } },
            Collections: [{}, ...collected(['OLDEST_CONTACT_AGE', 9], ['AGENTS_STAFFED', undefined])],
          },
        ],
      },
    );
    const none = { waiting: 0, oldestSeconds: 0, agentsStaffed: 0, agentsAvailable: 0 };
    expect([...(await from.loads('i', ['q', 'r'], undefined))]).toStrictEqual([
      ['q', { ...none, waiting: 3 }],
      ['r', { ...none, oldestSeconds: 9 }],
    ]);
    expect(inputs.map(({ NextToken }) => NextToken)).toEqual([undefined, 'next']);
  });

  test('have the seconds and counts of queues in one page of a hundred', async () => {
    const { inputs, from } = answering();
    await from.loads('i', ['q'], 'CHAT');
    expect(inputs).toEqual([
      {
        InstanceId: 'i',
        Filters: { Queues: ['q'], Channels: ['CHAT'] },
        Groupings: ['QUEUE'],
        CurrentMetrics: [
          { Name: 'CONTACTS_IN_QUEUE', Unit: 'COUNT' },
          { Name: 'OLDEST_CONTACT_AGE', Unit: 'SECONDS' },
          { Name: 'AGENTS_STAFFED', Unit: 'COUNT' },
          { Name: 'AGENTS_AVAILABLE', Unit: 'COUNT' },
        ],
        MaxResults: 100,
      },
    ]);
  });

  test('on names are those of standard queues, a thousand a page, each with an id and a name', async () => {
    const { inputs, from } = answering(
      { QueueSummaryList: [{ Id: 'q', Name: 'Sales' }, { Id: 'r' }, { Name: 'Lost' }], NextToken: 'next' },
      { QueueSummaryList: [{ Id: 's', Name: 'Service' }] },
    );
    expect([...(await from.queueNames('i', 'q'))]).toStrictEqual([
      ['q', 'Sales'],
      ['s', 'Service'],
    ]);
    const page = { InstanceId: 'i', QueueTypes: ['STANDARD'], MaxResults: 1_000 };
    expect(inputs).toEqual([page, { ...page, NextToken: 'next' }]);
  });

  test('on agents may lack anything', async () => {
    const { inputs, from } = answering({
      MetricResults: [
        {},
        { Dimensions: {}, Collections: collected(['AGENTS_STAFFED', 4]) },
        {
          Dimensions: { RoutingStepExpression: '{}' },
          Collections: [{}, ...collected(['AGENTS_STAFFED', 4])],
        },
      ],
    });
    expect([...(await from.staffed('i', 'q', ['{}']))]).toStrictEqual([['{}', 4]]);
    expect(inputs[0]).toMatchObject({ MaxResults: 100 });
  });
});

test('calls beyond five a second are throttled', async () => {
  const results = await Promise.allSettled(
    Array.from({ length: 10 }, () => metrics.loads(INSTANCE.id, ['q'], undefined)),
  );
  expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(2);
});

test('names of queues are read once an hour, and again after a minute where a queue is not among them', async () => {
  const names = await metrics.queueNames(INSTANCE.id);
  const { queues } = connect.centre.overview(at(0));
  expect(Object.fromEntries(names)).toEqual(Object.fromEntries(queues.map(({ id, name }) => [id, name])));
  const isReadAgain = async (seconds: number, wanted?: string) => {
    now = seconds * 1_000;
    return (await metrics.queueNames(INSTANCE.id, wanted)) !== names;
  };
  expect(await isReadAgain(59, 'new')).toBe(false);
  expect(await isReadAgain(3_599, 'q')).toBe(false);
  expect(await isReadAgain(3_599)).toBe(false);
  expect(await isReadAgain(60, 'new')).toBe(true);
});

describe('where Connect refuses a request since it does not know one of its queues', () => {
  const ids = Array.from({ length: 100 }, (_, index) => `q-${index}`);
  /** The queues of each request. */
  let asked: string[][];

  const connectWithout = (isUnknown: (id: string) => boolean, error: Error = notFound()) => {
    asked = [];
    const send = async ({
      input,
    }: {
      readonly input: { readonly Filters: { readonly Queues: string[] } };
    }) => {
      const { Queues } = input.Filters;
      asked.push(Queues);
      if (Queues.some(isUnknown)) throw error;
      return { MetricResults: Queues.map((Id) => ({ Dimensions: { Queue: { Id } } })) };
    };
    return new ConnectLoadMetrics({ send } as never, () => now);
  };
  const notFound = () => new ResourceNotFoundException({ message: 'no such queue', $metadata: {} });
  const invalid = () => new InvalidParameterException({ message: 'no such queue', $metadata: {} });
  const read = async (from: ConnectLoadMetrics, wanted = ids) =>
    [...(await from.loads(INSTANCE.id, wanted, undefined)).keys()].toSorted();

  test.each([
    ['as one that it does not find', notFound],
    ['as one that is not valid', invalid],
  ])('%s, the others are read, and it is left out for an hour', async (_name, error) => {
    const others = ids.filter((id) => id !== 'q-77').toSorted();
    const without = connectWithout((id) => id === 'q-77', error());
    expect(await read(without)).toEqual(others);
    expect(asked.length).toBeLessThanOrEqual(15);
    asked.length = 0;
    now = 3_599_999;
    expect(await read(without)).toEqual(others);
    expect(asked).toHaveLength(1);
    asked.length = 0;
    now = 3_600_000;
    expect(await read(without)).toEqual(others);
    expect(asked.length).toBeGreaterThan(1);
  });

  test('it is left out where it is asked for alone', async () => {
    const without = connectWithout((id) => id === 'q-1');
    expect(await read(without, ['q-1', 'q-2'])).toEqual(['q-2']);
    asked.length = 0;
    expect(await read(without, ['q-1'])).toEqual([]);
    expect(asked).toEqual([]);
  });

  test('many of them are found by and by', async () => {
    const without = connectWithout((id) => Number(id.slice(2)) % 10 === 0);
    const results: unknown[] = [];
    for (let poll = 0; poll < 20 && results.at(-1) !== 90; poll++) {
      const before = asked.length;
      results.push(
        await read(without).then(
          ({ length }) => length,
          ({ name }) => name,
        ),
      );
      expect(asked.length - before).toBeLessThanOrEqual(20);
    }
    expect(results.at(-1)).toBe(90);
  });

  test.each([
    { count: 21, unknown: ['q-3', 'q-15', 'q-18'] },
    { count: 40, unknown: ['q-13', 'q-35'] },
    { count: 73, unknown: ['q-20', 'q-21', 'q-35'] },
  ])('$count queues without $unknown are not read in part: twenty requests do not do', async (given) => {
    const wanted = ids.slice(0, given.count);
    const without = connectWithout((id) => given.unknown.includes(id));
    await expect(read(without, wanted)).rejects.toThrow('no such queue');
    expect(asked).toHaveLength(20);
    // Those that were found meanwhile are left out.
    expect(await read(without, wanted)).toEqual(
      wanted.filter((id) => !given.unknown.includes(id)).toSorted(),
    );
  });

  test.each([
    { wanted: ['q-1'], requests: 1 },
    { wanted: ['q-1', 'q-2'], requests: 3 },
    { wanted: ids, requests: 9 },
  ])('all of them: that is reported after $requests requests', async ({ wanted, requests }) => {
    const without = connectWithout(() => true);
    await expect(read(without, wanted)).rejects.toThrow('no such queue');
    expect(asked).toHaveLength(requests);
    await expect(read(without, wanted)).rejects.toThrow('no such queue');
  });

  test('another error is not looked into', async () => {
    await expect(read(connectWithout((id) => id === 'q-1', new Error('slow down')))).rejects.toThrow(
      'slow down',
    );
    expect(asked).toHaveLength(1);
  });
});
