import {
  compilePattern,
  EVERYTHING,
  fieldsUnder,
  matches,
  withoutField,
} from '../lambda/domain/pattern/index.ts';
import { buildIndex, candidates } from '../lambda/domain/policy/candidates.ts';
import { type Policy, policySet } from '../lambda/domain/policy/policy.ts';
import type { ContactView } from '../lambda/domain/view.ts';
import type { MatchSource } from './decide-world.ts';

/** From a contact to the place of the policy that governs it, or -1. */
export type Decide = (contact: ContactView) => number;

/** The policies with these patterns, asked in this order. */
export function policiesOf(sources: readonly MatchSource[]): readonly Policy[] {
  return policySet(sources.map(policyOf)).policies;
}

function policyOf(source: MatchSource, precedence: number): Policy {
  const { pattern: match = EVERYTHING, problems } = compilePattern(source);
  if (problems.length > 0) throw new TypeError(problems.map(({ message }) => message).join('\n'));
  const attributeNames = fieldsUnder(match, 'attributes');
  return {
    name: `policy-${precedence}`,
    precedence,
    mode: 'enforce',
    rollout: 100,
    match,
    matchWithoutAttributes: withoutField(match, 'attributes'),
    matchNeedsAttributes: attributeNames.length > 0,
    attributeNames,
    clock: 'enqueued',
    allowLower: false,
    steps: [],
  };
}

/** Decides with the index. */
export function indexed(policies: readonly Policy[]): Decide {
  const index = buildIndex(policies);
  return (contact) => {
    const places = candidates(index, contact, true);
    for (let at = places.next(); at !== -1; at = places.next()) {
      const match = policies[at]?.match;
      if (!match || matches(match, contact)) return at;
    }
    return -1;
  };
}

/** Decides by asking one policy after the other. */
export function oneByOne(policies: readonly Policy[]): Decide {
  return (contact) => policies.findIndex(({ match }) => !match || matches(match, contact));
}
