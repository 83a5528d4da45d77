import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { VERSION } from '../../../lambda/domain/version.ts';
import { AwsError } from '../../../local/endpoint/aws-error.ts';
import { type CliInput, cli, directoryWith } from '../support/run-cli.ts';
import { parametersForCli, policyOf } from './fixture.ts';

const DEPLOYMENT_OF_THIS_VERSION = JSON.stringify({ version: VERSION });

let ssm: Awaited<ReturnType<typeof parametersForCli>>;
let count = 0;
let prefix: string;

beforeAll(async () => {
  ssm = await parametersForCli();
});
afterAll(() => ssm.stop());
beforeEach(async () => {
  count += 1;
  prefix = `/pause-${count}`;
  await put('deployment', DEPLOYMENT_OF_THIS_VERSION);
});
afterEach(() => ssm.beforeRequest(undefined));

const NOW = Date.UTC(2026, 10, 23, 10);
const put = (name: string, text: string) => ssm.put(`${prefix}/${name}`, text);
const runWith = (input: CliInput, ...args: string[]) =>
  cli([...args, ...ssm.where, '--prefix', prefix], { now: NOW, env: { USER: 'ann' }, ...input });
const run = (...args: string[]) => runWith({}, ...args);
const pauseText = async () => (await ssm.get(`${prefix}/pause`)).text ?? '';
const missing = { name: 'ParameterNotFound' };

describe('escalator pause', () => {
  test('writes who, when and why, and says what happens now', async () => {
    expect(await run('pause', '--reason', 'wrong priorities')).toEqual({
      code: 0,
      out: `Target: ${prefix} in account 123456789012, Region eu-central-1.
Wrote ${prefix}/pause: calls are paused since 2026-11-23T10:00:00Z, by ann: wrong priorities.
The system continues to decide and record. It stops calling Connect within some ten seconds, or two minutes if the event of SSM is lost; contacts keep the routing that they have. escalator resume ends the pause.
`,
      err: '',
    });
    expect(JSON.parse(await pauseText())).toEqual({
      who: 'ann',
      at: '2026-11-23T10:00:00Z',
      reason: 'wrong priorities',
    });
  });

  test('keeps the first pause', async () => {
    await run('pause', '--reason', 'first');
    const { code, out } = await runWith(
      { now: NOW + 1_000, env: { USER: 'ben' } },
      'pause',
      '--reason',
      'second',
    );
    expect(code).toBe(0);
    expect(out).toContain('Calls were paused already since 2026-11-23T10:00:00Z, by ann: first. ');
    expect(JSON.parse(await pauseText())).toMatchObject({ reason: 'first' });
  });

  test.each(['x', '{"who":1}', ' '])('is in force already whatever the parameter holds: %p', async (text) => {
    await put('pause', text);
    const { code, out } = await run('pause', '--reason', 'r');
    expect(code).toBe(0);
    expect(out).toContain(
      `Calls were paused already by somebody who is not named in its text: ${JSON.stringify(text)}. `,
    );
    expect(await pauseText()).toBe(text);
  });

  test.each([
    ['braces {{x}}', 'braces {{x}}'],
    ['x'.repeat(9_000), 'x'.repeat(1_000)],
    [' "q"\n ', '"q"'],
  ])('accepts any reason: %#', async (reason, expected) => {
    expect((await run('pause', '--reason', reason)).code).toBe(0);
    expect(await pauseText()).not.toContain('{{');
    expect(JSON.parse(await pauseText())).toMatchObject({ reason: expected });
  });

  test('needs a reason', async () => {
    expect((await run('pause')).code).toBe(2);
    expect((await run('pause', '--reason', ' ')).err).toContain('--reason is empty: say why');
    await expect(pauseText()).rejects.toMatchObject(missing);
  });

  test('does not depend on the settings', async () => {
    await put('settings', 'pause: [\n');
    expect((await run('pause', '--reason', 'r')).code).toBe(0);
  });

  test('says if no deployment obeys', async () => {
    await ssm.delete(`${prefix}/deployment`);
    const { code, err } = await run('pause', '--reason', 'r');
    expect(code).toBe(1);
    expect(err).toContain(`No deployment reads these parameters: ${prefix}/deployment does not exist.`);
    expect(await pauseText()).toContain('"reason":"r"');
  });

  test('reads back what it wrote', async () => {
    ssm.beforeRequest(async (operation) => {
      if (operation === 'GetParameter') await ssm.delete(`${prefix}/pause`);
      return undefined;
    });
    const { code, err } = await run('pause', '--reason', 'r');
    expect(code).toBe(3);
    expect(err).toContain(`Calls are not paused: ${prefix}/pause was written, and does not exist now.`);
  });

  test('says that it wrote if it may not read', async () => {
    ssm.beforeRequest((operation) =>
      operation === 'GetParameter' ? new AwsError('AccessDeniedException', 'No.') : undefined,
    );
    const { code, err } = await run('pause', '--reason', 'r');
    expect(code).toBe(3);
    expect(err).toContain(
      `${prefix}/pause was written, so calls should stop, but this is not checked. Could not`,
    );
  });

  test('waits and goes on where SSM throttles', async () => {
    let left = 4;
    ssm.beforeRequest((operation) => {
      if (operation !== 'PutParameter' || left === 0) return undefined;
      left -= 1;
      return new AwsError('ThrottlingException', 'Rate exceeded');
    });
    expect((await run('pause', '--reason', 'r')).code).toBe(0);
  });
});

