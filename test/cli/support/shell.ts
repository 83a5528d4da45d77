import { execFile, execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { run } from '../../../cli/run.ts';
import { createIo } from './run-cli.ts';

/**
 * The command `escalator` of {@link createShell}: passes its arguments and its input to the test process, and
 * prints the output that it gets back.
 */
const ESCALATOR = `#!/bin/sh
request=$(mktemp -d "$ESCALATOR_SHELL/request.XXXXXX")
mkfifo "$request/status"
printf '%s\\0' "$@" > "$request/args"
pwd > "$request/cwd"
cat > "$request/stdin"
echo "$request" > "$ESCALATOR_SHELL/requests"
read -r status < "$request/status"
. "$request/output"
exit "$status"
`;

/**
 * Creates a shell in which `escalator` runs in this process. This takes a hundredth of the time that a
 * process of its own takes.
 *
 * @param env - the environment of the commands.
 */
export function createShell(env: Readonly<Record<string, string>>) {
  const directory = mkdtempSync(join(tmpdir(), 'escalator-shell-'));
  const requests = join(directory, 'requests');
  execFileSync('mkfifo', [requests]);
  writeFileSync(join(directory, 'escalator'), ESCALATOR);
  chmodSync(join(directory, 'escalator'), 0o755);
  // A read of a FIFO in this process could not be cancelled. `<>` opens it for writing, too, so that it has
  // no end.
  const reader = spawn('sh', ['-c', 'exec cat <> "$1"', 'sh', requests]);
  createInterface({ input: reader.stdout }).on('line', (request) => void answer(request, env));
  return {
    /** The directory of the command, for PATH. */
    path: directory,
    /** The environment variables that the command needs. */
    env: { ESCALATOR_SHELL: directory },
    /** Runs a script. @returns stdout and stderr, interleaved as in a terminal. */
    run(script: string, cwd: string): Promise<string> {
      const variables = { ...env, ESCALATOR_SHELL: directory, PATH: `${directory}:${process.env.PATH}` };
      return new Promise((resolve) => {
        const args = ['-c', `exec 2>&1\n${script}`];
        const child = execFile('sh', args, { cwd, env: variables }, (_error, stdout) => resolve(stdout));
        child.stdin?.end();
      });
    },
    stop() {
      reader.kill();
      rmSync(directory, { recursive: true });
    },
  };
}

async function answer(request: string, env: Readonly<Record<string, string>>): Promise<void> {
  const read = (name: string) => readFileSync(join(request, name), 'utf8');
  let output = '';
  const io = createIo(
    { stdin: read('stdin'), cwd: read('cwd').trimEnd(), env, now: Date.now },
    (stream, text) => {
      output += `printf %s '${text.replaceAll("'", `'\\''`)}'${stream === 'err' ? ' >&2' : ''}\n`;
    },
  );
  let status: number;
  try {
    status = await run(read('args').split('\0').slice(0, -1), io);
  } catch (error) {
    io.err(`${error instanceof Error ? error.stack : error}\n`);
    status = 1;
  }
  writeFileSync(join(request, 'output'), output);
  await writeFile(join(request, 'status'), `${status}\n`);
}
