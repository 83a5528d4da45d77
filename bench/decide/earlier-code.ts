import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MatchSource } from './dataset.ts';
import type { Decide } from './deciders.ts';

/** The commit with whose decider the present one is compared. */
export const EARLIER_COMMIT = '06f6cb6';

/** A decider of the code of an earlier commit. */
export type EarlierDecider = (sources: readonly MatchSource[]) => Decide;

interface EarlierModule {
  policiesOf(sources: readonly MatchSource[]): unknown;
  indexed(policies: unknown): Decide;
}

/**
 * The decider of {@link EARLIER_COMMIT}, from the history of this repository. Undefined where the clone does not have
 * that commit.
 */
export async function loadEarlierDecider(): Promise<EarlierDecider | undefined> {
  const root = join(import.meta.dirname, '../..');
  const directory = mkdtempSync(join(tmpdir(), 'bench-decide-'));
  try {
    let archive: Buffer;
    try {
      archive = execFileSync('git', ['archive', EARLIER_COMMIT, 'lambda', 'bench', 'package.json'], {
        cwd: root,
        maxBuffer: 2 ** 30,
        stdio: ['ignore', 'pipe', 'ignore'],
      });
    } catch {
      return undefined;
    }
    execFileSync('tar', ['-x', '-C', directory], { input: archive });
    symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'));
    const { policiesOf, indexed } = (await import(join(directory, 'bench/decide-own.ts'))) as EarlierModule;
    return (sources) => indexed(policiesOf(sources));
  } finally {
    rmSync(directory, { recursive: true });
  }
}
