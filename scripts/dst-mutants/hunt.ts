import { execFile } from 'node:child_process';
import type { CodeCopy } from './code-copy.ts';
import type { Mutant } from './mutants.ts';

/** The number of seeds within which DST must find a mutant. */
export const SEEDS = 3_000;

/** The number of seeds within which DST must find a mutant of some worlds: of these, a quarter or less is run. */
export const WORLD_SEEDS = 4 * SEEDS;

/** The number of seeds through the adapters within which DST must find a mutant in them. */
export const ADAPTERS_SEEDS = 150;

/** What a campaign of deterministic simulation testing (DST) makes of a mutant. */
export type Outcome =
  | { readonly kind: 'found'; readonly seed: number; readonly invariant: number }
  /** With the error for which the campaign ended before its time; empty: it ran to its end. */
  | { readonly kind: 'missed'; readonly error: string };

/** What a campaign writes to standard error as it goes. */
const PROGRESS = /^\d+ of \d+ seeds\n/gm;

/** The arguments of the campaign that must find a mutant. It uses one core, and ends with the first violation. */
export function campaignFor({ isInAdapters, dimension }: Mutant): string[] {
  const seeds = dimension ? WORLD_SEEDS : SEEDS;
  return [
    ...(isInAdapters ? ['--adapters', '--seeds', String(ADAPTERS_SEEDS)] : ['--seeds', String(seeds)]),
    ...(dimension ? ['--with', dimension] : []),
    ...['--threads', '1'],
  ];
}

/** Runs the campaign that must find a mutant, in a copy of the code that has it meanwhile. */
export function hunt(mutant: Mutant, copy: CodeCopy): Promise<Outcome> {
  return copy.withMutant(
    mutant,
    () =>
      new Promise((resolve) => {
        const options = { cwd: copy.directory, maxBuffer: Number.POSITIVE_INFINITY };
        const args = ['scripts/dst/main.ts', ...campaignFor(mutant)];
        execFile(process.execPath, args, options, (error, stdout, stderr) =>
          resolve(outcomeOf(stdout, stderr, error?.signal)),
        );
      }),
  );
}

/** Reads what a campaign printed. @param signal - that ended it before its time. */
export function outcomeOf(stdout: string, stderr: string, signal?: NodeJS.Signals | null): Outcome {
  const [, seed, invariant] = /first by seed (\d+):\n {2}invariant (\d+)/.exec(stdout) ?? [];
  const ended = signal ? `The campaign was ended by ${signal}.\n` : '';
  return seed === undefined
    ? { kind: 'missed', error: ended + stderr.replaceAll(PROGRESS, '') }
    : { kind: 'found', seed: Number(seed), invariant: Number(invariant) };
}
