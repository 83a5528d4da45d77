import type { ListedMutant } from '../listed-mutant.ts';
import { CONTACT } from './contact.ts';
import { DOMAIN_TEXTS } from './domain-texts.ts';
import { FLOW } from './flow.ts';
import { PATTERN } from './pattern.ts';
import { POLICY } from './policy.ts';

/**
 * The mutants that no test kills although a test could, each with why none is written for it. They count as survivors;
 * `npm run mutation` does not print them, so that a new survivor is seen. One file for each folder of the code.
 */
export const KNOWN_SURVIVORS: readonly ListedMutant[] = [
  ...CONTACT,
  ...DOMAIN_TEXTS,
  ...FLOW,
  ...PATTERN,
  ...POLICY,
];
