import { attributesAreKnown } from '../contact/attributes.ts';
import { queueNameIsKnown } from '../contact/queue-name.ts';
import type { ContactRecord } from '../contact/record.ts';
import type { KnownFacts } from '../policy/known-facts.ts';
import type { Policy } from '../policy/policy.ts';

/** Whether what a policy names is known of a contact. What it does not name counts as known. */
export function factsForPolicy(
  { attributeNames, queueNameIn }: Pick<Policy, 'attributeNames' | 'queueNameIn'>,
  record: ContactRecord,
): KnownFacts {
  return {
    attributes: attributeNames.length === 0 || attributesAreKnown(record, attributeNames),
    queueName: queueNameIn === undefined || queueNameIsKnown(record),
  };
}

/** Whether what the `match` of a policy names is known of a contact. */
export function factsForMatch(policy: Policy, record: ContactRecord): KnownFacts {
  return {
    attributes: !policy.matchNeedsAttributes || attributesAreKnown(record, policy.attributeNames),
    queueName: policy.queueNameIn !== 'match' || queueNameIsKnown(record),
  };
}
