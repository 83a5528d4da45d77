import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { DESCRIPTION } from '../../../cli/parameters/parameter-store.ts';
import { cli } from '../support/run-cli.ts';
import { policyOf, testPlace } from './fixture.ts';

const at = testPlace({ 'p/gold.yaml': policyOf(2) });
const { run, runWith } = at;
beforeEach(async () => {
  for (const name of ['gold', 'silver']) {
    await at.ssm.putAs(`${at.prefix}/policies/${name}`, policyOf(2), { Description: DESCRIPTION });
  }
  at.ssm.writes.length = 0;
});

const file = (path: string, text: string) => writeFileSync(join(at.files.path, path), text);
const deleted = (out: string) => out.match(/^Deleted .*$/gm);

describe('push --prune', () => {
  test('refuses one file, whose siblings it would delete', async () => {
    expect(await run('push', 'p/gold.yaml', '--prune', '--yes')).toEqual({
      code: 2,
      out: '',
      err: 'escalator: --prune takes a directory: p/gold.yaml is one file, and the policies of all others would be deleted.\n',
    });
    expect(at.ssm.writes).toEqual([]);
  });

  test.each([
    ['a text file', 'silver.yaml.txt', 'its name does not end in .yaml, .yml or .json'],
    ['a backup', 'silver.yaml~', 'its name does not end in .yaml, .yml or .json'],
    ['a disabled policy', 'silver.YML.off', 'its name does not end in .yaml, .yml or .json'],
    ['a hidden file', '.silver.yaml', 'its name begins with a dot'],
    ['a subdirectory', 'more/silver.yaml', 'it is a subdirectory'],
    ['a directory that is named as a policy', 'silver.yaml/x', 'it is a subdirectory'],
  ])('refuses %s: %s', async (_, path, reason) => {
    mkdirSync(join(at.files.path, 'p', path, '..'), { recursive: true });
    file(join('p', path), policyOf(2));
    const [entry] = path.split('/');
    const { code, err } = await run('push', 'p', '--prune', '--yes');
    expect({ code, writes: at.ssm.writes }).toEqual({ code: 2, writes: [] });
    expect(err).toContain(`p/${entry} is not read: ${reason}.\n`);
    expect(err).toContain(`--prune would delete the policies of files that are not read: p/${entry}.`);
    // Without --prune it only says so.
    const pushed = await run('push', 'p');
    expect(pushed.code).toBe(0);
    expect(pushed.err).toContain(`p/${entry} is not read: ${reason}.\n`);
  });

  test.each(['silver', 'silver.txt', 'Silver.yam', '_silver.off', 'silver (1)'])(
    'refuses %s, which may be the file of a policy that it would delete',
    async (name) => {
      file(join('p', name), policyOf(2));
      const { code, err } = await run('push', 'p', '--prune', '--yes');
      expect({ code, writes: at.ssm.writes }).toEqual({ code: 2, writes: [] });
      expect(err).toContain(`--prune would delete the policies of files that are not read: p/${name}.`);
    },
  );

  test('does not mind other files whose names begin likewise', async () => {
    for (const name of ['silverware.txt', 'silver-plan.md', 'gold.txt']) file(join('p', name), 'x');
    expect((await run('push', 'p', '--prune', '--yes')).code).toBe(0);
  });

  test('refuses a link to nothing', async () => {
    symlinkSync('nowhere.yaml', join(at.files.path, 'p/silver.yaml'));
    const { code, err } = await run('push', 'p', '--prune', '--yes');
    expect(code).toBe(2);
    expect(err).toContain('p/silver.yaml is not read: it is a link to nothing.\n');
  });

  test('reads extensions in capital letters', async () => {
    file('p/silver.YAML', policyOf(2));
    const { code, out } = await run('push', 'p', '--prune', '--yes');
    expect({ code, out }).toEqual({ code: 0, out: '' });
  });

  test('names other files, and does not mind them', async () => {
    file('p/README.md', 'Our policies.');
    const { code, out, err } = await run('push', 'p', '--prune', '--yes');
    expect({ code, deleted: deleted(out) }).toEqual({
      code: 0,
      deleted: [`Deleted ${at.prefix}/policies/silver.`],
    });
    expect(err).toContain('Not read: p/README.md.\n');
  });

  test('spares policies that another tool wrote', async () => {
    await at.ssm.putAs(`${at.prefix}/policies/terraform`, policyOf(2), {
      Description: 'Managed by Terraform.',
    });
    const { out, err } = await run('push', 'p', '--prune', '--yes');
    expect(deleted(out)).toEqual([`Deleted ${at.prefix}/policies/silver.`]);
    expect(err).toContain(
      `${at.prefix}/policies/terraform has no file in p; it is left unchanged (this command did not write it: pull its file, or delete it with aws ssm).\n`,
    );
  });

  test('spares parameters whose name no policy can have', async () => {
    await at.ssm.putAs(`${at.prefix}/policies/calendars/support`, 'x', { Description: DESCRIPTION });
    await at.ssm.putAs(`${at.prefix}/policies/Gold`, policyOf(2), { Description: DESCRIPTION });
    const { out } = await run('push', 'p', '--prune', '--yes');
    expect(deleted(out)).toEqual([`Deleted ${at.prefix}/policies/silver.`]);
  });

  test('spares policies that another person added since the last pull', async () => {
    await run('pull', 'p');
    rmSync(join(at.files.path, 'p/silver.yaml'));
    await at.ssm.putAs(`${at.prefix}/policies/new`, policyOf(2), { Description: DESCRIPTION });
    const { out, err } = await run('push', 'p', '--prune', '--yes');
    expect(deleted(out)).toEqual([`Deleted ${at.prefix}/policies/silver.`]);
    expect(err).toContain(
      `${at.prefix}/policies/new has no file in p; it is left unchanged (others added it since`,
    );
  });

  test('spares a policy that another person changed since the last pull', async () => {
    await run('pull', 'p');
    rmSync(join(at.files.path, 'p/silver.yaml'));
    await at.ssm.put(`${at.prefix}/policies/silver`, policyOf(1));
    const { out, err } = await run('push', 'p', '--prune', '--yes');
    expect(deleted(out)).toBeNull();
    expect(err).toContain('has no file in p any more, and was changed in SSM since the last push or pull');
  });

  test('spares a policy that another person changes while the command asks', async () => {
    const ask = async () => {
      await at.ssm.put(`${at.prefix}/policies/silver`, policyOf(1));
      return 'yes';
    };
    const { code, out, err } = await runWith({ ask }, 'push', 'p', '--prune');
    expect({ code, deleted: deleted(out) }).toEqual({ code: 1, deleted: null });
    expect(err).toContain(`${at.prefix}/policies/silver is not deleted: it was changed while the push ran.`);
  });

  test('never touches the pause, the deployment or the settings', async () => {
    await at.ssm.putAs(`${at.prefix}/pause`, 'x', { Description: DESCRIPTION });
    await at.ssm.putAs(`${at.prefix}/settings`, 'updateRate: 5\n', { Description: DESCRIPTION });
    const { out } = await run('push', 'p', '--prune', '--yes');
    expect(deleted(out)).toEqual([`Deleted ${at.prefix}/policies/silver.`]);
  });

  test.each([
    ['is empty', {}, 'p has no policy: expected files ending in'],
    ['has only settings', { 'p/settings.yaml': 'updateRate: 5\n' }, 'so --prune would delete all policies.'],
    [
      'has no file for any policy in SSM',
      { 'p/other.yaml': policyOf(1) },
      'No policy in SSM has a file in p',
    ],
  ])('refuses a directory that %s', async (_, contents, message) => {
    at.useFiles(contents);
    mkdirSync(join(at.files.path, 'p'), { recursive: true });
    const { code, err } = await run('push', 'p', '--prune', '--yes');
    expect({ code, writes: at.ssm.writes }).toEqual({ code: 2, writes: [] });
    expect(err).toContain(message);
  });
});

