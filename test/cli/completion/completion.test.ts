import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { cli, directoryWith } from '../support/run-cli.ts';

type Shell = 'bash' | 'zsh' | 'fish';

const SHELLS: readonly Shell[] = ['bash', 'zsh', 'fish'];

let files: ReturnType<typeof directoryWith>;

beforeAll(async () => {
  files = directoryWith({ 'my policies/gold.yaml': '', 'scenario.yaml': '' });
  for (const shell of SHELLS) {
    writeFileSync(join(files.path, `escalator.${shell}`), (await cli(['completion', shell])).out);
  }
});
afterAll(() => files.remove());

const isInstalled = (shell: Shell) =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, shell)));

function complete(shell: Shell, ...words: string[]): string[] {
  const script = join(import.meta.dirname, `complete.${shell}`);
  const { stdout, stderr } = spawnSync(shell, [script, 'escalator', ...words], {
    cwd: files.path,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: files.path },
  });
  expect(stderr).toBe('');
  const typed = words.at(-1) ?? '';
  const lines = stdout.split('\n').filter((line) => line !== '' && line.startsWith(typed));
  return lines.filter((line) => !line.startsWith('escalator.')).sort();
}

/** Without the shell the tests are skipped, except in CI, where they fail. */
describe.each(SHELLS)('the completion of %s', (shell) => {
  const run = isInstalled(shell) || process.env.CI ? test : test.skip;

  run('completes commands, and the commands of a command', () => {
    expect(complete(shell, 'si')).toEqual(['simulate']);
    expect(complete(shell, 'send', '')).toEqual(['override', 'reevaluate', 'release', 'signal']);
  });

  run('completes the options of the command, wherever they stand', () => {
    expect(complete(shell, 'check', '--')).toEqual([
      '--against-connect',
      '--arrivals',
      '--endpoint-url',
      '--help',
      '--instance-id',
      '--json',
      '--prefix',
      '--region',
      '--strict',
    ]);
    expect(complete(shell, 'send', 'signal', 'vip', '--t')).toEqual(['--ttl']);
    expect(complete(shell, 'send', 'override', '--priority', '1', '--ac')).toEqual(['--actor']);
    expect(complete(shell, '--v')).toEqual(['--version']);
  });

  run('completes the choices of an argument', () => {
    expect(complete(shell, 'redrive', 'ContactEventsDlq', 'R')).toEqual(['RuleMessagesDlq']);
    expect(complete(shell, 'completion', '')).toEqual(expect.arrayContaining(['bash', 'fish', 'zsh']));
  });

  run('completes files where the command takes files, and nothing else', () => {
    const directory = shell === 'fish' ? 'my policies/' : 'my policies';
    expect(complete(shell, 'simulate', 'scen')).toEqual(['scenario.yaml']);
    expect(complete(shell, 'simulate', 'scenario.yaml', '--policies', 'my')).toEqual([directory]);
    expect(complete(shell, 'explain', '--contact-file', 's')).toEqual(['scenario.yaml']);
    expect(complete(shell, 'push', 'd', '--prefix', 's')).toEqual([]);
    expect(complete(shell, 'rollback', 's')).toEqual([]);
  });
});
