import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { cli } from '../support/run-cli.ts';
import { policyOf, testPlace } from './fixture.ts';

const at = testPlace({});
const { run, runWith } = at;
beforeEach(async () => {
  await put('gold', policyOf(2));
  await put('silver', policyOf(3));
  await run('pull', 'ann');
  await run('pull', 'ben');
});

const put = (name: string, text: string) => at.ssm.put(`${at.prefix}/policies/${name}`, text);
const textOf = async (name: string) => (await at.ssm.get(`${at.prefix}/policies/${name}`)).text;
const edit = (path: string, priority: number) => writeFileSync(join(at.files.path, path), policyOf(priority));
const read = (path: string) => readFileSync(join(at.files.path, path), 'utf8');

describe('a push', () => {
  test('reverts nothing that another person pushed since the pull', async () => {
    edit('ben/gold.yaml', 1);
    expect((await run('push', 'ben')).code).toBe(0);
    edit('ann/silver.yaml', 4);
    const { code, out, err } = await run('push', 'ann');
    expect({ code, written: out.match(/^Wrote .*$/gm) }).toEqual({
      code: 0,
      written: [`Wrote ${at.prefix}/policies/silver, version 2.`],
    });
    expect(err).toContain(
      `${at.prefix}/policies/gold was changed in SSM since the last push or pull, and ann/gold.yaml was not; it is left unchanged (escalator pull ann updates the file).\n`,
    );
    expect([await textOf('gold'), await textOf('silver')]).toEqual([policyOf(1), policyOf(4)]);
    // The push of silver must not make the old text of gold look new.
    await run('push', 'ann');
    expect(await textOf('gold')).toBe(policyOf(1));
  });

  test('of a policy that both changed is a conflict that names the other person, and writes nothing', async () => {
    edit('ben/gold.yaml', 1);
    await run('push', 'ben');
    edit('ann/gold.yaml', 5);
    edit('ann/silver.yaml', 4);
    const { code, out, err } = await run('push', 'ann');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(
      /\/policies\/gold is in conflict: it was changed both here and in SSM since the last push or pull; in SSM, it is version 2, which arn:aws:iam::123456789012:root wrote at 20[\d:T.-]+Z\.\n/,
    );
    expect(err).toContain(
      'To take what SSM has, delete the file and pull; to replace it, push the file alone',
    );
    expect(await textOf('silver')).toBe(policyOf(3));

    expect((await run('push', 'ann/gold.yaml', '--force')).code).toBe(0);
    expect([await textOf('gold'), await textOf('silver')]).toEqual([policyOf(5), policyOf(3)]);
    expect((await run('push', 'ann')).code).toBe(0);
    expect(await textOf('silver')).toBe(policyOf(4));
  });

  test('goes on after a conflict once the file is deleted and pulled', async () => {
    edit('ben/gold.yaml', 1);
    await run('push', 'ben');
    edit('ann/gold.yaml', 5);
    rmSync(join(at.files.path, 'ann/gold.yaml'));
    expect((await run('pull', 'ann')).code).toBe(0);
    edit('ann/gold.yaml', 5);
    expect((await run('push', 'ann')).code).toBe(0);
    expect(await textOf('gold')).toBe(policyOf(5));
  });

  test('does not write a policy again that another person deleted', async () => {
    await at.ssm.delete(`${at.prefix}/policies/gold`);
    const { code, err } = await run('push', 'ann');
    expect(code).toBe(0);
    expect(err).toContain(
      `${at.prefix}/policies/gold was deleted in SSM since the last push or pull, and ann/gold`,
    );
    await expect(textOf('gold')).rejects.toMatchObject({ name: 'ParameterNotFound' });
    edit('ann/gold.yaml', 1);
    const conflict = await run('push', 'ann');
    expect(conflict.code).toBe(1);
    expect(conflict.err).toContain('in SSM, it was deleted there.\n');
  });

  test('of a new policy whose name another person took is a conflict', async () => {
    await put('new', policyOf(1));
    edit('ann/new.yaml', 2);
    const { code, err } = await run('push', 'ann');
    expect(code).toBe(1);
    expect(err).toContain(`${at.prefix}/policies/new is in conflict`);
    expect(await textOf('new')).toBe(policyOf(1));
  });

  test('says what it replaced if another person wrote while it ran', async () => {
    edit('ann/gold.yaml', 1);
    const others = Array.from({ length: 3 }, (_, index) => `a-${index}`);
    for (const name of others) edit(`ann/${name}.yaml`, 2);
    // The fourth write waits, and then comes too late.
    const onSleep = () => put('gold', policyOf(4));
    const { code, err } = await runWith({ onSleep }, 'push', 'ann');
    expect(code).toBe(1);
    expect(err).toMatch(
      /\/policies\/gold: the push replaced version 2, which arn:aws:iam::123456789012:root wrote at .*, while the push ran\. To get it back: escalator rollback gold --to 2\n/,
    );
  });

  test('does not replace a policy that another person created while it ran', async () => {
    for (const name of ['a', 'b', 'c', 'd']) edit(`ann/${name}.yaml`, 2);
    const { code, err } = await runWith({ onSleep: () => put('d', policyOf(4)) }, 'push', 'ann');
    expect(code).toBe(1);
    expect(err).toContain(`${at.prefix}/policies/d is not written: it did not exist when the push began`);
    expect(await textOf('d')).toBe(policyOf(4));
  });

  test('without a manifest makes the directory the truth, and says so', async () => {
    await put('gold', policyOf(1));
    rmSync(join(at.files.path, 'ann/.escalator.json'));
    const { code, err } = await run('push', 'ann');
    expect(code).toBe(0);
    expect(err).toContain(
      'This is the first push from ann to these parameters: its files replace what SSM has.\n',
    );
    expect(await textOf('gold')).toBe(policyOf(2));
  });

  test('to other parameters is not bound by the manifest of these', async () => {
    edit('ann/gold.yaml', 1);
    const elsewhere = `${at.prefix}-elsewhere`;
    await at.ssm.put(`${elsewhere}/policies/gold`, policyOf(4));
    const { code } = await cli(['push', 'ann', ...at.ssm.where, '--prefix', elsewhere], {
      cwd: at.files.path,
    });
    expect(code).toBe(0);
    expect((await at.ssm.get(`${elsewhere}/policies/gold`)).text).toBe(policyOf(1));
    // Both are known from now on.
    await put('gold', policyOf(3));
    expect((await run('push', 'ann')).code).toBe(1);
  });

  test('ends of lines that version control changed are no change', async () => {
    writeFileSync(join(at.files.path, 'ann/gold.yaml'), policyOf(2).replaceAll('\n', '\r\n'));
    const { err } = await run('push', 'ann');
    expect(err).toContain('SSM is up to date: nothing to write.\n');
  });

  test('of a policy that was deleted on both sides, and is written anew, is no conflict', async () => {
    rmSync(join(at.files.path, 'ann/gold.yaml'));
    await at.ssm.delete(`${at.prefix}/policies/gold`);
    expect((await run('push', 'ann')).code).toBe(0);
    edit('ann/gold.yaml', 1);
    expect((await run('push', 'ann')).code).toBe(0);
    expect(await textOf('gold')).toBe(policyOf(1));
  });

  test('fills a deployment that was made anew', async () => {
    for (const name of ['gold', 'silver']) await at.ssm.delete(`${at.prefix}/policies/${name}`);
    const { code, out } = await run('push', 'ann');
    expect({ code, count: out.match(/^Wrote /gm)?.length }).toEqual({ code: 0, count: 2 });
  });

  test('replaces its manifest as a whole, so that a crash leaves no part of one', async () => {
    linkSync(join(at.files.path, 'ann/.escalator.json'), join(at.files.path, 'before.json'));
    const before = read('before.json');
    edit('ann/gold.yaml', 1);
    await run('push', 'ann');
    expect(read('before.json')).toBe(before);
    expect(read('ann/.escalator.json')).not.toBe(before);
  });

  test('stops at a manifest that is not valid', async () => {
    writeFileSync(join(at.files.path, 'ann/.escalator.json'), '<<<<<<< HEAD\n');
    const { code, err } = await run('push', 'ann');
    expect(code).toBe(2);
    expect(err).toContain('ann/.escalator.json is not valid, so nobody knows what others changed in SSM.');
  });
});

