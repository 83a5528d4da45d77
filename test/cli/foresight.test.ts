import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { awsForCli } from './support/aws.ts';
import { examplesOf, withOutput } from './support/page-examples.ts';
import { directoryWith } from './support/run-cli.ts';

// A busy machine takes ten times as long as an idle one.
jest.setTimeout(900_000);

const ROOT = join(import.meta.dirname, '../..');
const FILE = join(ROOT, 'docs/foresight.md');
let page = readFileSync(FILE, 'utf8');
const EXAMPLES = examplesOf(page);

let aws: Awaited<ReturnType<typeof awsForCli>>;
let files: ReturnType<typeof directoryWith>;

beforeAll(async () => {
  aws = await awsForCli();
  await aws.deploy();
  files = directoryWith({
    'bin/escalator': `#!/bin/sh\nexec '${process.execPath}' '${join(ROOT, 'bin/escalator.cjs')}' "$@"\n`,
  });
  chmodSync(join(files.path, 'bin/escalator'), 0o755);
  cpSync(join(ROOT, 'scenarios'), join(files.path, 'scenarios'), { recursive: true });
});
afterAll(async () => {
  if (process.env.UPDATE_DOCS) writeFileSync(FILE, page);
  files.remove();
  await aws.stop();
});

/**
 * Runs a command in a process of its own: in this one, where modules are those of Jest, a calibration takes minutes.
 *
 * @returns stdout and stderr, interleaved as in a terminal.
 */
function shell(command: string): Promise<string> {
  const path = `${join(files.path, 'bin')}:${process.env.PATH}`;
  const env = { ...aws.environment, USER: 'ann', PATH: path, TZ: 'UTC' };
  return new Promise((resolve) => {
    const args = ['-c', `exec 2>&1\n${command}`];
    const child = execFile('sh', args, { cwd: files.path, env }, (_error, stdout) => resolve(stdout));
    child.stdin?.end();
  });
}

describe('docs/foresight.md', () => {
  test('leads from a recording to a pushed policy', () => {
    const steps = ['calibrate', 'backtest', 'recommend', 'check', 'push'];
    const shown = EXAMPLES.map(({ command }) => /^escalator (\S+)/.exec(command)?.[1]);
    expect(shown.filter((name) => name !== undefined && steps.includes(name))).toStrictEqual([
      ...steps,
      'push',
    ]);
  });

  test('records a simulated centre', () => {
    const [, scenario = '', name = ''] = /^npm run recording -- (\S+) (\S+)$/m.exec(page) ?? [];
    const script = join(ROOT, 'scripts/recording.ts');
    execFileSync(process.execPath, ['--no-warnings', script, scenario, name], { cwd: files.path });
    expect(existsSync(join(files.path, name))).toBe(true);
  });

  // In the order of the page, because each needs those before it.
  test.each(EXAMPLES)('$command', async ({ command, output }) => {
    const actual = await shell(command);
    // `UPDATE_DOCS=1 npm test -- test/cli/foresight` writes the actual output to the page.
    if (process.env.UPDATE_DOCS) page = withOutput(page, { command, output }, actual);
    else expect(actual).toBe(output);
  });

  test('ends with policies that are enforced', () => {
    const policy = readFileSync(join(files.path, 'chosen/gold-callers.yaml'), 'utf8');
    expect(policy).toMatch(/^mode: enforce$/m);
  });
});
