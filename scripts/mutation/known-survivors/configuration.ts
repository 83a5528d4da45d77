import { inFile, type ListedMutant } from '../listed-mutant.ts';

export const CONFIGURATION: readonly ListedMutant[] = inFile('lambda/domain/configuration/judge.ts', {
  pauseValue: {
    'text.length <= MAX_PAUSE_LENGTH => text.length < MAX_PAUSE_LENGTH':
      'Nobody writes a reason of exactly the greatest length, and one character less harms nothing.',
  },
});