describe('a pull', () => {
  test('keeps what was changed here, and takes what was changed there', async () => {
    edit('ann/gold.yaml', 1);
    await put('silver', policyOf(4));
    const { code, err } = await run('pull', 'ann');
    expect(code).toBe(0);
    expect(err).toContain('ann/gold.yaml was changed here since the last push or pull; it is left unchanged');
    expect([read('ann/gold.yaml'), read('ann/silver.yaml')]).toEqual([policyOf(1), policyOf(4)]);
  });

  test('of a policy that both changed is a conflict, and takes the others', async () => {
    edit('ann/gold.yaml', 1);
    await put('gold', policyOf(5));
    await put('silver', policyOf(4));
    const { code, err } = await run('pull', 'ann');
    expect(code).toBe(1);
    expect(err).toContain(
      `ann/gold.yaml is in conflict: it was changed both here and in SSM (${at.prefix}/policies/gold`,
    );
    expect([read('ann/gold.yaml'), read('ann/silver.yaml')]).toEqual([policyOf(1), policyOf(4)]);
    expect((await run('pull', 'ann', '--force')).code).toBe(0);
    expect(read('ann/gold.yaml')).toBe(policyOf(5));
  });

  test('from a prefix without parameters is a usage error that names the place', async () => {
    const { code, err } = await cli(['pull', 'ann', ...at.ssm.where, '--prefix', '/typo'], {
      cwd: at.files.path,
    });
    expect(code).toBe(2);
    expect(err).toContain('Source: /typo in ');
    expect(err).toContain('There is no policy and there are no settings. Check --prefix');
  });

  test('--dry-run creates no directory', async () => {
    expect((await run('pull', 'new', '--dry-run')).code).toBe(0);
    expect(existsSync(join(at.files.path, 'new'))).toBe(false);
  });

  test('keeps a policy called settings away from the file of the settings', async () => {
    await at.ssm.put(`${at.prefix}/settings`, 'updateRate: 5\n');
    await put('settings', policyOf(1));
    const { err } = await run('pull', 'ann');
    expect(err).toContain(`${at.prefix}/policies/settings is skipped: its name is not valid for a policy`);
    expect(read('ann/settings.yaml')).toBe('updateRate: 5\n');
  });
});

describe('a rollback', () => {
  test('says what it replaced if another person wrote while it ran', async () => {
    await put('gold', policyOf(1));
    at.ssm.beforeRequest(async (operation) => {
      if (operation === 'PutParameter') await put('gold', policyOf(4));
      return undefined;
    });
    const { code, err } = await run('rollback', 'gold');
    expect(code).toBe(1);
    expect(err).toContain('while the rollback ran. To get it back: escalator rollback gold --to 3\n');
  });
});