describe('the question', () => {
  test.each([
    ['yes', 0, [`Deleted /prune/policies/silver.`]],
    ['Y ', 0, [`Deleted /prune/policies/silver.`]],
    ['no', 1, null],
    ['', 1, null],
  ])('the answer %p', async (answer, expectedCode, expected) => {
    file('p/gold.yaml', policyOf(1));
    const questions: string[] = [];
    const ask = (question: string) => {
      questions.push(question);
      return answer;
    };
    const { code, out, err } = await runWith({ ask }, 'push', 'p', '--prune');
    expect({ code, questions }).toEqual({ code: expectedCode, questions: ['Delete them? Type yes or no: '] });
    expect(err).toContain(`--prune deletes 1 item:\n  ${at.prefix}/policies/silver\n`);
    expect(deleted(out.replaceAll(at.prefix, '/prune'))).toEqual(expected);
    expect(at.ssm.writes.length).toBe(expected ? 2 : 0);
  });

  test('without a terminal is answered by --yes alone', async () => {
    const { code, err } = await run('push', 'p', '--prune');
    expect({ code, writes: at.ssm.writes }).toEqual({ code: 2, writes: [] });
    expect(err).toMatch(/There is no terminal to ask in: pass --yes to delete them, or leave out --prune\./);
  });
});

