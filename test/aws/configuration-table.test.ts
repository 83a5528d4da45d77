import { gunzipSync, gzipSync } from 'node:zlib';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ConfigurationSetError, ConfigurationTable } from '../../lambda/aws/configuration-table.ts';
import {
  NoConfigurationError,
  PublishedConfigurationReader,
} from '../../lambda/aws/published-configuration.ts';
import type { CompiledConfiguration } from '../../lambda/domain/configuration/compiled.ts';
import { preparePolicies } from '../../lambda/domain/configuration/prepare.ts';
import { T0 } from '../support/contacts.ts';
import { MemoryDynamoDb } from './fixtures/memory-dynamodb.ts';

/* The items of a published configuration, request by request, and what a reader makes of them. */

const VERSION = 'configuration#version';
const NAMES = { tagNames: ['tier'], segmentAttributePaths: [] };
const SETTINGS = { source: { updateRate: 7 }, version: 2, since: T0 };
const decisions = (revision: number) => ({ revision, id: `id-${revision}` });
const compiledWith = (...names: string[]): CompiledConfiguration => ({
  format: 1,
  policies: names.map((name) => ({
    name,
    source: { steps: [{ after: '0s', set: { priority: 1 } }] },
    version: 1,
    since: T0,
  })),
  settings: SETTINGS,
  names: NAMES,
  refused: [],
});

const realNow = Date.now;
let dynamoDb: MemoryDynamoDb;

beforeEach(() => {
  dynamoDb = new MemoryDynamoDb(T0);
  Date.now = () => dynamoDb.now;
});

afterEach(() => {
  Date.now = realNow;
});

const table = () => new ConfigurationTable(dynamoDb.client, 'Contacts');
const setOf = async () => (await table().version())?.set ?? { id: '', chunks: 0 };

/** Publishes so many configurations, one after the other, and returns the ids of their sets. */
async function published(count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let revision = 0; revision < count; revision++) {
    expect(await table().publish(compiledWith(`p-${revision}`), revision, decisions(revision + 1))).toBe(
      true,
    );
    ids.push((await setOf()).id);
  }
  return ids;
}

