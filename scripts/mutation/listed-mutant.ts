import type { Mutant } from './mutant.ts';

/** A mutant that a list of this folder names. */
export interface ListedMutant extends Pick<Mutant, 'file' | 'functionName' | 'change'> {
  /** Why it is in the list, as a sentence. */
  readonly reason: string;
}

/** The listed mutants of one file, by function and change, with the reason of each. `change` is what `npm run mutation` prints. */
export function inFile(
  file: string,
  byFunction: Readonly<Record<string, Readonly<Record<string, string>>>>,
): ListedMutant[] {
  return Object.entries(byFunction).flatMap(([functionName, changes]) =>
    Object.entries(changes).map(([change, reason]) => ({ file, functionName, change, reason })),
  );
}

/** Tells the mutants of a list from the others. */
export function isSameMutant(a: Omit<ListedMutant, 'reason'>, b: Omit<ListedMutant, 'reason'>): boolean {
  return a.file === b.file && a.functionName === b.functionName && a.change === b.change;
}
