import { createPolicySet } from '../../lambda/domain/policy/policy-set.ts';
import type { NamedPolicySet } from '../../sim/simulation/index.ts';

/** A sentence for each policy of which a simulation leaves something out. */
export function policyNotes(sets: readonly NamedPolicySet[]): string[] {
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
      ];
    }),
  );
  return [...new Set(notes)];
}
