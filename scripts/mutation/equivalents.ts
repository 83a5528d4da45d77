import type { Mutant } from './mutant.ts';

/** A mutant that behaves like the code, so that no test can kill it. */
export interface Equivalent extends Pick<Mutant, 'file' | 'functionName' | 'change'> {
  /** Why nothing can tell it from the code. */
  readonly reason: string;
}

/** All of them, by file. `change` is what `npm run mutation` prints. */
export const EQUIVALENTS: readonly Equivalent[] = [
  ...inFile('lambda/domain/contact/merge-facts.ts', {
    later: {
      'a === undefined || b === undefined => b === undefined':
        'A comparison with undefined is false, so that b is taken.',
      'a >= b => a > b': 'Of two equal texts or numbers, either may be taken.',
    },
    '(module)': {
      'without undefined': 'What is not in the list comes before all of it.',
    },
    strongest: {
      'DIALERS.indexOf(a) >= DIALERS.indexOf(b) => DIALERS.indexOf(a) > DIALERS.indexOf(b)':
        'Where both are at one place, they are equal.',
    },
    latest: {
      'timeOf(a) > timeOf(b) => timeOf(a) >= timeOf(b)': 'The line before tells that the times differ.',
      'textOfA.length > textOfB.length => textOfA.length >= textOfB.length':
        'The line before tells that the lengths differ.',
      'textOfA >= textOfB => textOfA > textOfB': 'Values of equal texts are equal.',
    },
  }),
  ...inFile('lambda/domain/contact/pauses.ts', {
    pausesOf: {
      'from < (found.at(-1)?.to ?? Number.NEGATIVE_INFINITY) => from <= (found.at(-1)?.to ?? Number.NEGATIVE_INFINITY)':
        'A pause that begins in the second of a resume ends in it, and lasts for no time.',
      'found.at(-1)?.to ?? Number.NEGATIVE_INFINITY => found.at(-1)?.to':
        'A comparison with undefined is false, as one with the least number is.',
    },
  }),
  ...inFile('lambda/domain/policy/steps/validate.ts', {
    validateUrgency: {
      'priority !== undefined && step.priority > priority => step.priority > priority':
        'A comparison with undefined is false.',
      'ageSeconds !== undefined && step.ageSeconds < ageSeconds => step.ageSeconds < ageSeconds':
        'A comparison with undefined is false.',
    },
  }),
  ...inFile('lambda/flow/dispatch/fair-queue.ts', {
    'FairQueue.#virtualTime': {
      '0 => 1': 'Only differences between the turns of instances count.',
    },
    'FairQueue.#startOf': {
      '0 => 1': 'Instances that were never served share one start; only differences count.',
    },
  }),
];

/** The equivalents of one file, by function and change, with the reason of each. */
function inFile(
  file: string,
  byFunction: Readonly<Record<string, Readonly<Record<string, string>>>>,
): Equivalent[] {
  return Object.entries(byFunction).flatMap(([functionName, changes]) =>
    Object.entries(changes).map(([change, reason]) => ({ file, functionName, change, reason })),
  );
}

/** Tells the mutants that are known as equivalent from the others. */
export function isSameMutant(a: Omit<Equivalent, 'reason'>, b: Omit<Equivalent, 'reason'>): boolean {
  return a.file === b.file && a.functionName === b.functionName && a.change === b.change;
}
