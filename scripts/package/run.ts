import { spawnSync } from 'node:child_process';

interface RunOptions {
  readonly cwd: string;
  /** Variables in addition to those of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** The exit code that is expected. Default: 0. */
  readonly expectedCode?: number;
}

/** Variables that npm sets for a script of this project, and that would lead programs elsewhere back to it. */
const OF_THIS_PROJECT = /^(npm_config_(local_)?prefix|NODE_OPTIONS|NODE_ENV)$/;

/** A program did not end as expected. The message has its output. */
export class RunError extends Error {
  override readonly name = 'RunError';
}

/**
 * Runs a program.
 *
 * @returns what it printed.
 * @throws RunError when its exit code is not the expected one.
 */
export function run(program: string, args: readonly string[], options: RunOptions) {
  const inherited = Object.entries(process.env).filter(([name]) => !OF_THIS_PROJECT.test(name));
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd: options.cwd,
    encoding: 'utf8',
    env: { ...Object.fromEntries(inherited), ...options.env },
    maxBuffer: 2 ** 26,
  });
  if (error) throw new RunError(`${program} could not be started: ${error.message}`);
  if (status === (options.expectedCode ?? 0)) return { out: stdout, err: stderr };
  const command = [program, ...args].join(' ');
  throw new RunError(`${command}\nended with exit code ${status} in ${options.cwd}:\n${stdout}${stderr}`);
}