describe('a publication', () => {
  test('writes the set first, and then the version that names it', async () => {
    const [id] = await published(1);
    const { [VERSION]: version, ...chunks } = dynamoDb.items();
    expect(version).toEqual({
      revision: 1,
      decisions: decisions(1),
      set: { id, chunks: 1 },
      superseded: [],
      state: JSON.stringify({ settings: SETTINGS, names: NAMES }),
    });
    expect(Object.keys(chunks)).toEqual([`configuration#${id}#0`]);
    const { data, ...rest } = chunks[`configuration#${id}#0`] ?? {};
    expect(rest).toEqual({});
    expect(JSON.parse(gunzipSync(data as Uint8Array).toString())).toEqual(compiledWith('p-0'));
    expect(dynamoDb.requests.slice(0, 3)).toEqual([
      `GetItem ${VERSION}`,
      `PutItem configuration#${id}#0`,
      `PutItem ${VERSION}`,
    ]);
  });

  test('over another revision than the one that was read writes nothing', async () => {
    await published(1);
    dynamoDb.requests.length = 0;
    expect(await table().publish(compiledWith('late'), 0, decisions(9))).toBe(false);
    expect(await table().publish(compiledWith('early'), 7, decisions(9))).toBe(false);
    expect(dynamoDb.requests).toEqual([`GetItem ${VERSION}`, `GetItem ${VERSION}`]);
  });

  test('has the superseded sets end an hour later, each at its own time, and names the last five', async () => {
    const ids: string[] = [];
    for (let revision = 0; revision < 8; revision++) {
      dynamoDb.now = T0 + revision * 60_000;
      await table().publish(compiledWith(`p-${revision}`), revision, decisions(1));
      ids.push((await setOf()).id);
    }
    const { [VERSION]: version, ...chunks } = dynamoDb.items();
    const superseded = ids.slice(2, 7).toReversed();
    expect(version?.superseded).toEqual(superseded.map((id) => ({ id, chunks: 1 })));
    const ends = ids.map((id) => chunks[`configuration#${id}#0`]?.ttl);
    const seconds = Math.floor(T0 / 1_000);
    expect(ends).toEqual([
      ...[1, 2, 3, 4, 5, 6, 7].map((minute) => seconds + minute * 60 + 3_600),
      undefined,
    ]);
  });

  test('does not mind a superseded set that is gone', async () => {
    const [first] = await published(1);
    dynamoDb.delete(`configuration#${first}#0`);
    expect(await table().publish(compiledWith('next'), 1, decisions(2))).toBe(true);
    expect(dynamoDb.items()).not.toHaveProperty([`configuration#${first}#0`]);
  });

  test('fails where a superseded set cannot be marked', async () => {
    await published(1);
    dynamoDb.failing = 'UpdateItem';
    await expect(table().publish(compiledWith('next'), 1, decisions(2))).rejects.toThrow('No permission');
  });

  test('that conflicts has its own set end, and leaves that of the other', async () => {
    const [first = ''] = await published(1);
    let isFirst = true;
    dynamoDb.afterRequest = (request) => {
      if (!isFirst || !request.startsWith('PutItem')) return;
      isFirst = false;
      const { [VERSION]: version = {} } = dynamoDb.items();
      const item = { pk: VERSION, ...version, revision: 2 };
      void dynamoDb.client.send(new PutItemCommand({ TableName: 'Contacts', Item: marshall(item) }));
    };
    expect(await table().publish(compiledWith('late'), 1, decisions(2))).toBe(false);
    const { [VERSION]: version, ...chunks } = dynamoDb.items();
    expect(version).toMatchObject({ revision: 2, set: { id: first } });
    const ends = Object.entries(chunks).map(([key, { ttl }]) => [key.includes(first), ttl]);
    expect(ends.toSorted()).toEqual([
      [false, Math.floor(T0 / 1_000) + 3_600],
      [true, undefined],
    ]);
  });

  test('over a version that is gone meanwhile fails', async () => {
    await published(1);
    dynamoDb.afterRequest = (request) => {
      if (!request.startsWith('GetItem')) return;
      dynamoDb.afterRequest = () => {};
      dynamoDb.delete(VERSION);
    };
    expect(await table().publish(compiledWith('late'), 1, decisions(2))).toBe(false);
    expect(dynamoDb.items()).not.toHaveProperty([VERSION]);
  });

  test('is in chunks below the limit of an item', async () => {
    const random = (length: number) => {
      let state = 1;
      return Array.from({ length }, () => {
        state = (state * 48_271) % 2_147_483_647;
        return state.toString(36);
      }).join('');
    };
    const [part] = compiledWith('a').policies;
    if (!part) throw new TypeError('A policy is expected.');
    const compiled = { ...compiledWith(), policies: [{ ...part, source: { description: random(150_000) } }] };
    await table().publish(compiled, 0, decisions(1));
    const { [VERSION]: version, ...chunks } = dynamoDb.items();
    const lengths = Object.values(chunks).map(({ data }) => (data as Uint8Array).length);
    expect(lengths.slice(0, -1)).toEqual(lengths.slice(0, -1).map(() => 350_000));
    expect(lengths.length).toBeGreaterThan(1);
    expect(version?.set).toMatchObject({ chunks: lengths.length });
    expect((await table().load())?.compiled).toEqual(compiled);
  });
});