describe('escalator resume', () => {
  test.each(['Pause', 'PAUSE', 'pause/reason'])(
    'says that %s, which the system takes for it, stops calls',
    async (name) => {
      await put(name, 'x');
      const { code, out, err } = await run('resume');
      expect(code).toBe(1);
      expect(err).toContain(
        `Calls are paused by ${prefix}/${name}, which is nearly the name of the pause. To end it: ` +
          `aws ssm delete-parameter --name ${prefix}/${name}\n`,
      );
      expect(out).not.toContain('calls Connect again');
    },
  );

  test.each(['paused', 'Paused', 'pasue'])(
    'says that %s, which nothing reads, pauses nothing',
    async (name) => {
      await put(name, 'x');
      for (const command of ['resume', 'diff']) {
        const files = directoryWith({ 'p/gold.yaml': policyOf(2) });
        const args = command === 'diff' ? [command, 'p'] : [command];
        const { err } = await runWith({ cwd: files.path }, ...args);
        files.remove();
        expect(err).toContain(`${prefix}/${name} pauses nothing: nobody reads a parameter of that name. `);
        expect(err).toContain(`aws ssm delete-parameter --name ${prefix}/${name}\n`);
      }
    },
  );

  test('ends a pause that another tool wrote, and shows its text', async () => {
    await put('pause', 'by hand');
    const { code, out } = await run('resume');
    expect(code).toBe(0);
    expect(out).toContain(
      `Deleted ${prefix}/pause: calls were paused by somebody who is not named in its text: "by hand".\n`,
    );
  });

  test('ends a pause, and says whose it was', async () => {
    await run('pause', '--reason', 'wrong priorities');
    expect(await run('resume')).toEqual({
      code: 0,
      out: `Target: ${prefix} in account 123456789012, Region eu-central-1.
Deleted ${prefix}/pause: calls were paused since 2026-11-23T10:00:00Z, by ann: wrong priorities.
The system calls Connect again within some ten seconds, with what is due then.
`,
      err: '',
    });
    await expect(pauseText()).rejects.toMatchObject(missing);
  });

  test('without a pause says so', async () => {
    const { code, out } = await run('resume');
    expect(code).toBe(0);
    expect(out).toContain(`Calls were not paused by ${prefix}/pause: it does not exist.\n`);
    expect(out).toContain('Nothing stops the calls.\n');
  });

  test.each([
    ['have pause: true', ['pause: true\n'], 1, 'Calls remain stopped: '],
    [
      'had pause: true in their last valid version',
      ['pause: true\n', 'pasue: 1\n'],
      1,
      'version 1 stays in force, and has pause: true.',
    ],
    [
      'had no pause in their last valid version',
      ['updateRate: 5\n', 'pasue: 1\n'],
      0,
      'version 1 stays in force, without a pause.',
    ],
    ['were never valid', ['pasue: 1\n'], 1, 'no version is, so nothing is called.'],
  ])('says whether settings stop the calls that %s', async (_, versions, expected, message) => {
    for (const text of versions) await put('settings', text);
    await run('pause', '--reason', 'r');
    const { code, err } = await run('resume');
    expect(code).toBe(expected);
    expect(err).toContain(message);
    await expect(pauseText()).rejects.toMatchObject(missing);
  });

  test('checks that the pause is gone', async () => {
    await run('pause', '--reason', 'r');
    let isDeleted = false;
    ssm.beforeRequest(async (operation) => {
      if (isDeleted && operation === 'GetParameter') await put('pause', 'again');
      isDeleted ||= operation === 'DeleteParameter';
      return undefined;
    });
    const { code, err } = await run('resume');
    expect(code).toBe(3);
    expect(err).toContain(`Calls are still paused: ${prefix}/pause was deleted, and exists again.`);
  });
});

describe('other commands while calls are paused', () => {
  test('push and diff say so, and leave the pause', async () => {
    const files = directoryWith({ 'p/gold.yaml': policyOf(2) });
    await run('pause', '--reason', 'r');
    const line = 'Calls are paused since 2026-11-23T10:00:00Z, by ann: r (escalator resume ends it).\n';
    for (const command of ['push', 'diff']) {
      expect((await runWith({ cwd: files.path }, command, 'p')).err).toContain(line);
    }
    files.remove();
    expect(await pauseText()).toContain('"reason":"r"');
  });
});
