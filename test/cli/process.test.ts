import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from '@jest/globals';
import { awsForCli } from './support/aws.ts';
import { directoryWith } from './support/run-cli.ts';

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

  test('a signal ends it, as a shell sees it', async () => {
    const child = start('test-pattern');
    // The first result shows that the command is running.
    child.stdin.write('{}\n');
    await once(child.stdout, 'data');
    child.kill('SIGTERM');
    const [code, signal] = await once(child, 'exit');
    // A checkout without Node.js 24 runs the command in another process, whose end the launcher reports.
    expect(signal === 'SIGTERM' ? 143 : code).toBe(143);
  });

  test('keeps its compiled code for the next time, in the folder for temporary files', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'escalator-'));
    try {
      const { NODE_COMPILE_CACHE: _cache, NODE_DISABLE_COMPILE_CACHE: _disable, ...others } = process.env;
      const env = { ...others, TMPDIR: directory };
      const child = spawn(process.execPath, [join(ROOT, 'bin/escalator.cjs'), '--version'], { env });
      expect(await once(child, 'exit')).toEqual([0, null]);
      expect(globSync('node-compile-cache/**', { cwd: directory }).length).toBeGreaterThan(10);
    } finally {
      rmSync(directory, { recursive: true });
    }
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

  test('a defect has its own exit code, and its stack trace', async () => {
    const sabotage = 'data:text/javascript,JSON.stringify=()=>{throw new TypeError("sabotage")}';
    const child = spawn(
      process.execPath,
      ['--import', sabotage, 'cli/main.ts', 'check', 'policies', '--json'],
      { cwd: ROOT },
    );
    const { code, err } = await finished(child);
    expect(code).toBe(70);
    expect(err).toMatch(/TypeError: sabotage\n +at /);
  });
});

describe('a command that changes something', () => {
  const names = ['a', 'b', 'c', 'd'];
  const policies = Object.fromEntries(
    names.map((name) => [`p/${name}.yaml`, 'mode: observe\nsteps: [{ after: 0s, set: { priority: 1 } }]\n']),
  );

  async function pushing({ onRequest }: { readonly onRequest?: (name: string) => void }) {
    const written: string[] = [];
    const aws = await awsForCli({
      onRequest: (name) => {
        if (name.endsWith('PutParameter')) written.push(name);
        onRequest?.(name);
      },
    });
    const files = directoryWith(policies);
    const child = spawn(
      process.execPath,
      [join(ROOT, 'bin/escalator.cjs'), 'push', join(files.path, 'p'), ...aws.where],
      // A group of its own, to which a terminal sends Ctrl-C.
      { detached: true, env: { ...process.env } },
    );
    const exited = once(child, 'exit');
    return {
      child,
      written,
      async exitCode() {
        const [code] = await exited;
        await aws.stop();
        files.remove();
        return code;
      },
    };
  }

  test('ends what it began although nobody reads what it prints', async () => {
    const { child, written, exitCode } = await pushing({});
    child.stdout.destroy();
    child.stderr.destroy();
    expect(await exitCode()).toBe(0);
    expect(written).toHaveLength(names.length);
  });

  test('Ctrl-C ends it after the write under way, with the exit code of an interruption', async () => {
    let interrupt = () => {};
    const { child, written, exitCode } = await pushing({
      onRequest: (name) => {
        if (name.endsWith('PutParameter')) interrupt();
      },
    });
    // The launcher passes on what the terminal sent to the command already.
    interrupt = () => process.kill(-(child.pid ?? 0), 'SIGINT');
    const err = text(child.stderr);
    expect(await exitCode()).toBe(130);
    expect(written).toHaveLength(1);
    expect(await err).toContain('Interrupted after 1 of 4.');
  });
});
