import type { Pattern } from '../../pattern/index.ts';
import type { ContactView } from '../contact-view.ts';
import { type KnownFacts, knownPart } from '../known-facts.ts';
import type { Policy } from '../policy.ts';
import type { Alternative } from './alternative.ts';
import { alternativesOf, buildTree, type TreeNode } from './decision-tree.ts';

/**
 * Finds the policies that could govern a contact without the evaluation of every policy. See {@link
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
 * @param policies - in order of evaluation. {@link findCandidates} returns indexes into this list.
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
 * Returns the policies that could govern a contact, in order of evaluation, each once: all that accept it by what is
 * known, and others, which {@link Candidates.accepts} tells apart.
 *
 * @param known - whether what the policies mention is known. Where something is not, requirements on it count as met.
 */
export function findCandidates(index: PolicyIndex, view: ContactView, known: KnownFacts): Candidates {
  const nodes = [treeFor(index, known)];
  // The splits append the nodes below them.
  for (let at = 0; at < nodes.length; at++) {
    for (const split of (nodes[at] as TreeNode).splits) split.find(view, nodes);
  }
  return new Candidates(view, nodes);
}

function treeFor(index: PolicyIndex, { attributes, queueName }: KnownFacts): TreeNode {
  if (!queueName) return index.withoutQueueName;
  return attributes ? index.withAttributes : index.withoutAttributes;
}

/**
 * Greater than every index. A small integer, so that V8 keeps the arrays of heads as arrays of small
 * integers.
 */
const END_OF_LIST = 2 ** 30 - 1;

/** Merges the policies of nodes lazily, because one of the first candidates usually governs. */
export class Candidates {
  readonly #view: ContactView;
  readonly #nodes: readonly TreeNode[];
  /** The position of each node's next policy. */
  readonly #positions: number[] = [];
  /** The next index of each node; END_OF_LIST after the last one. */
  readonly #heads: number[] = [];
  #current = -1;

  constructor(view: ContactView, nodes: readonly TreeNode[]) {
    this.#view = view;
    this.#nodes = nodes;
    for (let at = 0; at < nodes.length; at++) {
      this.#positions.push(0);
      this.#heads.push(nodes[at]?.indexes[0] ?? END_OF_LIST);
    }
  }

  /** Returns the next index, or -1 after the last one. */
  next(): number {
    const heads = this.#heads;
    const current = this.#current;
    let least = END_OF_LIST;
    for (let at = 0; at < heads.length; at++) {
      let head = heads[at] as number;
      if (head === current) {
        const position = (this.#positions[at] as number) + 1;
        this.#positions[at] = position;
        head = this.#nodes[at]?.indexes[position] ?? END_OF_LIST;
        heads[at] = head;
      }
      if (head < least) least = head;
    }
    this.#current = least;
    return least === END_OF_LIST ? -1 : least;
  }

  /** Whether the policy that {@link next} has returned accepts the contact by what is known. */
  accepts(): boolean {
    const heads = this.#heads;
    for (let at = 0; at < heads.length; at++) {
      // A policy with several alternatives may be in several nodes.
      if (heads[at] !== this.#current) continue;
      const rest = this.#nodes[at]?.rests[this.#positions[at] as number];
      if (rest === undefined || acceptsOne(alternativesOf(rest), this.#view)) return true;
    }
    return false;
  }
}

function acceptsOne(alternatives: readonly Alternative[], view: ContactView): boolean {
  for (const alternative of alternatives) if (alternative.accepts(view)) return true;
  return false;
}
