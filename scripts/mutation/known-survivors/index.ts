import type { ListedMutant } from '../listed-mutant.ts';
import { CONFIGURATION } from './configuration.ts';
import { DOMAIN_TEXTS } from './domain-texts.ts';

/**
 * The mutants that no test kills although a test could, each with why none is written for it. They count as survivors;
 * `npm run mutation` does not print them, so that a new survivor is seen. One file for each folder of the code.
 */
export const KNOWN_SURVIVORS: readonly ListedMutant[] = [...CONFIGURATION, ...DOMAIN_TEXTS];
