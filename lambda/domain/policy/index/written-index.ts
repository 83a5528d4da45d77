import { defined } from '../../json.ts';
import type { Policy } from '../policy.ts';
import type { TreeNode } from './decision-tree.ts';
import { PATTERN_OF, type PolicyIndex } from './policy-index.ts';
import { readNode, type WrittenNode, writtenNode } from './written-tree.ts';

/** An index as texts of JSON: one for each tree, since hardly any function needs more than one of them. */
export interface WrittenIndex {
  readonly withAttributes: string;
  /** Absent: it is the tree `withAttributes`. */
  readonly withoutAttributes?: string;
  /** Absent: it is the tree `withoutAttributes`. */
  readonly withoutQueueName?: string;
}

/** The written form of an index, without its policies. */
export function writtenIndex(index: PolicyIndex): WrittenIndex {
  const { withAttributes, withoutAttributes, withoutQueueName } = index;
  const textOf = (tree: TreeNode) => JSON.stringify(writtenNode(tree));
  return {
    withAttributes: textOf(withAttributes),
    ...defined({
      withoutAttributes: withoutAttributes === withAttributes ? undefined : textOf(withoutAttributes),
      withoutQueueName: withoutQueueName === withoutAttributes ? undefined : textOf(withoutQueueName),
    }),
  };
}

/**
 * The index of its written form: it finds what the index found that was written. Of its trees it reads what is looked
 * at.
 *
 * @param policyAt - the policies of which the index was built, by their places there. It is called for a policy when
 *   the policy is to be tested first.
 */
export function readIndex(written: WrittenIndex, policyAt: (index: number) => Policy): PolicyIndex {
  return new LazyIndex(written, policyAt);
}

class LazyIndex implements PolicyIndex {
  readonly #written: WrittenIndex;
  readonly #policyAt: (index: number) => Policy;
  readonly #trees = new Map<keyof PolicyIndex, TreeNode>();

  constructor(written: WrittenIndex, policyAt: (index: number) => Policy) {
    this.#written = written;
    this.#policyAt = policyAt;
  }

  get withAttributes(): TreeNode {
    return this.#tree('withAttributes', this.#written.withAttributes);
  }

  get withoutAttributes(): TreeNode {
    const { withoutAttributes: text } = this.#written;
    return text === undefined ? this.withAttributes : this.#tree('withoutAttributes', text);
  }

  get withoutQueueName(): TreeNode {
    const { withoutQueueName: text } = this.#written;
    return text === undefined ? this.withoutAttributes : this.#tree('withoutQueueName', text);
  }

  #tree(name: keyof PolicyIndex, text: string): TreeNode {
    const tree =
      this.#trees.get(name) ??
      readNode(JSON.parse(text) as WrittenNode, (index) => PATTERN_OF[name](this.#policyAt(index)));
    this.#trees.set(name, tree);
    return tree;
  }
}
