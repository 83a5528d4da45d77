import {
  compilePattern,
  EVERYTHING,
  fieldsUnder,
  matches,
  withoutField,
} from '../../lambda/domain/pattern/index.ts';
import type { ContactView } from '../../lambda/domain/policy/contact-view.ts';
import { buildPolicyIndex, findFirst } from '../../lambda/domain/policy/index/policy-index.ts';
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
  return (contact) => findFirst(index, contact, ALL_KNOWN);
}

/** Decides by evaluating one policy after another. */
export function createLinearDecider(policies: readonly Policy[]): Decide {
  return (contact) => policies.findIndex(({ match }) => !match || matches(match, contact));
}

/**
 * What any decider needs, if no policy is vague: five hashed look-ups, and the evaluation of one pattern, that of the
 * policy which governs the contact.
 */
export function createLimit(policies: readonly Policy[], contacts: readonly ContactView[]): Decide {
  const decide = createIndexedDecider(policies);
  const governing = new Map(contacts.map((contact) => [contact.contactId, decide(contact)]));
  const keysOf = ({ queue, channel, tags, contactId }: ContactView) =>
    [queue?.id, channel, tags?.tier, tags?.product, contactId] as const;
  const tables = [0, 1, 2, 3, 4].map(
    (at) => new Map(contacts.map((contact) => [keysOf(contact)[at], governing.get(contact.contactId) ?? -1])),
  );
  return (contact) => {
    const { queue, channel, tags, contactId } = contact;
    tables[0]?.get(queue?.id);
    tables[1]?.get(channel);
    tables[2]?.get(tags?.tier);
    tables[3]?.get(tags?.product);
    const index = tables[4]?.get(contactId) ?? -1;
    const match = policies[index]?.match;
    return !match || matches(match, contact) ? index : -1;
  };
}
