import type { Pattern } from '../../pattern/index.ts';
import type { ContactView } from '../contact-view.ts';
import { type KnownFacts, knownPart } from '../known-facts.ts';
import type { Policy } from '../policy.ts';
import { buildTree, type TreeNode } from './decision-tree.ts';
import { Search } from './search.ts';

/**
 * Finds the policies that accept a contact without the evaluation of every policy. See {@link
 * buildPolicyIndex}.
 */
export interface PolicyIndex {
  /** For contacts whose attributes are known, as far as policies mention them. */
  readonly withAttributes: TreeNode;
  /** For all other contacts: requirements on attributes rule no policy out. */
  readonly withoutAttributes: TreeNode;
  /** For contacts of whose queue the name is not known: requirements on either rule no policy out. */
  readonly withoutQueueName: TreeNode;
}

/**
 * Builds an index of policies by what they require of the fields of a contact.
 *
 * @param policies - in order of evaluation. {@link findFirst} returns indexes into this list.
 */
export function buildPolicyIndex(policies: readonly Policy[]): PolicyIndex {
  const treeOf = (patternOf: (policy: Policy) => Pattern | undefined) => buildTree(policies.map(patternOf));
  const withAttributes = treeOf(PATTERN_OF.withAttributes);
  const withoutAttributes = policies.some(({ matchNeedsAttributes }) => matchNeedsAttributes)
    ? treeOf(PATTERN_OF.withoutAttributes)
    : withAttributes;
  const withoutQueueName = policies.some(({ queueNameIn }) => queueNameIn === 'match')
    ? treeOf(PATTERN_OF.withoutQueueName)
    : withoutAttributes;
  return { withAttributes, withoutAttributes, withoutQueueName };
}

/** By tree: the pattern of a policy of which it is built. */
export const PATTERN_OF = {
  withAttributes: ({ match }: Policy) => match,
  withoutAttributes: ({ matchWithoutAttributes }: Policy) => matchWithoutAttributes,
  withoutQueueName: ({ match, matchWithoutAttributes }: Policy) =>
    knownPart(match, matchWithoutAttributes, { attributes: false, queueName: false }),
} as const satisfies Record<keyof PolicyIndex, (policy: Policy) => Pattern | undefined>;

/**
 * Returns the first policy, in order of evaluation, that accepts a contact by what is known; -1 if none does.
 *
 * @param known - whether what the policies mention is known. Where something is not, requirements on it count as met.
 * @param from - the index at which the search begins. Default: 0.
 */
export function findFirst(index: PolicyIndex, view: ContactView, known: KnownFacts, from = 0): number {
  const search = new Search(view, from);
  search.push(treeFor(index, known));
  return search.first;
}

function treeFor(index: PolicyIndex, { attributes, queueName }: KnownFacts): TreeNode {
  if (!queueName) return index.withoutQueueName;
  return attributes ? index.withAttributes : index.withoutAttributes;
}
