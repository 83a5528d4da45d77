import type { Policy } from '../../lambda/domain/policy/policy.ts';
import { createPolicySet } from '../../lambda/domain/policy/policy-set.ts';
import type { Expression } from '../../lambda/domain/routing/criteria.ts';
import { agentsOf, type Scenario } from '../../sim/scenario/index.ts';
import type { NamedPolicySet } from '../../sim/simulation/index.ts';

/** A sentence for each policy of which a simulation leaves something out. */
export function policyNotes(sets: readonly NamedPolicySet[], scenario: Scenario): string[] {
  const known = new Set(agentsOf(scenario).map(({ id }) => id));
  const notes = sets.flatMap(({ policies }) =>
    policies.flatMap((policy) => {
      const { countsContacts, skipsUnstaffed } = createPolicySet([policy]);
      return [
        ...(countsContacts
          ? [`The policy ${policy.name} asks for recentContacts, which no contact of a simulation has.`]
          : []),
        ...(skipsUnstaffed
          ? [`The policy ${policy.name} has skipUnstaffed, but a simulation leaves out no step of a route.`]
          : []),
        ...unknownAgentsNote(policy, known),
      ];
    }),
  );
  return [...new Set(notes)];
}

function unknownAgentsNote({ name, steps }: Policy, known: ReadonlySet<string>): string[] {
  const named = steps.flatMap(({ set, values = [] }) =>
    (set.criteria?.Steps ?? []).flatMap(({ Expression }, index) =>
      // An id that is a value of the contact is known only with the contact.
      values.some(({ path }) => path[1] === index) ? [] : agentIdsOf(Expression),
    ),
  );
  const missing = [...new Set(named)].filter((id) => !known.has(id));
  if (missing.length === 0) return [];
  return [
    `The policy ${name} names agents that the scenario does not have (${missing.join(', ')}): its contacts wait for them ` +
      'until the step expires. Give these ids to agents of the scenario (ids).',
  ];
}

function agentIdsOf(expression: Expression): readonly string[] {
  if ('OrExpression' in expression) return expression.OrExpression.flatMap(agentIdsOf);
  if ('AndExpression' in expression) return expression.AndExpression.flatMap(agentIdsOf);
  const condition = 'AttributeCondition' in expression ? expression.AttributeCondition : undefined;
  return condition?.ComparisonOperator === 'Match' ? condition.MatchCriteria.AgentsCriteria.AgentIds : [];
}
