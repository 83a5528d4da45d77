import { inFile, type ListedMutant } from '../listed-mutant.ts';

export const QUEUE: readonly ListedMutant[] = [
  ...inFile('lambda/domain/queue/queue-name.ts', {
    isNameDue: {
      'nameFailedAt !== undefined && now < nameFailedAt + RETRY_NAME_SECONDS * 1_000 => now < nameFailedAt + RETRY_NAME_SECONDS * 1_000':
        'A comparison with NaN is false.',
    },
  }),
  ...inFile('lambda/domain/queue/queue-state.ts', {
    withConditions: {
      'conditions[name]?.since ?? now => conditions[name]?.since': 'The names are those of the conditions.',
      'conditions[name]?.since => conditions[name].since': 'The names are those of the conditions.',
    },
  }),
];
