import { compilePattern, EVERYTHING, fieldsUnder, matches, withoutField } from '../../lambda/domain/pattern/index.ts';
import type { ContactView } from '../../lambda/domain/policy/contact-view.ts';
import { buildPolicyIndex, findCandidates } from '../../lambda/domain/policy/index/policy-index.ts';
import type { Policy } from '../../lambda/domain/policy/policy.ts';
import { createPolicySet } from '../../lambda/domain/policy/policy-set.ts';
import type { MatchSource } from './dataset.ts';

/** From a contact to the place of the policy that governs it, or -1. */
export type Decide = (contact: ContactView) => number;

/** The policies with these patterns, asked in this order. */
export function compilePolicies(sources: readonly MatchSource[]): readonly Policy[] {
  return createPolicySet(sources.map(compilePolicy)).policies;
}

function compilePolicy(source: MatchSource, precedence: number): Policy {
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
export function createIndexedDecider(policies: readonly Policy[]): Decide {
  const index = buildPolicyIndex(policies);
  return (contact) => {
    const places = findCandidates(index, contact, true);
    for (let at = places.next(); at !== -1; at = places.next()) {
      const match = policies[at]?.match;
      if (!match || matches(match, contact)) return at;
    }
    return -1;
  };
}

/** Decides by asking one policy after the other. */
export function createLinearDecider(policies: readonly Policy[]): Decide {
  return (contact) => policies.findIndex(({ match }) => !match || matches(match, contact));
}
