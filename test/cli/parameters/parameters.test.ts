import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { DESCRIPTION } from '../../../cli/parameters/parameter-store.ts';
import { cli } from '../support/run-cli.ts';
import { policyOf, testPlace } from './fixture.ts';

const at = testPlace(
  { 'policies/gold.yaml': policyOf(2), 'policies/settings.yaml': 'updateRate: 10\n' },
  { contactsTable: 'Contacts' },
);
const { run } = at;
/** Where a command says that its parameters are. */
let place: string;

beforeEach(async () => {
  place = `${at.prefix} in account 123456789012, Region eu-central-1.\n`;
  at.ssm.writes.length = 0;
});

const file = (name: string, text: string) => writeFileSync(join(at.files.path, 'policies', name), text);
const read = (name: string) => readFileSync(join(at.files.path, name), 'utf8');
const putOwn = (name: string, text: string) =>
  at.ssm.putAs(`${at.prefix}/${name}`, text, { Description: DESCRIPTION });
const put = (name: string, text: string) => at.ssm.put(`${at.prefix}/${name}`, text);
const parameter = (name: string) => at.ssm.get(`${at.prefix}/${name}`);

describe('escalator push', () => {
  test('writes the files that differ, and no others', async () => {
    expect((await run('push', 'policies')).code).toBe(0);
    expect(at.ssm.writes).toHaveLength(2);
    expect(await parameter('settings')).toEqual({ text: 'updateRate: 10\n', version: 1 });

    file('gold.yaml', policyOf(1));
    expect(await run('push', 'policies')).toEqual({
      code: 0,
      out: `--- ${at.prefix}/policies/gold
+++ policies/gold.yaml
@@ -1,4 +1,4 @@
 mode: observe
 steps:
   - after: 0s
-    set: { priority: 2 }
+    set: { priority: 1 }
Wrote ${at.prefix}/policies/gold, version 2.
`,
      err: `Target: ${place}`,
    });
    expect(at.ssm.writes).toHaveLength(3);
    expect(await parameter('policies/gold')).toEqual({ text: policyOf(1), version: 2 });

    const again = await run('push', 'policies');
    expect(again).toEqual({
      code: 0,
      out: '',
      err: `Target: ${place}SSM is up to date: nothing to write.\n`,
    });
  });

  test('writes nothing if any file has a problem', async () => {
    file('silver.yaml', policyOf(0));
    const { code, out, err } = await run('push', 'policies');
    expect({ code, out, writes: at.ssm.writes }).toEqual({ code: 1, out: '', writes: [] });
    expect(err).toBe(`policies/silver.yaml:4:22: error out-of-range: Found 0; expected at least 1.
 4 |     set: { priority: 0 }
   |                      ^
1 problem in 1 of 3 files. Nothing was written.
`);
  });

  test('--prune deletes policies that have no file, and never the settings', async () => {
    await putOwn('policies/old', policyOf(4));
    await put('settings', 'updateRate: 10\n');
    await put('elsewhere/other', 'not ours');
    at.useFiles({ 'policies/gold.yaml': policyOf(2) });
    const withoutPrune = await run('push', 'policies');
    expect(withoutPrune.err).toBe(
      `Target: ${place}${at.prefix}/policies/old:1:1: warning never-governs: It never governs: gold is evaluated first (precedence 100) and governs every contact. Give this policy a precedence below 100, or narrow the match of gold.\n` +
        `${at.prefix}/policies/old has no file in policies; it is left unchanged (--prune deletes it).\n` +
        `${at.prefix}/settings has no file in policies; it is left unchanged.\n`,
    );
    rmSync(join(at.files.path, 'policies/.escalator.json'));
    const pruned = await run('push', 'policies', '--prune', '--yes');
    expect(pruned).toEqual({
      code: 0,
      out: `--- ${at.prefix}/policies/old
+++ (nothing)
@@ -1,4 +0,0 @@
-mode: observe
-steps:
-  - after: 0s
-    set: { priority: 4 }
Deleted ${at.prefix}/policies/old.
`,
      err:
        `Target: ${place}${at.prefix}/settings has no file in policies; it is left unchanged.\n` +
        `--prune deletes 1 item:\n  ${at.prefix}/policies/old\n`,
    });
    await expect(parameter('policies/old')).rejects.toMatchObject({ name: 'ParameterNotFound' });
    expect((await parameter('elsewhere/other')).text).toBe('not ours');
  });

  test('warnings are about all policies that SSM has after the push', async () => {
    const escalating = (tier: string) =>
      `match: { tags: { tier: [${tier}] } }\nsteps: [{ after: 0s, set: { priority: 1 } }]\n`;
    file('gold.yaml', escalating('gold'));
    const alone = await run('push', 'policies', '--dry-run');
    expect(alone.err).toMatch(
      /^policies\/gold\.yaml:1:1: warning may-starve: Contacts that no policy governs/m,
    );
    await putOwn('policies/all', 'precedence: 1000\nsteps: [{ after: 5m, set: { priority: 1 } }]\n');
    await putOwn('policies/odd', `precedence: 900\n${escalating('odd').replace('tags', 'tag')}`);
    await putOwn('policies/broken', 'steps: []\n');
    const together = await run('push', 'policies', '--dry-run');
    expect(together.err).not.toContain('warning');
    await putOwn('policies/gold', policyOf(2));
    const pruned = await run('push', 'policies', '--dry-run', '--prune');
    expect(pruned.err).toMatch(/^policies\/gold\.yaml:1:1: warning may-starve: /m);
  });

  test.each(['push', 'plan'])(
    '%s repeats no warning about a file that does not change, and counts it',
    async (command) => {
      const escalating = (tier: string) =>
        `mode: observe\nmatch: { tags: { tier: [${tier}] } }\ntarget: 30s\n`;
      at.useFiles({ 'policies/gold.yaml': escalating('gold') });
      await run('push', 'policies');
      at.useFiles({ 'policies/gold.yaml': escalating('gold'), 'policies/silver.yaml': escalating('silver') });
      const args = command === 'push' ? ['--dry-run'] : [];
      const { err } = await run(command, 'policies', ...args);
      expect(err.match(/^\S+: warning/gm)).toEqual([expect.stringMatching(/^policies\/silver\.yaml/)]);
      expect(err).toContain('1 warning about files that do not change: see escalator check policies.\n');
    },
  );

  const BY =
    'mode: observe\nsteps:\n  - { after: 30s, set: { age: 1m } }\n  - { by: 60s, set: { age: 2m } }\n';

  test('policies are checked with the settings in SSM where no file has any', async () => {
    await put('settings', 'routingLag: 5s\n');
    at.useFiles({ 'policies/gold.yaml': BY });
    expect((await run('push', 'policies', '--dry-run')).code).toBe(0);
    await put('settings', 'routingLag: 60s\n');
    const { code, err } = await run('push', 'policies');
    expect(code).toBe(1);
    expect(err).toContain('policies/gold.yaml:4:5: error step-order');
  });

  test('settings that make a policy in SSM invalid are not written', async () => {
    await put('settings', 'routingLag: 5s\n');
    await put('policies/by', BY);
    at.ssm.writes.length = 0;
    file('settings.yaml', 'routingLag: 60s\n');
    const { code, out, err } = await run('push', 'policies');
    expect({ code, out, writes: at.ssm.writes }).toEqual({ code: 1, out: '', writes: [] });
    expect(err).toContain(`${at.prefix}/policies/by:4:5: error step-order`);
    expect(err).toContain('Nothing was written.');
  });

  test('--dry-run shows the changes and writes nothing', async () => {
    await putOwn('policies/old', policyOf(4));
    await put('policies/gold', policyOf(4));
    at.ssm.writes.length = 0;
    const { code, out, err } = await run('push', 'policies', '--prune', '--dry-run');
    expect({ code, writes: at.ssm.writes }).toEqual({ code: 0, writes: [] });
    expect(err).toMatch(/Dry run: 2 parameters to write, 1 to delete\.\n$/);
    expect(out).toContain(`+++ policies/settings.yaml\n@@ -0,0 +1 @@\n+updateRate: 10\n`);
  });

  test('a parameter of more than 4 KB becomes an advanced parameter, and remains one', async () => {
    file('gold.yaml', `${policyOf(2)}# ${'x'.repeat(4_100)}\n`);
    const { out } = await run('push', 'policies');
    expect(out).toContain(
      `Wrote ${at.prefix}/policies/gold, version 1, an advanced parameter, which AWS charges for.\n`,
    );
    file('gold.yaml', policyOf(2));
    expect((await run('push', 'policies')).out).toContain('gold, version 2, an advanced parameter');
  });

  test('a policy of more than 8 KB is rejected without a request to AWS', async () => {
    file('gold.yaml', `${policyOf(2)}# ${'x'.repeat(8_200)}\n`);
    const { code, err } = await run('push', 'policies');
    expect({ code, writes: at.ssm.writes }).toEqual({ code: 1, writes: [] });
    expect(err).toContain(
      'policies/gold.yaml:1:1: error too-large: This has 8263 bytes; expected at most 8192',
    );
  });

  test('the diff has colours in a terminal', async () => {
    const coloured = await cli(['push', 'policies', '--dry-run', ...at.ssm.where, '--prefix', at.prefix], {
      cwd: at.files.path,
      colours: true,
    });
    expect(coloured.out).toContain('\u001b[32m+    set: { priority: 2 }\u001b[39m\n');
  });

  test('reads more parameters than SSM returns in one page', async () => {
    for (let index = 0; index < 13; index++) await put(`policies/p-${index}`, policyOf(2));
    const sources = Array.from({ length: 13 }, (_, index) => [`policies/p-${index}.yaml`, policyOf(2)]);
    at.useFiles(Object.fromEntries(sources));
    expect((await run('diff', 'policies')).err).toBe(
      `Compared with ${place}policies and SSM are the same.\n`,
    );
  });
});

