import { inFile, type ListedMutant } from '../listed-mutant.ts';

export const PATTERN: readonly ListedMutant[] = inFile('lambda/domain/pattern/spellings.ts', {
  spellingsOf: {
    'sharedSpellings.size < MAX_SHARED => true':
      'Only the memory that a process uses after a thousand names of fields would tell.',
  },
});