describe('pull --prune', () => {
  test('deletes no file that this tool did not write', async () => {
    for (const name of ['package.json', 'docker-compose.yml', 'mine.yaml']) file(`p/${name}`, '{}');
    const { code, out, err } = await run('pull', 'p', '--prune', '--yes');
    expect({ code, deleted: deleted(out) }).toEqual({ code: 0, deleted: null });
    expect(err).toContain('p/package.json is not in SSM; it is left unchanged (push sends it).\n');
    const entries = ['.escalator.json', 'docker-compose.yml', 'gold.yaml', 'mine.yaml', 'package.json'];
    expect(readdirSync(join(at.files.path, 'p')).sort()).toEqual([...entries, 'silver.yaml']);
  });

  test('deletes no file that was changed here', async () => {
    await run('pull', 'p');
    await at.ssm.delete(`${at.prefix}/policies/silver`);
    file('p/silver.yaml', policyOf(1));
    const { out, err } = await run('pull', 'p', '--prune', '--yes');
    expect(deleted(out)).toBeNull();
    expect(err).toContain('p/silver.yaml was changed here, and deleted in SSM since the last push or pull');
  });

  test('asks, and deletes what SSM no longer has', async () => {
    await run('pull', 'p');
    await at.ssm.delete(`${at.prefix}/policies/silver`);
    expect((await run('pull', 'p', '--prune')).code).toBe(2);
    expect(existsSync(join(at.files.path, 'p/silver.yaml'))).toBe(true);
    const { out } = await runWith({ ask: () => 'yes' }, 'pull', 'p', '--prune');
    expect(deleted(out)).toEqual(['Deleted p/silver.yaml.']);
  });

  test('refuses to delete all files when SSM has no policy', async () => {
    await run('pull', 'p');
    await at.ssm.put(`${at.prefix}/settings`, 'updateRate: 5\n');
    for (const name of ['gold', 'silver']) await at.ssm.delete(`${at.prefix}/policies/${name}`);
    const { code, err } = await run('pull', 'p', '--prune', '--yes');
    expect(code).toBe(2);
    expect(err).toContain(
      'There is no policy in SSM, so --prune would delete all files. Nothing was written.',
    );
    expect(existsSync(join(at.files.path, 'p/gold.yaml'))).toBe(true);
  });
});

describe('two files for one name', () => {
  test.each(['push', 'plan', 'pull', 'diff', 'check'])('%s says so', async (command) => {
    file('p/gold.json', '{}');
    const args =
      command === 'check' ? ['check', 'p'] : [command, 'p', ...at.ssm.where, '--prefix', at.prefix];
    const { code, err, out } = await cli(args, { cwd: at.files.path });
    expect(code).toBeGreaterThan(0);
    expect(`${out}${err}`).toMatch(/p\/gold\.json( also has| and p\/gold\.yaml both have) the name "?gold/);
    expect(at.ssm.writes).toEqual([]);
  });
});

test.each(['push', 'pull', 'diff'])(
  '%s refuses an empty path, such as that of an unset variable',
  async (command) => {
    const { code, err } = await run(command, '');
    expect({ code, err }).toEqual({
      code: 2,
      err: 'escalator: The path is empty. Write . for the current directory.\n',
    });
  },
);

test('a StringList is named before anything is written', async () => {
  await at.ssm.delete(`${at.prefix}/policies/gold`);
  await at.ssm.putAs(`${at.prefix}/policies/gold`, 'a,b', { Type: 'StringList' });
  at.ssm.writes.length = 0;
  const { code, err } = await run('push', 'p');
  expect({ code, writes: at.ssm.writes }).toEqual({ code: 1, writes: [] });
  expect(err).toContain(`${at.prefix}/policies/gold is a StringList, and SSM does not change the type`);
});

test('a push of one file says nothing about the others, and a diff compares only its parameter', async () => {
  file('p/gold.yaml', policyOf(1));
  const shown = await run('diff', 'p/gold.yaml');
  expect(shown.err).toMatch(/1 parameter differs from p\/gold\.yaml\.\n$/);
  const { code, err } = await run('push', 'p/gold.yaml');
  expect(code).toBe(0);
  expect(err).not.toContain('silver');
  expect(existsSync(join(at.files.path, 'p/.escalator.json'))).toBe(false);
});