describe('escalator diff', () => {
  test('exits with 1 if there are differences', async () => {
    await run('push', 'policies');
    expect(await run('diff', 'policies')).toEqual({
      code: 0,
      out: '',
      err: `Compared with ${place}policies and SSM are the same.\n`,
    });
    file('settings.yaml', 'updateRate: 20\n');
    expect(await run('diff', 'policies')).toEqual({
      code: 1,
      out: `--- ${at.prefix}/settings\n+++ policies/settings.yaml\n@@ -1 +1 @@\n-updateRate: 10\n+updateRate: 20\n`,
      err: `Compared with ${place}1 parameter differs from policies.\n`,
    });
  });
});

describe('escalator pull', () => {
  test('writes parameters to files, with the extension of their format', async () => {
    await put('policies/gold', policyOf(1));
    await put('policies/json', '{"steps":[]}');
    await put('settings', 'pause: true\n');
    const { code, out, err } = await run('pull', 'new/files');
    expect({ code, err }).toEqual({ code: 0, err: `Source: ${place}` });
    expect(out.match(/^Wrote .*$/gm)).toEqual([
      'Wrote new/files/gold.yaml.',
      'Wrote new/files/json.json.',
      'Wrote new/files/settings.yaml.',
    ]);
    expect([
      read('new/files/gold.yaml'),
      read('new/files/json.json'),
      read('new/files/settings.yaml'),
    ]).toEqual([policyOf(1), '{"steps":[]}', 'pause: true\n']);
    expect((await run('diff', 'new/files')).code).toBe(0);
  });

  test('--prune deletes files that SSM no longer has', async () => {
    await run('push', 'policies');
    await at.ssm.delete(`${at.prefix}/settings`);
    await put('policies/gold', policyOf(1));
    const withoutPrune = await run('pull', 'policies');
    expect(withoutPrune.err).toBe(
      `Source: ${place}policies/settings.yaml is not in SSM any more; it is left unchanged (--prune deletes it).\n`,
    );
    expect(withoutPrune.out).toContain(`--- policies/gold.yaml\n+++ ${at.prefix}/policies/gold\n`);
    expect(read('policies/gold.yaml')).toBe(policyOf(1));
    const pruned = await run('pull', 'policies', '--prune', '--yes');
    expect(pruned.out).toMatch(/Deleted policies\/settings\.yaml\.\n$/);
    expect(existsSync(join(at.files.path, 'policies/settings.yaml'))).toBe(false);
  });

  test('--dry-run writes nothing', async () => {
    await put('policies/gold', policyOf(1));
    expect((await run('pull', 'policies', '--dry-run')).err).toContain(
      'Dry run: 1 file to write, 0 to delete.\n',
    );
    expect(read('policies/gold.yaml')).toBe(policyOf(2));
  });

  test('skips a parameter whose name is not valid for a policy', async () => {
    await put('policies/deep/er', policyOf(1));
    expect((await run('pull', 'policies')).err).toContain(
      `${at.prefix}/policies/deep/er is skipped: its name is not valid for a policy (lower-case letters, digits and hyphens, and not settings).\n`,
    );
  });
});

test.each(['connect-escalator', '/a/', '/a b', '/'])('the prefix %p is a usage error', async (wrong) => {
  expect(await cli(['diff', 'policies', '--prefix', wrong, ...at.ssm.where], { cwd: at.files.path })).toEqual(
    {
      code: 2,
      out: '',
      err: `escalator: --prefix is ${JSON.stringify(wrong)}: expected a path such as /connect-escalator.\n`,
    },
  );
});
