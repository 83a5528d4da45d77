import { inFile, type ListedMutant } from '../listed-mutant.ts';

export const REPORTS: readonly ListedMutant[] = [
  ...inFile('lambda/domain/reports/leaving.ts', {
    leavingOf: {
      'connectedAt !== undefined && connectedAt >= enqueuedAt => connectedAt >= enqueuedAt':
        'A comparison with undefined is false.',
    },
  }),
  ...inFile('lambda/domain/reports/report.ts', {
    reportOrder: {
      "message.type === 'override' => true": 'A release has neither routing nor end.',
    },
  }),
];
