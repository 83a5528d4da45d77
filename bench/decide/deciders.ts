import {
  compilePattern,
  EVERYTHING,
  fieldsUnder,
  matches,
  withoutField,
} from '../../lambda/domain/pattern/index.ts';
import type { ContactView } from '../../lambda/domain/policy/contact-view.ts';
import { buildPolicyIndex, findCandidates } from '../../lambda/domain/policy/index/policy-index.ts';
import { ALL_KNOWN } from '../../lambda/domain/policy/known-facts.ts';
import type { Policy } from '../../lambda/domain/policy/policy.ts';
import { createPolicySet } from '../../lambda/domain/policy/policy-set.ts';
import type { MatchSource } from './dataset.ts';

/** Returns the index of the policy that governs a contact, or -1. */
export type Decide = (contact: ContactView) => number;

/** Compiles a policy for each pattern, in this order. */
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
    clock: { from: 'enqueued' },
    pausedCounts: false,
    allowLower: false,
    steps: [],
  };
}

/** Decides with the policy index. */
export function createIndexedDecider(policies: readonly Policy[]): Decide {
  const index = buildPolicyIndex(policies);
  return (contact) => {
    const candidates = findCandidates(index, contact, ALL_KNOWN);
    for (let policy = candidates.next(); policy !== -1; policy = candidates.next()) {
      const match = policies[policy]?.match;
      if (!match || matches(match, contact)) return policy;
    }
    return -1;
  };
}

/** Decides by evaluating one policy after another. */
export function createLinearDecider(policies: readonly Policy[]): Decide {
  return (contact) => policies.findIndex(({ match }) => !match || matches(match, contact));
}