describe('a state that is published by itself', () => {
  const paused = { settings: SETTINGS, pause: { version: 1, since: T0, value: 'x' } };

  test('leaves the set, the decisions and the names as they are', async () => {
    const ids = await published(2);
    expect(await table().publishState(paused, 2)).toBe(true);
    expect(dynamoDb.items()[VERSION]).toEqual({
      revision: 3,
      decisions: decisions(2),
      set: { id: ids[1], chunks: 1 },
      superseded: [{ id: ids[0], chunks: 1 }],
      state: JSON.stringify({ ...paused, names: NAMES }),
    });
    expect(await table().version()).toEqual({
      revision: 3,
      decisions: decisions(2),
      set: { id: ids[1], chunks: 1 },
      ...paused,
      names: NAMES,
    });
  });

  test('still says that policies name conditions', async () => {
    const before = { ...compiledWith('p-0'), usesConditions: true } as const;
    expect(await table().publish(before, 0, decisions(1))).toBe(true);
    expect((await table().version())?.usesConditions).toBe(true);
    expect(await table().publishState(paused, 1)).toBe(true);
    expect((await table().version())?.usesConditions).toBe(true);
  });

  test('is refused before the first publication, over another revision, and after a conflict', async () => {
    expect(await table().publishState(paused, 0)).toBe(false);
    await published(1);
    expect(await table().publishState(paused, 2)).toBe(false);
    dynamoDb.afterRequest = (request) => {
      if (!request.startsWith('GetItem')) return;
      dynamoDb.afterRequest = () => {};
      dynamoDb.delete(VERSION);
    };
    expect(await table().publishState(paused, 1)).toBe(false);
    expect(dynamoDb.items()).not.toHaveProperty([VERSION]);
  });
});

describe('what is in force', () => {
  test('is nothing before the first publication', async () => {
    expect([await table().version(), await table().load()]).toEqual([undefined, undefined]);
  });

  test('is read once for each set', async () => {
    await published(1);
    const reading = table();
    const version = await reading.version();
    if (!version) throw new TypeError('Nothing was published.');
    dynamoDb.requests.length = 0;
    const first = await reading.set(version);
    expect(await reading.set(version)).toBe(first);
    expect(dynamoDb.requests).toHaveLength(1);
    await table().publish(compiledWith('other'), 1, decisions(2));
    expect((await reading.load())?.compiled).toEqual(compiledWith('other'));
  });

  test.each<[string, (id: string) => Promise<unknown>, string]>([
    [
      'whose chunk is gone',
      async (id) => dynamoDb.delete(`configuration#${id}#0`),
      'Chunk 0 of 1 of the configuration ID is missing.',
    ],
    ['whose chunk is empty', (id) => put(id, {}), 'Chunk 0 of 1 of the configuration ID is missing.'],
    [
      'that is damaged',
      (id) => put(id, { data: Buffer.from('x') }),
      'The configuration ID is damaged: Error: unexpected end of file',
    ],
    [
      'of another form',
      (id) => put(id, { data: gzipSync(JSON.stringify({ ...compiledWith('a'), format: 2 })) }),
      'The configuration ID has the form 2; this code reads 1.',
    ],
  ])('is a version without a set %s', async (_name, damage, message) => {
    const [id = ''] = await published(1);
    await damage(id);
    const version = await table().version();
    await expect(table().set({ set: { id, chunks: 1 } })).rejects.toThrow(ConfigurationSetError);
    await expect(table().set({ set: { id, chunks: 1 } })).rejects.toThrow(message.replace('ID', id));
    expect(await table().load()).toEqual(version);
  });

  test('is not known where the table does not answer', async () => {
    const [id] = await published(1);
    dynamoDb.failing = `GetItem configuration#${id}#0`;
    await expect(table().load()).rejects.toThrow('No permission');
    dynamoDb.failing = 'GetItem';
    await expect(table().version()).rejects.toThrow('No permission');
  });

  async function put(id: string, more: object): Promise<void> {
    const Item = marshall({ pk: `configuration#${id}#0`, ...more });
    await dynamoDb.client.send(new PutItemCommand({ TableName: 'Contacts', Item }));
  }
});

