import type { Pattern } from '../../pattern/index.ts';
import { Alternative, DirectFields } from './alternative.ts';
import type { TreeNode } from './decision-tree.ts';
import { LazyRest, type Rest } from './rest.ts';
import { readSplit, type Split, type WrittenSplit } from './split.ts';

/** A node as JSON: its policies, with what is left to test of each (null: nothing), and its splits. */
export type WrittenNode = readonly [
  indexes: readonly number[],
  rests: readonly (readonly WrittenAlternative[] | null)[],
  splits: readonly WrittenSplit<WrittenNode>[],
];

/** The number of a rule in the pattern of its policy, and the names of the fields that are left to test. */
type WrittenAlternative = readonly [number: number, fieldNames: readonly string[]];

/** A tree as JSON. */
export function writtenNode({ indexes, rests, splits }: TreeNode): WrittenNode {
  return [
    indexes,
    rests.map((rest) =>
      rest ? rest.alternatives.map(({ number, fieldNames }) => [number, fieldNames] as const) : null,
    ),
    splits.map((split) => split.written(writtenNode)),
  ];
}

/**
 * The tree of its written form. Nothing is read of it but what is looked at, and the pattern of a policy is asked for
 * when the policy is to be tested first.
 *
 * @param patternOf - the same pattern of a policy, by its index, of which the tree was built.
 */
export function readNode(written: WrittenNode, patternOf: (index: number) => Pattern | undefined): TreeNode {
  return new LazyNode(written, { patternOf, fields: new DirectFields() });
}

/** What all nodes of a tree have in common. */
interface OfTree {
  readonly patternOf: (index: number) => Pattern | undefined;
  readonly fields: DirectFields;
}

class LazyNode implements TreeNode {
  readonly indexes: readonly number[];
  readonly rests: readonly (Rest | undefined)[];
  readonly #written: WrittenNode;
  readonly #ofTree: OfTree;
  #splits: readonly Split<TreeNode>[] | undefined;

  constructor(written: WrittenNode, ofTree: OfTree) {
    const [indexes, rests] = written;
    this.indexes = indexes;
    this.rests = rests.map((rest, at) =>
      rest === null ? undefined : readRest(rest, indexes[at] as number, ofTree),
    );
    this.#written = written;
    this.#ofTree = ofTree;
  }

  get splits(): readonly Split<TreeNode>[] {
    this.#splits ??= this.#written[2].map((split) =>
      readSplit(split, (node) => new LazyNode(node, this.#ofTree)),
    );
    return this.#splits;
  }
}

/** What is left to test of a policy; its pattern is asked for when a contact is tested first. */
function readRest(
  written: readonly WrittenAlternative[],
  index: number,
  { patternOf, fields }: OfTree,
): Rest {
  return new LazyRest(() => {
    const pattern = patternOf(index);
    return written.map(([number, names]) => {
      const rule = pattern?.rules[number];
      if (!rule) throw new RangeError(`A pattern has no rule ${number}: it is not the one of the tree.`);
      const left = new Set(names);
      return new Alternative(
        rule.filter(({ name }) => left.has(name)),
        number,
        fields,
      );
    });
  });
}
