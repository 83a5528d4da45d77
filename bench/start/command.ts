import { spawnSync } from 'node:child_process';
import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { median } from '../median.ts';

const PROJECT = join(import.meta.dirname, '../..');

/** How long `escalator check` of one policy takes, from the start of its process to its end. */
export interface CommandResult {
  readonly from: 'checkout' | 'package';
  /** Medians in milliseconds. */
  readonly checkMs: number;
  /** Of the same Node.js, which does nothing. */
  readonly floorMs: number;
}

/**
 * Measures `escalator check` in the checkout, and in the package if it was built. All take turns.
 *
 * @param directory - where the built package is copied, without sources beside it.
 */
export function measureCommand(directory: string, rounds: number): CommandResult[] {
  const launcher = join('bin', 'escalator.cjs');
  const commands = [{ from: 'checkout' as const, file: join(PROJECT, launcher) }, ...builtPackage(directory)];
  const policy = join(PROJECT, 'policies/gold-callers.yaml');
  const floor: number[] = [];
  const subjects = commands.map((command) => ({ ...command, times: [] as number[] }));
  // The first run of each fills the caches of compiled code.
  for (const { file } of subjects) elapsed([file, 'check', policy]);
  for (let round = 0; round < rounds; round += 1) {
    floor.push(elapsed(['-e', '0']));
    for (const { file, times } of subjects) times.push(elapsed([file, 'check', policy]));
  }
  return subjects.map(({ from, times }) => ({ from, checkMs: median(times), floorMs: median(floor) }));

  function builtPackage(to: string): { from: 'package'; file: string }[] {
    if (!existsSync(join(PROJECT, 'dist/cli/main.js'))) return [];
    for (const part of ['dist/cli', launcher, 'package.json']) {
      cpSync(join(PROJECT, part), join(to, part), { recursive: true });
    }
    return [{ from: 'package', file: join(to, launcher) }];
  }
}

function elapsed(args: readonly string[]): number {
  const startedAt = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}:\n${stderr}`);
  return performance.now() - startedAt;
}
