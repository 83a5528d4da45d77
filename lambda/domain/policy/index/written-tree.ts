import { lazy } from '../../lazy.ts';
import { EVERYTHING, type Pattern } from '../../pattern/index.ts';
import { Alternative } from './alternative.ts';
import { alternativesOf, type Rest, type TreeNode } from './decision-tree.ts';
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
      rest ? alternativesOf(rest).map(({ number, fieldNames }) => [number, fieldNames] as const) : null,
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
  return new LazyNode(written, patternOf);
}

class LazyNode implements TreeNode {
  readonly indexes: readonly number[];
  readonly rests: readonly Rest[];
  readonly #written: WrittenNode;
  readonly #patternOf: (index: number) => Pattern | undefined;
  #splits: readonly Split<TreeNode>[] | undefined;

  constructor(written: WrittenNode, patternOf: (index: number) => Pattern | undefined) {
    const [indexes, rests] = written;
    this.indexes = indexes;
    this.rests = rests.map((rest, at) =>
      rest === null ? undefined : readRest(rest, () => patternOf(indexes[at] as number) ?? EVERYTHING),
    );
    this.#written = written;
    this.#patternOf = patternOf;
  }

  get splits(): readonly Split<TreeNode>[] {
    this.#splits ??= this.#written[2].map((split) =>
      readSplit(split, (node) => new LazyNode(node, this.#patternOf)),
    );
    return this.#splits;
  }
}

/** What is left to test of a policy, once its pattern is asked for. */
function readRest(written: readonly WrittenAlternative[], pattern: () => Pattern): Rest {
  return lazy(() =>
    written.map(([number, names]) => {
      const rule = pattern().rules[number];
      if (!rule) throw new RangeError(`A pattern has no rule ${number}: it is not the one of the tree.`);
      const left = new Set(names);
      return new Alternative(
        rule.filter(({ name }) => left.has(name)),
        number,
      );
    }),
  );
}
