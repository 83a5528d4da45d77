import { findRequiredValues, type RequiredValues } from '../../pattern/required-values.ts';
import type { ContactView } from '../contact-view.ts';
import type { Policy } from '../policy.ts';
import { buildTree, type Split, type TreeNode } from './decision-tree.ts';

/** Finds the policies that could govern a contact without asking all of them. Made by {@link buildPolicyIndex}. */
export interface PolicyIndex {
  /** For contacts of which every attribute is known that the policies ask for. */
  readonly withAttributes: TreeNode;
  /** For all others: there a policy may be a candidate whatever it asks of attributes. */
  readonly withoutAttributes: TreeNode;
}

/**
 * An index over policies by the exact texts that they need.
 *
 * @param policies in the order in which they are asked. It is by their place in this list that they are found.
 */
export function buildPolicyIndex(policies: readonly Policy[]): PolicyIndex {
  const grown = (needs: (policy: Policy) => RequiredValues | undefined) =>
    buildTree(
      policies.map((policy, at) => ({ index: at, requiredValues: needs(policy) ?? new Map(), copies: 1 })),
    );
  const withAttributes = grown(({ match }) => match && findRequiredValues(match));
  return {
    withAttributes,
    withoutAttributes: policies.some(({ matchNeedsAttributes }) => matchNeedsAttributes)
      ? grown(({ matchWithoutAttributes: match }) => match && findRequiredValues(match))
      : withAttributes,
  };
}

/**
 * The places of all policies whose `match` could let the contact in, rising, each once. Others may be among them, so
 * each is still to be asked; none is left out that lets it in.
 *
 * @param attributesAreKnown whether every attribute is known that some policy asks for. Where it is false, the policies
 *   are found by `matchWithoutAttributes`, which holds for policies that are asked for `match` all the same.
 */
export function findCandidates(
  index: PolicyIndex,
  view: ContactView,
  attributesAreKnown: boolean,
): CandidateIterator {
  const lists: (readonly number[])[] = [];
  collectIndexes(attributesAreKnown ? index.withAttributes : index.withoutAttributes, view, lists);
  return new CandidateIterator(lists);
}

type IndexLists = (readonly number[])[];

function collectIndexes(branch: TreeNode, view: ContactView, lists: IndexLists): void {
  if (branch.indexes.length > 0) lists.push(branch.indexes);
  for (const fork of branch.splits) {
    const value = valueUnder(view, fork.firstKey as keyof ContactView);
    if (fork.remainingKeys === undefined) {
      if (typeof value === 'string') descend(fork, value, view, lists);
      else if (Array.isArray(value)) for (const text of value) descend(fork, text, view, lists);
    } else if (typeof value === 'object') {
      // What objects inherit is no text.
      const text = (value as Readonly<Record<string, string | undefined>>)[fork.remainingKeys];
      if (typeof text === 'string') descend(fork, text, view, lists);
    }
  }
}

function descend({ byText }: Split, text: string, view: ContactView, lists: IndexLists): void {
  const further = byText.get(text);
  if (further) collectIndexes(further, view, lists);
}

/**
 * What a view has under one of its keys. Its type says what makes two look-ups enough to find a field, however many
 * dots its name has: no list of objects, and under an object texts alone.
 */
function valueUnder(
  view: ContactView,
  key: keyof ContactView,
): string | number | readonly string[] | Texts | undefined {
  return view[key];
}

type Texts = Readonly<Record<string, string | undefined>>;

/** Beyond every place. A small integer, so that lists of places stay lists of small integers. */
const END_OF_LIST = 2 ** 30 - 1;

/** Merges lists of rising numbers only as far as it is asked to: mostly one of the first candidates governs. */
export class CandidateIterator {
  readonly #lists: IndexLists;
  /** How far each list was read: the place of its head. */
  readonly #positions: number[] = [];
  /** The head of each list; none is left where it is NONE. */
  readonly #heads: number[] = [];

  constructor(lists: IndexLists) {
    this.#lists = lists;
    for (const list of lists) {
      this.#positions.push(0);
      this.#heads.push(list[0] ?? END_OF_LIST);
    }
  }

  /** The next place, or -1 after the last one. */
  next(): number {
    const heads = this.#heads;
    let least = END_OF_LIST;
    for (let index = 0; index < heads.length; index++) {
      const head = heads[index] as number;
      if (head < least) least = head;
    }
    if (least === END_OF_LIST) return -1;
    // A policy that needs one of several texts may stand in several lists.
    for (let index = 0; index < heads.length; index++) {
      if (heads[index] !== least) continue;
      const read = (this.#positions[index] as number) + 1;
      this.#positions[index] = read;
      heads[index] = this.#lists[index]?.[read] ?? END_OF_LIST;
    }
    return least;
  }
}
