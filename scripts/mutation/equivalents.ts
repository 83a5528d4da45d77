import type { Mutant } from './mutant.ts';

/** A mutant that behaves like the code, so that no test can kill it. */
export interface Equivalent extends Pick<Mutant, 'file' | 'functionName' | 'change'> {
  /** Why nothing can tell it from the code. */
  readonly reason: string;
}

/** All of them, by file. `change` is what `npm run mutation` prints. */
export const EQUIVALENTS: readonly Equivalent[] = [];

/** Tells the mutants that are known as equivalent from the others. */
export function isSameMutant(a: Omit<Equivalent, 'reason'>, b: Omit<Equivalent, 'reason'>): boolean {
  return a.file === b.file && a.functionName === b.functionName && a.change === b.change;
}
