import { inFile, type ListedMutant } from '../listed-mutant.ts';

const COST = 'It changes only how many policies are evaluated in vain: none that matches is missed.';

export const RECONCILE: readonly ListedMutant[] = [
  ...inFile('lambda/domain/reconcile/plan.ts', {
    candidatePolicies: {
      'without attributes: attributesAreKnown(record, attributeNames)': COST,
      'without queueName: !namesQueues || queueNameIsKnown(record)': COST,
      '!namesQueues || queueNameIsKnown(record) => !namesQueues': COST,
      '!namesQueues || queueNameIsKnown(record) => queueNameIsKnown(record)': COST,
    },
  }),
];
