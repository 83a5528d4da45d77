import { inFile, type ListedMutant } from '../listed-mutant.ts';

export const ROUTING: readonly ListedMutant[] = [
  ...inFile('lambda/domain/routing/criteria-problems.ts', {
    conditionProblems: {
      "members?.join(', ') => members.join(', ')": 'Only a known operator comes there, which has members.',
    },
  }),
  ...inFile('lambda/domain/routing/criteria.ts', {
    sameCriteria: {
      'a === b || sameJson(plainCriteria(a), plainCriteria(b)) => sameJson(plainCriteria(a), plainCriteria(b))':
        'It is a faster way to the same result.',
    },
  }),
  ...inFile('lambda/domain/routing/routing.ts', {
    onlyRaising: {
      'priority !== undefined && priority <= (start.priority ?? Number.POSITIVE_INFINITY) => priority <= (start.priority ?? Number.POSITIVE_INFINITY)':
        'A comparison with undefined is false.',
      'priority <= (start.priority ?? Number.POSITIVE_INFINITY) => priority < (start.priority ?? Number.POSITIVE_INFINITY)':
        'An equal one is what the contact has already.',
      'ageSeconds !== undefined && ageSeconds >= (start.ageSeconds ?? Number.NEGATIVE_INFINITY) => ageSeconds >= (start.ageSeconds ?? Number.NEGATIVE_INFINITY)':
        'A comparison with undefined is false.',
      'ageSeconds >= (start.ageSeconds ?? Number.NEGATIVE_INFINITY) => ageSeconds > (start.ageSeconds ?? Number.NEGATIVE_INFINITY)':
        'An equal one is what the contact has already.',
    },
  }),
  ...inFile('lambda/domain/routing/token-bucket.ts', {
    earn: {
      'limitPerSecond !== undefined && ratePerSecond >= limitPerSecond => ratePerSecond >= limitPerSecond':
        'A comparison with undefined is false.',
    },
    msUntilToken: {
      'bucket.tokens >= 1 => bucket.tokens > 1': 'Of a whole token nothing is missing: 0 either way.',
    },
  }),
];
