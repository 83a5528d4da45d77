import { findRequiredValues, type RequiredValues } from '../../pattern/required-values.ts';
import type { ContactView, SegmentAttributes, SegmentValue } from '../contact-view.ts';
import { type KnownFacts, knownPart } from '../known-facts.ts';
import type { Policy } from '../policy.ts';
import { buildTree, type Split, type TreeNode } from './decision-tree.ts';

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
 * Builds an index of policies by the exact texts that they require.
 *
 * @param policies - in order of evaluation. {@link findCandidates} returns indexes into this list.
 */
export function buildPolicyIndex(policies: readonly Policy[]): PolicyIndex {
  const treeOf = (requiredValuesOf: (policy: Policy) => RequiredValues | undefined) =>
    buildTree(
      policies.map((policy, index) => ({
        index,
        requiredValues: requiredValuesOf(policy) ?? new Map(),
        copies: 1,
      })),
    );
  const withAttributes = treeOf(({ match }) => match && findRequiredValues(match));
  const withoutAttributes = policies.some(({ matchNeedsAttributes }) => matchNeedsAttributes)
    ? treeOf(({ matchWithoutAttributes: match }) => match && findRequiredValues(match))
    : withAttributes;
  const withoutQueueName = policies.some(({ queueNameIn }) => queueNameIn === 'match')
    ? treeOf(({ match, matchWithoutAttributes }) => {
        const part = knownPart(match, matchWithoutAttributes, { attributes: false, queueName: false });
        return part && findRequiredValues(part);
      })
    : withoutAttributes;
  return { withAttributes, withoutAttributes, withoutQueueName };
}

function treeFor(index: PolicyIndex, { attributes, queueName }: KnownFacts): TreeNode {
  if (!queueName) return index.withoutQueueName;
  return attributes ? index.withAttributes : index.withoutAttributes;
}

/**
 * Returns the indexes of all policies whose `match` could accept the contact, ascending, each once. The
 * result includes every policy that accepts the contact, and possibly others, so the caller evaluates each
 * candidate.
 *
 * @param known - whether what the policies mention is known. Where something is not, the candidates are the policies
 *   that could accept the contact without their requirements on it; these include those whose `match` could.
 */
export function findCandidates(index: PolicyIndex, view: ContactView, known: KnownFacts): CandidateIterator {
  const lists: (readonly number[])[] = [];
  collectIndexes(treeFor(index, known), view, lists);
  return new CandidateIterator(lists);
}

type IndexLists = (readonly number[])[];

function collectIndexes(node: TreeNode, view: ContactView, lists: IndexLists): void {
  if (node.indexes.length > 0) lists.push(node.indexes);
  for (const split of node.splits) {
    const value = valueUnder(view, split.firstKey as keyof ContactView);
    if (split.remainingKeys === undefined) {
      if (typeof value === 'string') descend(split, value, view, lists);
      else if (Array.isArray(value)) for (const text of value) descend(split, text, view, lists);
    } else if (typeof value === 'object') {
      // Inherited properties are not strings.
      const text = (value as Texts)[split.remainingKeys];
      if (typeof text === 'string') descend(split, text, view, lists);
      else if (split.firstKey === 'segmentAttributes') {
        const texts = new Set<string>();
        collectTexts(value as SegmentValue, split.remainingKeys, texts);
        for (const found of texts) descend(split, found, view, lists);
      }
    }
  }
}

/** Collects the texts under a name with dots: segment attributes hold maps and lists. */
function collectTexts(node: SegmentValue, name: string, texts: Set<string>): void {
  if (typeof node !== 'object') return;
  if (Array.isArray(node)) {
    for (const element of node) collectTexts(element, name, texts);
    return;
  }
  for (const [key, value] of Object.entries(node)) {
    if (key === name) addTexts(value, texts);
    else if (name.startsWith(`${key}.`)) collectTexts(value, name.slice(key.length + 1), texts);
  }
}

function addTexts(value: SegmentValue, texts: Set<string>): void {
  if (typeof value === 'string') texts.add(value);
  else if (Array.isArray(value)) for (const element of value) addTexts(element, texts);
}

function descend({ byText }: Split, text: string, view: ContactView, lists: IndexLists): void {
  const next = byText.get(text);
  if (next) collectIndexes(next, view, lists);
}

/**
 * Returns the value of a key of the view. The return type ensures that two look-ups find any field, however
 * many dots its name has: except for segment attributes, a view has no lists of objects, and its objects contain only
 * strings.
 */
function valueUnder(
  view: ContactView,
  key: keyof ContactView,
): string | number | readonly string[] | Texts | SegmentAttributes | undefined {
  return view[key];
}

type Texts = Readonly<Record<string, string | undefined>>;

/**
 * Greater than every index. A small integer, so that V8 keeps the arrays of heads as arrays of small
 * integers.
 */
const END_OF_LIST = 2 ** 30 - 1;

/** Merges ascending lists of indexes lazily, because one of the first candidates usually governs. */
class CandidateIterator {
  readonly #lists: IndexLists;
  /** The position of each list's head. */
  readonly #positions: number[] = [];
  /** The next index of each list; END_OF_LIST after the last one. */
  readonly #heads: number[] = [];

  constructor(lists: IndexLists) {
    this.#lists = lists;
    for (const list of lists) {
      this.#positions.push(0);
      this.#heads.push(list[0] ?? END_OF_LIST);
    }
  }

  /** Returns the next index, or -1 after the last one. */
  next(): number {
    const heads = this.#heads;
    let least = END_OF_LIST;
    for (let index = 0; index < heads.length; index++) {
      const head = heads[index] as number;
      if (head < least) least = head;
    }
    if (least === END_OF_LIST) return -1;
    // A policy that requires one of several texts may be in several lists.
    for (let index = 0; index < heads.length; index++) {
      if (heads[index] !== least) continue;
      const position = (this.#positions[index] as number) + 1;
      this.#positions[index] = position;
      heads[index] = this.#lists[index]?.[position] ?? END_OF_LIST;
    }
    return least;
  }
}
