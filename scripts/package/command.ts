import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.ts';

/** The installed command does not work as it should. */
class CommandError extends Error {
  override readonly name = 'CommandError';
}

/**
 * Installs the command alone, as in a small container: no scripts run, and there are no development dependencies.
 *
 * @returns the folder of the package.
 */
export function installCommand(directory: string, tarball: string): string {
  mkdirSync(directory, { recursive: true });
  run('npm', ['install', '--global', '--ignore-scripts', '--prefix', directory, tarball], {
    cwd: directory,
    env: { NODE_ENV: 'production' },
  });
  const modules = join(directory, 'lib/node_modules');
  const installed = readdirSync(modules).filter((name) => !name.startsWith('.'));
  if (
    installed.join() !== 'connect-escalator' ||
    existsSync(join(modules, 'connect-escalator/node_modules'))
  ) {
    throw new CommandError(`The command brings other packages with it: ${installed.join(', ')}.`);
  }
  return join(modules, 'connect-escalator');
}

/**
 * Runs the command of a package: its version, a check and a simulation with its report.
 *
 * @returns milliseconds that `escalator --version` and `escalator check` took.
 */
export function tryCommand(folder: string, node: string, directory: string): readonly number[] {
  mkdirSync(directory, { recursive: true });
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const env = { NODE_ENV: 'production' };
  const escalator = (...args: string[]) => {
    const startedAt = performance.now();
    const { out, err } = run(node, [join(folder, 'bin/escalator.cjs'), ...args], { cwd: directory, env });
    return { out, err, milliseconds: performance.now() - startedAt };
  };
  const printed = escalator('--version');
  const checked = escalator('check', join(folder, 'policies'));
  escalator('completion', 'bash');
  const report = join(directory, 'report.html');
  const scenario = join(folder, 'scenarios/short-staffed.yaml');
  const policies = join(folder, 'policies');
  const simulated = escalator(
    'simulate',
    scenario,
    '--policies',
    policies,
    '--runs',
    '1',
    '--hours',
    '1',
    '--report',
    report,
  );
  if (printed.out !== `${version}\n`) throw new CommandError(`escalator --version prints ${printed.out}`);
  if (!/ in .*files\.\n$/.test(checked.err)) throw new CommandError(`escalator check prints ${checked.err}`);
  if (simulated.out === '' || statSync(report).size === 0)
    throw new CommandError('escalator simulate is silent.');
  return [printed.milliseconds, checked.milliseconds];
}

/** Checks that an unsupported version of Node.js gets one sentence. */
export function tryUnsupportedNode(folder: string, node: string): void {
  const args = [join(folder, 'bin/escalator.cjs'), '--version'];
  const { out, err } = run(node, args, { cwd: folder, expectedCode: 2 });
  if (out !== '' || !/^escalator: This is Node\.js \S+; install Node\.js [\d.]+ or later\.\n$/.test(err)) {
    throw new CommandError(`On an unsupported Node.js, escalator prints ${out}${err}`);
  }
}
