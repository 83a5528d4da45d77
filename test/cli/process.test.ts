import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from '@jest/globals';

const ROOT = join(import.meta.dirname, '../..');

function start(...args: string[]) {
  return spawn(process.execPath, [join(ROOT, 'bin/escalator.cjs'), ...args], { cwd: ROOT });
}

async function finished(child: ReturnType<typeof start>, input = '') {
  child.stdin.end(input);
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { code, out, err };
}

describe('escalator as a process', () => {
  test('passes on its arguments, diagnostics and exit code', async () => {
    expect(await finished(start('check', 'policies/gold-callers.yaml', 'nowhere.yaml'))).toEqual({
      code: 2,
      out: '',
      err: 'escalator: nowhere.yaml does not exist.\n',
    });
  });

  test('passes on stdin, and all of its results', async () => {
    const line = '{"pattern":{"tags":{"tier":["gold"]}},"event":{"tags":{"tier":"gold"}}}\n';
    expect(await finished(start('test-pattern'), line.repeat(10_000))).toEqual({
      code: 0,
      out: '{"valid":true,"match":true}\n'.repeat(10_000),
      err: '',
    });
  });

  test('a signal ends it with the exit code of the signal', async () => {
    const child = start('test-pattern');
    // The first result shows that the command is running.
    child.stdin.write('{}\n');
    await once(child.stdout, 'data');
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([143, null]);
  });

  test('a reader that closes the pipe is not an error', async () => {
    const child = start('test-pattern');
    child.stdin.on('error', () => {});
    child.stdin.write('{}\n');
    await once(child.stdout, 'data');
    child.stdout.destroy();
    child.stdin.end('{}\n'.repeat(50_000));
    const [err, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });
});