describe('a reader', () => {
  const reports: unknown[] = [];
  const reader = () => {
    reports.length = 0;
    return new PublishedConfigurationReader(table(), {
      policyLeftOut: ({ name }) => reports.push(name),
      callsStopped: (reason) => reports.push(reason),
    });
  };
  const versionReads = () => dynamoDb.requests.filter((request) => request === `GetItem ${VERSION}`).length;

  test('has policies, settings and decisions, and builds the policies of a set once', async () => {
    await published(1);
    const source = reader();
    const { policies, settings, decisions: decided } = await source.current();
    expect([policies.policies.map(({ name }) => name), settings.updateRate, decided]).toEqual([
      ['p-0'],
      7,
      decisions(1),
    ]);
    dynamoDb.now += 5_000;
    dynamoDb.requests.length = 0;
    expect((await source.current()).policies).toBe(policies);
    expect(dynamoDb.requests).toEqual([`GetItem ${VERSION}`]);
  });

  test.each([
    ['takes what the same code has worked out', undefined, ['of the compiler']],
    ['builds the policies itself where other code has compiled them', 'other code', []],
  ])('%s', async (_name, code, expected) => {
    const compiled = compiledWith('gold');
    const prepared = preparePolicies(compiled);
    const leftOut = [{ name: 'of the compiler', reason: 'It is an example.' }];
    const published = { ...compiled, prepared: { ...prepared, leftOut, code: code ?? prepared.code } };
    await table().publish(published, 0, decisions(1));
    const { policies } = await reader().current();
    expect(policies.policies.map(({ name }) => name)).toEqual(['gold']);
    expect(reports).toEqual(expected);
  });

  test('looks again after five seconds, and not before', async () => {
    await published(1);
    const source = reader();
    dynamoDb.requests.length = 0;
    for (const laterMs of [0, 4_999, 1]) {
      dynamoDb.now += laterMs;
      await source.settings();
    }
    expect(versionReads()).toBe(2);
  });

  test('says once that calls are stopped, and again once they were not', async () => {
    await published(1);
    const source = reader();
    const set = async (pause: object | undefined, revision: number) => {
      await table().publishState({ settings: SETTINGS, ...pause }, revision);
      dynamoDb.now += 5_000;
      return (await source.settings()).pause;
    };
    const pause = { pause: { version: 1, since: T0, value: '' } };
    expect([await set(pause, 1), await set(pause, 2), await set(undefined, 3), await set(pause, 4)]).toEqual([
      true,
      true,
      false,
      true,
    ]);
    expect(reports).toEqual(['paused', 'paused']);
  });

  test('knows what policies name of contacts without a set, and nothing before the first publication', async () => {
    expect(await reader().storedNames()).toBe(undefined);
    await published(1);
    dynamoDb.requests.length = 0;
    expect(await reader().storedNames()).toEqual(NAMES);
    expect(dynamoDb.requests).toEqual([`GetItem ${VERSION}`]);
  });

  test('that finds the set of its version gone looks which one is in force now', async () => {
    await published(1);
    const source = reader();
    await source.settings();
    const { id } = await setOf();
    await table().publish(compiledWith('next'), 1, decisions(2));
    dynamoDb.delete(`configuration#${id}#0`);
    expect((await source.current()).policies.policies.map(({ name }) => name)).toEqual(['next']);
  });

  test('looks again at once before the first publication, and after a failure', async () => {
    const source = reader();
    await expect(source.current()).rejects.toThrow(NoConfigurationError);
    dynamoDb.failing = 'GetItem';
    await expect(source.current()).rejects.toThrow('No permission');
    dynamoDb.failing = undefined;
    await published(1);
    expect((await source.current()).settings.updateRate).toBe(7);
  });

  test('reports a policy that it cannot build, once for a set', async () => {
    const compiled = compiledWith('a', 'b');
    const [a, b] = compiled.policies;
    if (!a || !b) throw new TypeError('Two policies are expected.');
    await table().publish({ ...compiled, policies: [a, { ...b, source: { odd: true } }] }, 0, decisions(1));
    const source = reader();
    await source.current();
    await source.current();
    expect(reports).toEqual(['b']);
  });
});
