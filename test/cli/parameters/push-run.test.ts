import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { AwsError } from '../../../local/endpoint/aws-error.ts';
import { type CliInput, cli } from '../support/run-cli.ts';
import { policyOf, testPlace } from './fixture.ts';

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f'];
const at = testPlace(Object.fromEntries(NAMES.map((name) => [`p/${name}.yaml`, policyOf(2)])));
const push = (input: CliInput = {}, ...args: string[]) =>
  cli(['push', 'p', ...args, ...at.ssm.where, '--prefix', at.prefix], { cwd: at.files.path, ...input });
const written = (out: string) => (out.match(/^Wrote \S+/gm) ?? []).map((line) => line.split('/').at(-1)?.[0]);

describe('a push', () => {
  test('keeps to the rate of SSM: three writes at once, then three a second', async () => {
    const waits: number[] = [];
    const { out } = await push({ onSleep: (ms) => void waits.push(ms) });
    expect(written(out)).toEqual(NAMES);
    expect(waits).toEqual([350, 350, 350]);
  });

  // Each more often than the SDK tries by itself.
  test.each([
    ['ThrottlingException', 4],
    ['TooManyUpdates', 2],
  ])('waits and goes on after %s', async (code, times) => {
    let left = times;
    at.ssm.beforeRequest((operation) => {
      if (operation !== 'PutParameter' || left === 0) return undefined;
      left -= 1;
      return new AwsError(code, 'Rate exceeded');
    });
    const waits: number[] = [];
    const result = await push({ onSleep: (ms) => void waits.push(ms) });
    expect({ code: result.code, written: written(result.out) }).toEqual({ code: 0, written: NAMES });
    expect(waits).toContain(1_000);
  });

  test('that fails says how far it came, and goes on from there when it is run again', async () => {
    let writes = 0;
    at.ssm.beforeRequest((operation) => {
      if (operation === 'PutParameter') writes += 1;
      return writes > 2 ? new AwsError('AccessDeniedException', 'No.') : undefined;
    });
    const failed = await push();
    expect({ code: failed.code, written: written(failed.out) }).toEqual({ code: 3, written: ['a', 'b'] });
    expect(failed.err).toContain(
      `Stopped after 2 of 6. Not written or deleted: ${['c', 'd', 'e', 'f'].map((name) => `${at.prefix}/policies/${name}`).join(', ')}. Run the push again: it goes on from here.\n`,
    );
    at.ssm.beforeRequest(undefined);
    expect(written((await push()).out)).toEqual(['c', 'd', 'e', 'f']);
  });

  test('that is interrupted ends after the write under way', async () => {
    let interrupt = () => {};
    at.ssm.beforeRequest((operation) => {
      if (operation === 'PutParameter') interrupt();
      return undefined;
    });
    const onInterrupt = (listener: () => void) => {
      interrupt = listener;
    };
    const { code, out, err } = await push({ onInterrupt });
    expect({ code, written: written(out) }).toEqual({ code: 130, written: ['a'] });
    expect(err).toContain('Interrupted after 1 of 6. Not written or deleted: ');
  });

  test('writes the settings first, and new policies before changed ones', async () => {
    await push();
    writeFileSync(join(at.files.path, 'p/a.yaml'), policyOf(1));
    writeFileSync(join(at.files.path, 'p/new.yaml'), policyOf(2));
    writeFileSync(join(at.files.path, 'p/settings.yaml'), 'updateRate: 5\n');
    expect(written((await push()).out)).toEqual(['s', 'n', 'a']);
  });

  test('says its account, Region and prefix before it writes', async () => {
    const order: string[] = [];
    at.ssm.beforeRequest((operation) => {
      order.push(operation);
      return undefined;
    });
    const { err } = await push();
    expect(err.split('\n')[0]).toBe(`Target: ${at.prefix} in account 123456789012, Region eu-central-1.`);
    expect(order[0]).toBe('GetParametersByPath');
  });

  test('says that no deployment reads the parameters', async () => {
    await at.ssm.delete(`${at.prefix}/deployment`);
    expect((await push()).err).toContain(
      `No deployment reads these parameters: ${at.prefix}/deployment does not exist. Check --prefix, --region and the AWS profile, or deploy the stack.\n`,
    );
  });

  test('succeeds where no manifest can be written, and says so', async () => {
    chmodSync(join(at.files.path, 'p'), 0o555);
    const { code, err } = await push();
    chmodSync(join(at.files.path, 'p'), 0o755);
    expect(code).toBe(0);
    // Root may write anywhere.
    expect(process.getuid?.() === 0 || err.includes('Could not write p/.escalator.json')).toBe(true);
  });
});

describe('settings that end a pause: true', () => {
  const settings = (text: string) => writeFileSync(join(at.files.path, 'p/settings.yaml'), text);
  const stored = async () => (await at.ssm.get(`${at.prefix}/settings`)).text;

  test.each([
    ['is in force', ['pause: true\n']],
    ['was in force before settings that are not valid', ['pause: true\n', 'pause: true\nupdateRat: 10\n']],
    ['was meant by settings that were never valid', ['pause: on\n']],
  ])('are written only with --end-pause where it %s', async (_, versions) => {
    for (const text of versions) await at.ssm.put(`${at.prefix}/settings`, text);
    settings('updateRate: 10\n');
    const { code, out, err } = await push();
    expect({ code, written: written(out) }).toEqual({ code: 1, written: [] });
    expect(err).toContain('p/settings.yaml would end the pause: ');
    expect(await stored()).toBe(versions.at(-1));
    expect((await push({}, '--end-pause')).code).toBe(0);
    expect(await stored()).toBe('updateRate: 10\n');
  });

  test('may keep it, and may begin it', async () => {
    await at.ssm.put(`${at.prefix}/settings`, 'updateRate: 10\n');
    settings('pause: true\n');
    expect((await push()).code).toBe(0);
    settings('pause: true\nupdateRate: 5\n');
    expect((await push()).code).toBe(0);
    expect(await stored()).toBe('pause: true\nupdateRate: 5\n');
  });
});
