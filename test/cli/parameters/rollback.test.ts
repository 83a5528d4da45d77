import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { cli } from '../support/run-cli.ts';
import { parametersForCli, policyOf } from './fixture.ts';

let ssm: Awaited<ReturnType<typeof parametersForCli>>;
let count = 0;
let prefix: string;

beforeAll(async () => {
  ssm = await parametersForCli();
});
afterAll(() => ssm.stop());
beforeEach(() => {
  count += 1;
  prefix = `/p-${count}`;
});

const run = (...args: string[]) => cli([...args, ...ssm.where, '--prefix', prefix]);
const put = (name: string, text: string) => ssm.put(`${prefix}/${name}`, text);
const parameter = (name: string) => ssm.get(`${prefix}/${name}`);

describe('escalator rollback', () => {
  test('writes the last version with a different text, and a second rollback restores the first', async () => {
    for (const priority of [3, 2, 2]) await put('policies/gold', policyOf(priority));
    expect(await run('rollback', 'gold')).toEqual({
      code: 0,
      out: `--- ${prefix}/policies/gold:3
+++ ${prefix}/policies/gold:1
@@ -1,4 +1,4 @@
 mode: observe
 steps:
   - after: 0s
-    set: { priority: 2 }
+    set: { priority: 3 }
Wrote ${prefix}/policies/gold, version 4, with the text of version 1.
`,
      err: '',
    });
    expect((await run('rollback', 'gold')).out).toContain('version 5, with the text of version 3.\n');
    expect(await parameter('policies/gold')).toEqual({ text: policyOf(2), version: 5 });
  });

  test('settings that make a policy invalid are not written', async () => {
    await put('settings', 'routingLag: 60s\n');
    await put('settings', 'routingLag: 5s\n');
    const steps = 'steps:\n  - { after: 30s, set: { age: 1m } }\n  - { by: 60s, set: { age: 2m } }\n';
    await put('policies/by', steps);
    const { code, err } = await run('rollback', 'settings');
    expect(code).toBe(1);
    expect(err).toContain(`${prefix}/policies/by:3:5: error step-order`);
    expect(await parameter('settings')).toEqual({ text: 'routingLag: 5s\n', version: 2 });
  });

  test('--to selects any version in SSM', async () => {
    for (const priority of [4, 3, 2]) await put('policies/gold', policyOf(priority));
    expect((await run('rollback', 'gold', '--to', '1', '--dry-run')).err).toBe(
      'Dry run: 1 parameter to write.\n',
    );
    expect((await run('rollback', 'gold', '--to', '1')).out).toContain(
      'version 4, with the text of version 1.\n',
    );
    expect(await run('rollback', 'gold', '--to', '1')).toEqual({
      code: 0,
      out: '',
      err: 'Versions 4 and 1 have the same text: nothing to write.\n',
    });
    expect(await run('rollback', 'gold', '--to', '9')).toEqual({
      code: 2,
      out: '',
      err: `escalator: ${prefix}/policies/gold has no version 9; expected one of 1, 2, 3, 4.\n`,
    });
  });

  test('rejects a version that is not valid', async () => {
    await put('policies/gold', policyOf(0));
    await put('policies/gold', policyOf(2));
    const { code, out, err } = await run('rollback', 'gold');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(
      `${prefix}/policies/gold:1:4:22: error out-of-range: Found 0; expected at least 1.\n`,
    );
  });

  test('rolls back the settings, and ends a pause only with --end-pause', async () => {
    await put('settings', 'pause: false\n');
    await put('settings', 'pause: true\n');
    const { code, err } = await run('rollback', 'settings');
    expect({ code, err }).toEqual({
      code: 1,
      err: 'Version 1 would end the pause: version 2 has pause: true. Pass --end-pause so that calls start again. Nothing was written.\n',
    });
    expect((await parameter('settings')).text).toBe('pause: true\n');
    expect((await run('rollback', 'settings', '--end-pause')).code).toBe(0);
    expect((await parameter('settings')).text).toBe('pause: false\n');
  });

  test.each([
    ['Gold', ' Did you mean gold?'],
    ['gold.yaml', ' Did you mean gold?'],
    ['policies/gold', ' Did you mean gold?'],
    ['/p/policies/gold', ' Did you mean gold?'],
    ['policies\\gold.YAML', ' Did you mean gold?'],
    ['policies/settings.yaml', ' Did you mean settings?'],
    ['policies/calendars/office.yml', ' Did you mean calendars/office?'],
    ['g old', ''],
    ['', ''],
  ])('the name %p is a usage error', async (name, advice) => {
    const { code, err } = await run('rollback', name);
    expect(code).toBe(2);
    expect(err).toContain('is not the name of a policy: expected lower-case letters, digits and hyphens');
    expect(err.trimEnd()).toMatch(new RegExp(`no other path\\.${advice.replace('?', '\\?')}$`));
  });

  test('names a SecureString as the cause', async () => {
    await ssm.putAs(`${prefix}/policies/gold`, policyOf(1), { Type: 'SecureString' });
    // Also where there is no other version.
    expect((await run('rollback', 'gold')).err).toContain(`${prefix}/policies/gold is a SecureString`);
    await ssm.putAs(`${prefix}/policies/gold`, policyOf(2), { Type: 'SecureString' });
    const { code, err } = await run('rollback', 'gold');
    expect(code).toBe(2);
    expect(err).toContain(`${prefix}/policies/gold is a SecureString: its text is encrypted`);
  });

  test('without an earlier version, and without a parameter, is a usage error', async () => {
    await put('policies/gold', policyOf(2));
    expect(await run('rollback', 'gold')).toEqual({
      code: 2,
      out: '',
      err: `escalator: ${prefix}/policies/gold has no earlier version with a different text.\n`,
    });
    await ssm.delete(`${prefix}/policies/gold`);
    expect(await run('rollback', 'gold')).toEqual({
      code: 2,
      out: '',
      err: `escalator: ${prefix}/policies/gold does not exist. Check the name, --prefix and the Region.\n`,
    });
  });
});
