import { inFile, type ListedMutant } from '../listed-mutant.ts';

export const OUTGOING_EVENTS: readonly ListedMutant[] = [
  ...inFile('lambda/domain/outgoing-events/entry.ts', {
    entryOf: {
      "event.name === 'configured' => false": 'An event about a parameter has no ARN of a contact.',
    },
    requestsOf: {
      '0 => 1': 'The first event begins a request, and sets the size.',
    },
  }),
];
