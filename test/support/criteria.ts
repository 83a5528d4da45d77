import type { RoutingCriteria } from '../../lambda/domain/routing/criteria.ts';

/** Criteria of one step: English at that level or above. */
export const criteria = (level: number): RoutingCriteria => ({
  Steps: [
    {
      Expression: {
        AttributeCondition: {
          Name: 'Language',
          Value: 'English',
          ComparisonOperator: 'NumberGreaterOrEqualTo' as const,
          ProficiencyLevel: level,
        },
      },
    },
  ],
});
