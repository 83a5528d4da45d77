import { DeleteParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { SsmConfiguration } from '../../lambda/aws/configuration.ts';
import { SsmSettings } from '../../lambda/aws/settings.ts';
import { DEFAULT_SETTINGS } from '../../lambda/domain/settings.ts';
import { createSsm } from '../../local/ssm/service.ts';
import { AWS_LOCATION, startTestEndpoint } from '../local/fixtures/aws.ts';

const STEPS = 'steps: [{ after: 0s, set: { priority: 1 } }]';
let endpoint: Awaited<ReturnType<typeof startTestEndpoint>>;
let client: SSMClient;
let reads = 0;
let prefix = '/p-0';
let count = 0;
let reported: string[];
const realNow = Date.now;
let elapsedMs = 0;

beforeAll(async () => {
  endpoint = await startTestEndpoint({ ssm: createSsm({ ...AWS_LOCATION, onChange: () => {} }) }, (name) => {
    if (/\.GetParameter(?:sByPath)?$/.test(name)) reads += 1;
  });
  client = new SSMClient({ ...endpoint.clientConfig, maxAttempts: 1 });
});

beforeEach(() => {
  count += 1;
  prefix = `/p-${count}`;
  reported = [];
  reads = 0;
  elapsedMs = 0;
  // Powertools reads the process's clock; only its own age matters here.
  Date.now = () => realNow() + elapsedMs;
});

afterEach(() => {
  Date.now = realNow;
});

afterAll(async () => {
  client.destroy();
  await endpoint.stop();
});

const put = (name: string, Value: string) =>
  client.send(new PutParameterCommand({ Name: `${prefix}/${name}`, Value, Type: 'String', Overwrite: true }));
const reportTo = () =>
  [
    (parameter: string, problems: readonly { code: string }[]) =>
      reported.push(`${parameter}: ${problems.map(({ code }) => code).join(', ')}`),
    (error: unknown) => reported.push(error instanceof Error ? error.name : String(error)),
  ] as const;
const configuration = (from = client) => new SsmConfiguration(from, prefix, ...reportTo());
const settings = (from = client) => new SsmSettings(from, prefix, ...reportTo());
/** A client whose SSM can be taken away. */
function fickleClient() {
  const fickle = new SSMClient({ ...endpoint.clientConfig, maxAttempts: 1 });
  const goAway = () => {
    fickle.config.endpoint = async () => ({ protocol: 'http:', hostname: '127.0.0.1', port: 9, path: '/' });
  };
  return { fickle, goAway };
}
const deafClient = () =>
  new SSMClient({ ...endpoint.clientConfig, endpoint: 'http://127.0.0.1:9', maxAttempts: 1 });
const names = async (source: SsmConfiguration) =>
  (await source.current()).policies.policies.map(({ name }) => name);

describe('policies and settings in SSM', () => {
  test('the deployment parameter below the same prefix is neither', async () => {
    await put('deployment', '{"contactsTable":"Contacts"}');
    const source = configuration();
    expect(await names(source)).toEqual([]);
    expect((await source.current()).settings).toEqual(DEFAULT_SETTINGS);
    expect(reported).toEqual([]);
  });

  test('without any, no policy governs and the settings are the defaults', async () => {
    const source = configuration();
    expect(await names(source)).toEqual([]);
    expect((await source.current()).settings).toEqual(DEFAULT_SETTINGS);
  });

  test('more policies than fit into a page are all read, together with the settings', async () => {
    for (let index = 0; index < 23; index++) await put(`policies/p-${String(index).padStart(2, '0')}`, STEPS);
    await put('settings', 'updateRate: 7');
    const source = configuration();
    expect((await names(source)).length).toBe(23);
    expect((await source.current()).settings.updateRate).toBe(7);
  });

  test('are cached for 20 seconds, then read again: a change takes effect, a deleted policy no longer governs', async () => {
    await put('policies/a', STEPS);
    await put('policies/b', STEPS);
    const source = configuration();
    expect(await names(source)).toEqual(['a', 'b']);
    await put('policies/a', `${STEPS}\nprecedence: 200`);
    await put('settings', 'pause: true');
    elapsedMs = 19_000;
    expect(await names(source)).toEqual(['a', 'b']);
    expect(reads).toBe(1);
    elapsedMs = 21_000;
    expect(await names(source)).toEqual(['b', 'a']);
    expect((await source.current()).settings.pause).toBe(true);
    await client.send(new DeleteParameterCommand({ Name: `${prefix}/policies/b` }));
    elapsedMs = 42_000;
    expect(await names(source)).toEqual(['a']);
    expect(reported).toEqual([]);
  });

  test('an invalid policy does not affect the others, and its last valid version stays in use', async () => {
    await put('policies/a', STEPS);
    await put('policies/broken', 'stepz: []');
    const source = configuration();
    expect(await names(source)).toEqual(['a']);
    expect(reported).toEqual([`${prefix}/policies/broken: missing, unknown-key`]);
    await put('policies/a', '{');
    elapsedMs = 21_000;
    expect(await names(source)).toEqual(['a']);
    expect(reported[1]).toBe(`${prefix}/policies/a: syntax`);
    elapsedMs = 42_000;
    expect(await names(source)).toEqual(['a']);
    expect(reported.length).toBe(2);
  });

  test('the last valid version of a policy is used by a process that never saw it, too', async () => {
    await put('policies/a', `${STEPS}\nprecedence: 7`);
    await put('policies/a', 'stepz: []');
    await put('policies/a', '{');
    await put('policies/never-valid', '{');
    const source = configuration();
    const { policies } = await source.current();
    expect(policies.policies.map(({ name, precedence }) => [name, precedence])).toEqual([['a', 7]]);
    expect(reported).toEqual([`${prefix}/policies/a: syntax`, `${prefix}/policies/never-valid: syntax`]);
  });

  test('invalid settings leave the last valid ones in use', async () => {
    await put('settings', 'updateRate: 7');
    const source = configuration();
    expect((await source.current()).settings.updateRate).toBe(7);
    await put('settings', 'updateRate: 0');
    elapsedMs = 21_000;
    expect((await source.current()).settings.updateRate).toBe(7);
    expect(reported).toEqual([`${prefix}/settings: out-of-range`]);
  });

  test('while SSM does not answer the last values stay in use; without any the read fails, to be tried again', async () => {
    await put('policies/a', STEPS);
    const { fickle, goAway } = fickleClient();
    const source = configuration(fickle);
    expect(await names(source)).toEqual(['a']);
    goAway();
    elapsedMs = 21_000;
    expect(await names(source)).toEqual(['a']);
    expect(reported).toEqual(['GetParameterError']);
    await expect(configuration(deafClient()).current()).rejects.toMatchObject({ name: 'GetParameterError' });
  });
});

describe('the settings alone', () => {
  test('are the defaults while there is no parameter, and its absence is cached, too', async () => {
    await put('policies/broken', '{');
    const source = settings();
    expect(await source.current()).toEqual(DEFAULT_SETTINGS);
    expect(await source.current()).toEqual(DEFAULT_SETTINGS);
    expect(reads).toBe(1);
    await put('settings', 'updateRate: 7');
    elapsedMs = 19_000;
    expect(await source.current()).toEqual(DEFAULT_SETTINGS);
    expect(reads).toBe(1);
    elapsedMs = 21_000;
    expect(await source.current()).toEqual({ ...DEFAULT_SETTINGS, updateRate: 7 });
    expect(reads).toBe(2);
    expect(reported).toEqual([]);
  });

  test('invalid ones leave the last valid ones in use and are reported once; deleted, they are the defaults again', async () => {
    await put('settings', 'updateRate: 7');
    const source = settings();
    await source.current();
    await put('settings', 'updateRate: 0');
    for (elapsedMs = 21_000; elapsedMs <= 42_000; elapsedMs += 21_000)
      expect((await source.current()).updateRate).toBe(7);
    expect(reported).toEqual([`${prefix}/settings: out-of-range`]);
    await client.send(new DeleteParameterCommand({ Name: `${prefix}/settings` }));
    expect(await source.current()).toEqual(DEFAULT_SETTINGS);
  });

  test('stay in use while SSM does not answer, which is reported once in 20 seconds; without any the read fails', async () => {
    await put('settings', 'pause: true');
    const { fickle, goAway } = fickleClient();
    const source = settings(fickle);
    await source.current();
    goAway();
    elapsedMs = 21_000;
    expect((await source.current()).pause).toBe(true);
    expect((await source.current()).pause).toBe(true);
    expect(reported).toEqual(['GetParameterError']);
    await expect(settings(deafClient()).current()).rejects.toMatchObject({ name: 'GetParameterError' });
  });
});
