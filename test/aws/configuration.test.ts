import { randomBytes, randomUUID } from 'node:crypto';
import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { DeleteParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { ConfigurationTable } from '../../lambda/aws/configuration-table.ts';
import { PublishedConfigurationReader } from '../../lambda/aws/published-configuration.ts';
import { ReportedTable } from '../../lambda/aws/reported-table.ts';
import { SsmParameters } from '../../lambda/aws/ssm-parameters.ts';
import type { CompiledConfiguration } from '../../lambda/domain/configuration/compiled.ts';
import { DEFAULT_SETTINGS } from '../../lambda/domain/settings.ts';
import { publishConfiguration } from '../../lambda/flow/configuration/publish.ts';
import { Verdicts } from '../../lambda/flow/configuration/verdicts.ts';
import { createDynamoDb } from '../../local/services/dynamodb.ts';
import { createSsm } from '../../local/ssm/service.ts';
import { createTable } from '../../local/system/table.ts';
import { AWS_LOCATION, startTestEndpoint } from '../local/fixtures/aws.ts';

const STEPS = 'steps: [{ after: 0s, set: { priority: 1 } }]';
const DECISIONS = { revision: 1, id: 'id' };
const SOURCE = { steps: [{ after: '0s', set: { priority: 1 } }] };

let endpoint: Awaited<ReturnType<typeof startTestEndpoint>>;
let ssm: SSMClient;
let dynamoDb: DynamoDBClient;
let requests: string[] = [];
let count = 0;
let tableName = '';
let prefix = '';
let reported: string[];
const realNow = Date.now;
let elapsedMs = 0;

beforeAll(async () => {
  endpoint = await startTestEndpoint(
    { ssm: createSsm({ ...AWS_LOCATION, onChange: () => {} }), dynamodb: createDynamoDb(AWS_LOCATION) },
    (name) => requests.push(name),
  );
  ssm = new SSMClient({ ...endpoint.clientConfig, maxAttempts: 1 });
  dynamoDb = new DynamoDBClient({ ...endpoint.clientConfig, maxAttempts: 1 });
});

beforeEach(async () => {
  count += 1;
  prefix = `/p-${count}`;
  tableName = `Contacts-${count}`;
  await createTable(dynamoDb, tableName);
  reported = [];
  elapsedMs = 0;
  Date.now = () => realNow() + elapsedMs;
  requests = [];
});

afterEach(() => {
  Date.now = realNow;
});

afterAll(async () => {
  ssm.destroy();
  dynamoDb.destroy();
  await endpoint.stop();
});

const put = (name: string, Value: string) =>
  ssm.send(new PutParameterCommand({ Name: `${prefix}/${name}`, Value, Type: 'String', Overwrite: true }));
const table = () => new ConfigurationTable(dynamoDb, tableName);
const reader = (from: Pick<ConfigurationTable, 'version' | 'set'> = table()) =>
  new PublishedConfigurationReader(from, {
    policyLeftOut: ({ name, reason }) => reported.push(`${name} left out: ${reason}`),
    callsStopped: (reason) => reported.push(`stopped: ${reason}`),
  });
const compile = () =>
  publishConfiguration({
    parameters: new SsmParameters(ssm, prefix),
    published: table(),
    reported: new ReportedTable(dynamoDb, tableName),
    outbox: { sendWakeUps: async () => {} },
    telemetry: { configurationPublished() {}, historyUnreadable() {}, configurationState() {} },
    clock: { now: () => Date.now() },
    verdicts: new Verdicts(),
    backOff: async () => {},
    newId: randomUUID,
  });
const names = async (source: PublishedConfigurationReader) =>
  (await source.current()).policies.policies.map(({ name }) => name);
const configurationOf = (policies: CompiledConfiguration['policies']): CompiledConfiguration => ({
  format: 1,
  policies,
  settings: { source: {}, version: 0, since: 0 },
  refused: [],
});
const items = async () => {
  const found = [];
  for await (const { Items = [] } of paginateScan({ client: dynamoDb }, { TableName: tableName })) {
    found.push(...Items.map((item) => unmarshall(item)));
  }
  return found;
};

describe('the configuration in SSM, compiled and published', () => {
  test('more policies than fit into a page are all in force, and the deployment parameter is none', async () => {
    await put('deployment', '{"contactsTable":"Contacts"}');
    for (let index = 0; index < 23; index++) await put(`policies/p-${String(index).padStart(2, '0')}`, STEPS);
    await put('settings', 'updateRate: 7');
    await compile();
    expect(await names(reader())).toHaveLength(23);
    expect((await reader().current()).settings).toEqual({ ...DEFAULT_SETTINGS, updateRate: 7 });
    expect(reported).toEqual([]);
  });

  test('an invalid policy that was never compiled is taken from the history', async () => {
    await put('policies/a', `${STEPS}\nprecedence: 7`);
    await put('policies/a', '{');
    await compile();
    const { policies } = await reader().current();
    expect(policies.policies.map(({ name, precedence }) => [name, precedence])).toEqual([['a', 7]]);
  });

  test('a SecureString is refused as one, and what was in force before stays', async () => {
    const encrypt = async (name: string, Value: string) => {
      await ssm.send(new DeleteParameterCommand({ Name: `${prefix}/${name}` })).catch(() => {});
      await ssm.send(new PutParameterCommand({ Name: `${prefix}/${name}`, Value, Type: 'SecureString' }));
    };
    await put('policies/a', STEPS);
    await compile();
    for (const name of ['policies/a', 'policies/b', 'calendars/c', 'conditions/d', 'settings']) {
      await encrypt(name, STEPS);
    }
    await encrypt('pause', '{"who":"ann"}');
    await compile();
    const compiled = (await table().load())?.compiled;
    expect(compiled?.policies.map(({ name }) => name)).toEqual(['a']);
    expect(compiled?.pause?.value).toBe('a SecureString, whose text is encrypted');
    expect(compiled?.refused.map(({ parameter, problems }) => [parameter, problems])).toEqual(
      ['calendars/c', 'conditions/d', 'policies/a', 'policies/b', 'settings'].map((name) => [
        name,
        [
          expect.objectContaining({
            code: 'encrypted',
            message: expect.stringMatching(/^The parameter is a SecureString: its text is encrypted/),
          }),
        ],
      ]),
    );
  });

  test('a page that cannot be read fails the whole read: a part of the policies is never returned', async () => {
    for (let index = 0; index < 23; index++) await put(`policies/p-${index}`, STEPS);
    await compile();
    const pages = new SSMClient({ ...endpoint.clientConfig, maxAttempts: 1 });
    let reads = 0;
    pages.middlewareStack.add(
      (next) => async (input) => {
        reads += 1;
        if (reads === 2) throw new Error('ThrottlingException');
        return next(input);
      },
      { step: 'initialize' },
    );
    await expect(new SsmParameters(pages, prefix).read()).rejects.toThrow('ThrottlingException');
    expect(reads).toBe(2);
    pages.destroy();
  });

  test('what a pause holds may be beyond the numbers of DynamoDB', async () => {
    await put('pause', '123456789012345678901234567890123456789012345678901234567890');
    await compile();
    expect((await reader().settings()).pause).toBe(true);
    await ssm.send(new DeleteParameterCommand({ Name: `${prefix}/pause` }));
    await compile();
    expect((await reader().settings()).pause).toBe(false);
  });
});

describe('a handler', () => {
  test('reads a small item every five seconds, and the set only when it is another one', async () => {
    await put('policies/a', STEPS);
    await compile();
    const source = reader();
    requests = [];
    await source.current();
    expect(requests).toEqual(['dynamodb.GetItem', 'dynamodb.GetItem']);
    elapsedMs = 4_000;
    await source.current();
    expect(requests).toHaveLength(2);
    elapsedMs = 6_000;
    await source.current();
    expect(requests).toHaveLength(3);
    await put('policies/b', STEPS);
    await compile();
    elapsedMs = 12_000;
    expect(await names(source)).toEqual(['a', 'b']);
  });

  test('has its conditions, and says without reading the set whether a policy names one', async () => {
    const source = reader();
    expect(await source.usesConditions()).toBe(false);
    await put('conditions/busy', 'when: { waiting: [{ numeric: [">", 5] }] }');
    await compile();
    expect(await source.usesConditions()).toBe(false);
    elapsedMs = 6_000;
    await put('policies/a', `match: { signals: [busy] }\n${STEPS}`);
    await compile();
    elapsedMs = 12_000;
    requests = [];
    expect(await source.usesConditions()).toBe(true);
    expect(requests).toEqual(['dynamodb.GetItem']);
    expect((await source.current()).conditions?.map(({ name }) => name)).toEqual(['busy']);
  });

  test('has those who ask at the same time share one request', async () => {
    await compile();
    const source = reader();
    requests = [];
    await Promise.all([source.settings(), source.settings(), source.storedNames()]);
    expect(requests).toEqual(['dynamodb.GetItem']);
  });

  test('that needs the settings alone reads no set, and gets a raised rate within five seconds', async () => {
    await put('settings', 'updateRate: 7');
    await compile();
    const source = reader();
    requests = [];
    expect((await source.settings()).updateRate).toBe(7);
    expect(requests).toEqual(['dynamodb.GetItem']);
    await put('settings', 'updateRate: 70');
    await compile();
    elapsedMs = 5_000;
    expect((await source.settings()).updateRate).toBe(70);
  });

  test('before anything is compiled decides nothing and calls nothing, and looks again at once', async () => {
    const source = reader();
    await expect(source.current()).rejects.toMatchObject({ name: 'NoConfigurationError' });
    expect((await source.settings()).pause).toBe(true);
    expect(reported).toEqual(['stopped: no-configuration']);
    await compile();
    expect((await source.settings()).pause).toBe(false);
    expect(await names(source)).toEqual([]);
  });

  test('that gets no answer of the table reports that at once, and does not ask a second time', async () => {
    let asked = 0;
    const failing = {
      version: async () => {
        asked += 1;
        throw new TypeError('DynamoDB does not answer');
      },
      set: () => table().set({} as never),
    };
    await expect(reader(failing).current()).rejects.toThrow('DynamoDB does not answer');
    expect(asked).toBe(1);
  });

  test('of newer code leaves out a policy that it cannot build, and that one alone', async () => {
    const part = { version: 1, since: 0 };
    const compiled = configurationOf([
      { name: 'a', source: SOURCE, ...part },
      { name: 'constructor', source: SOURCE, ...part },
      { name: 'odd', source: { mode: { toString: 1 } }, ...part },
      { name: 'old', source: { ...SOURCE, oldField: true }, ...part },
    ]);
    await table().publish(compiled, 0, DECISIONS);
    expect(await names(reader())).toEqual(['a', 'constructor']);
    expect(reported.map((line) => line.split(':')[0])).toEqual(['odd left out', 'old left out']);
  });

  test('refuses a set of a form that it does not know, and one that is damaged', async () => {
    await table().publish({ ...configurationOf([]), format: 2 as never }, 0, DECISIONS);
    await expect(reader().current()).rejects.toMatchObject({ name: 'ConfigurationSetError' });
    expect((await reader().settings()).pause).toBe(false);
    expect(await table().load()).toMatchObject({ revision: 1 });
    expect((await table().load())?.compiled).toBeUndefined();
    await compile();
    expect(await names(reader())).toEqual([]);
  });

  test('that read the version before a new one was published still finds its set', async () => {
    await put('policies/a', STEPS);
    await compile();
    const version = await table().version();
    await put('policies/b', STEPS);
    await compile();
    if (!version) throw new TypeError('nothing was published');
    expect((await table().set(version)).policies.map(({ name }) => name)).toEqual(['a']);
  });
});

describe('what is recorded of who wrote parameters', () => {
  const reportedTable = () => new ReportedTable(dynamoDb, tableName);
  const authors = (name: string) => new SsmParameters(ssm, prefix).authors(name);

  test('comes from the history that SSM serves', async () => {
    await put('policies/a', STEPS);
    await put('policies/a', `${STEPS} # again`);
    const root = 'arn:aws:iam::123456789012:root';
    expect(await authors('policies/a')).toEqual([
      { version: 1, modifiedBy: root, modifiedAt: expect.any(Number) },
      { version: 2, modifiedBy: root, modifiedAt: expect.any(Number) },
    ]);
    const [parameter] = await new SsmParameters(ssm, prefix).read();
    expect(parameter?.modifiedAt).toBe((await authors('policies/a'))[1]?.modifiedAt);
  });

  test('is nothing of a parameter that is gone, and of one that IAM does not show', async () => {
    expect(await authors('policies/gone')).toEqual([]);
    const denied = Object.assign(new Error('not authorized'), { name: 'AccessDeniedException' });
    const throttled = Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
    const failing = (error: Error) => {
      const client = new SSMClient({ ...endpoint.clientConfig, maxAttempts: 1 });
      client.send = () => Promise.reject(error);
      return new SsmParameters(client, prefix).authors('Pause');
    };
    expect(await failing(denied)).toEqual([]);
    await expect(failing(throttled)).rejects.toThrow('slow down');
  });

  test('is recorded with the publication, in an item that no index has', async () => {
    await put('policies/a', STEPS);
    await compile();
    const stored = await reportedTable().load();
    expect(stored?.reported.unreported.map(({ line }) => line)).toEqual([
      {
        parameter: 'policies/a',
        change: 'written',
        parameterVersion: 1,
        modifiedBy: 'arn:aws:iam::123456789012:root',
        at: expect.any(String),
      },
    ]);
    const item = (await items()).find(({ pk }) => pk === 'configuration#reported');
    expect(Object.keys(item ?? {}).toSorted()).toEqual(['data', 'pk', 'revision']);
  });

  test('is not written over what somebody else has recorded since', async () => {
    const reported = { versions: {}, unreported: [] };
    expect(await reportedTable().save(reported, 0)).toBe(true);
    expect(await reportedTable().save(reported, 0)).toBe(false);
    expect(await reportedTable().save(reported, 1)).toBe(true);
    expect((await reportedTable().load())?.revision).toBe(2);
  });

  test('fits into an item, for as many parameters as SSM keeps', async () => {
    const name = (index: number) => `policies/${'n'.repeat(60)}-${index}`;
    const entries = Array.from({ length: 10_000 }, (_, index) => [
      name(index),
      { version: index, modifiedAt: 1_795_428_000_000 + index * 977 },
    ]);
    const reported = { versions: Object.fromEntries(entries), unreported: [] };
    expect(await reportedTable().save(reported, 0)).toBe(true);
    expect((await reportedTable().load())?.reported).toEqual(reported);
  });
});

describe('in the table', () => {
  /** Text that gzip cannot make smaller. */
  const noise = (bytes: number) => randomBytes(bytes).toString('base64');

  test('a set of more than a megabyte is in chunks below the limit of an item, and comes back whole', async () => {
    const policies = Array.from({ length: 300 }, (_, index) => ({
      name: `p-${String(index).padStart(3, '0')}`,
      source: { ...SOURCE, description: noise(5_000) },
      version: 1,
      since: 0,
    }));
    await table().publish(configurationOf(policies), 0, DECISIONS);
    expect((await table().load())?.compiled).toEqual(configurationOf(policies));
    const chunks = (await items()).flatMap(({ data }) => (data ? [data.length] : []));
    expect(chunks.length).toBeGreaterThan(3);
    expect(Math.max(...chunks)).toBeLessThanOrEqual(350_000);
  });

  test('of two that publish over the same version one fails, and leaves the set of the other alone', async () => {
    const part = { source: SOURCE, version: 1, since: 0 };
    const results = await Promise.all(
      ['a', 'b'].map((name) => table().publish(configurationOf([{ name, ...part }]), 0, DECISIONS)),
    );
    expect(results.toSorted()).toEqual([false, true]);
    const winner = results[0] ? 'a' : 'b';
    expect((await table().load())?.compiled?.policies).toEqual([{ name: winner, ...part }]);
    await table().publish(configurationOf([]), 0, DECISIONS);
    expect((await table().load())?.revision).toBe(1);
  });

  test('a publication whose answer is lost, and that is repeated, is one, and its set does not expire', async () => {
    const repeating = new DynamoDBClient({ ...endpoint.clientConfig, maxAttempts: 1 });
    let puts = 0;
    repeating.middlewareStack.add(
      (next, { commandName }) =>
        async (input) => {
          const result = await next(input);
          const { Item } = input.input as { Item?: Record<string, { S?: string }> };
          const isVersion = commandName === 'PutItemCommand' && Item?.pk?.S === 'configuration#version';
          if (isVersion) puts += 1;
          return isVersion ? next(input) : result;
        },
      { step: 'initialize' },
    );
    const configuration = configurationOf([{ name: 'a', source: SOURCE, version: 1, since: 0 }]);
    const isPublished = await new ConfigurationTable(repeating, tableName).publish(
      configuration,
      0,
      DECISIONS,
    );
    expect([isPublished, puts]).toEqual([true, 1]);
    expect((await items()).flatMap(({ ttl }) => ttl ?? [])).toEqual([]);
    expect(await names(reader())).toEqual(['a']);
    repeating.destroy();
  });

  test('what decides about calls alone is published beside the set, unless somebody published since', async () => {
    await table().publish(configurationOf([]), 0, DECISIONS);
    const pause = { version: 1, since: 0, value: 'x' };
    expect(await table().publishState({ pause }, 1)).toBe(true);
    expect(await table().publishState({}, 1)).toBe(false);
    expect(await table().load()).toMatchObject({ revision: 2, pause, compiled: configurationOf([]) });
  });

  test('items are in no index, and those of superseded sets expire an hour later', async () => {
    for (let revision = 0; revision < 3; revision++) {
      await table().publish(
        configurationOf([{ name: 'a', source: SOURCE, version: revision, since: 0 }]),
        revision,
        DECISIONS,
      );
    }
    const stored = await items();
    expect(stored.map(({ pk }) => String(pk).startsWith('configuration#'))).toEqual([true, true, true, true]);
    for (const item of stored) {
      expect(Object.keys(item)).not.toEqual(expect.arrayContaining(['pendingIn']));
      expect(Object.keys(item)).not.toEqual(expect.arrayContaining(['queuedIn']));
    }
    const ttls = stored.flatMap(({ ttl }) => ttl ?? []);
    expect(ttls).toHaveLength(2);
    for (const ttl of ttls) expect(ttl * 1_000 - Date.now()).toBeGreaterThan(3_500_000);
  });
});
