import { type Anchor, type Anchors, anchorsOf, EVERYTHING, type Pattern } from '../../pattern/index.ts';
import { Alternative, DirectFields } from './alternative.ts';
import { anchorKey } from './field-lookup.ts';
import { directPlace, firstKeyOf } from './place.ts';
import { type Rest, restOf } from './rest.ts';
import { holdsTexts, type Split, SplitBuilder } from './split.ts';

/** A node of the decision tree: policies, split by what they require. */
export interface TreeNode {
  /** The indexes of the policies that are candidates for every contact that gets here, ascending. */
  readonly indexes: readonly number[];
  /** Of each of them: what the way to here has not tested yet; undefined where nothing is left. */
  readonly rests: readonly (Rest | undefined)[];
  /** The splits that lead to the other policies. */
  readonly splits: readonly Split<TreeNode>[];
}

/** A policy, or one of the alternatives that it accepts, to insert into the tree. */
interface Insertion {
  readonly index: number;
  /** What the splits above have not tested. The branches that contain the policy share it. */
  readonly rest: readonly Alternative[];
  /** The requirements by which splits may find it, by the name of the field. */
  readonly anchors: ReadonlyMap<string, Anchors>;
  /** The number of branches that contain the policy: more than one if it requires one of several texts. */
  readonly copies: number;
}

/** A further split of so few policies takes as long as their evaluation. */
const LEAF_SIZE = 4;

/**
 * The maximum number of branches that contain one policy. It bounds the size of the tree for all policies.
 */
const MAX_COPIES = 256;

/** The nodes of a segment tree that hold one range, as a rule. */
const NODES_OF_RANGE = 8;

/**
 * Builds the tree of some policies. Each policy goes under the field that best separates it from the others.
 * Where many policies share a text, further fields split them.
 *
 * @param patterns - of the policies in order of evaluation; undefined for one that accepts every contact.
 */
export function buildTree(patterns: readonly (Pattern | undefined)[]): TreeNode {
  const fields = new DirectFields();
  return buildNode(patterns.flatMap((pattern, index) => insertionsOf(pattern, index, fields)));
}

function insertionsOf(pattern: Pattern = EVERYTHING, index: number, fields: DirectFields): Insertion[] {
  const { rules } = pattern;
  if (rules.length > MAX_COPIES)
    return [
      {
        index,
        rest: rules.map((rule, number) => new Alternative(rule, number, fields)),
        anchors: new Map(),
        copies: 1,
      },
    ];
  return rules.map((rule, number) => {
    const anchors = new Map<string, Anchors>();
    for (const field of rule) {
      const ofField = isIndexed(field.name) ? anchorsOf(field) : undefined;
      if (ofField) anchors.set(field.name, ofField);
    }
    return { index, rest: [new Alternative(rule, number, fields)], anchors, copies: rules.length };
  });
}

/** A contact has no other fields, or nothing to look up by there. */
function isIndexed(name: string): boolean {
  return directPlace(name) !== undefined || name.startsWith(SEGMENT_PREFIX);
}

const SEGMENT_PREFIX = 'segmentAttributes.';

function buildNode(insertions: readonly Insertion[]): TreeNode {
  if (insertions.length <= LEAF_SIZE) return { ...untested(insertions), splits: [] };
  const usages = new FieldUsages(insertions);
  const names = new Map(insertions.map((insertion) => [insertion, bestSplit(insertion, usages)]));
  const groups = Map.groupBy(insertions, (insertion) => {
    const name = names.get(insertion);
    return name !== undefined && usages.areMany(name) ? firstKeyOf(name) : name;
  });
  const unsplit: Insertion[][] = [];
  const splits: Split<TreeNode>[] = [];
  for (const [key, group] of groups) {
    // To look one policy up takes as long as its evaluation.
    if (key === undefined || group.length === 1) {
      unsplit.push(group);
      continue;
    }
    const builder = new SplitBuilder<Insertion>();
    for (const insertion of group) {
      const name = names.get(insertion) as string;
      const anchors = insertion.anchors.get(name) as Anchors;
      builder.add(name, anchors, behind(insertion, name, anchors));
    }
    splits.push(builder.build(buildNode));
  }
  return { ...untested(unsplit.flat().sort((a, b) => a.index - b.index)), splits };
}

/** One entry for each policy, with what is left of all its alternatives. */
function untested(insertions: readonly Insertion[]): Pick<TreeNode, 'indexes' | 'rests'> {
  const byPolicy = Map.groupBy(insertions, ({ index }) => index);
  return {
    indexes: [...byPolicy.keys()],
    rests: [...byPolicy.values()].map((ofPolicy) => {
      const alternatives = ofPolicy.flatMap(({ rest }) => rest);
      return alternatives.some(({ isTested }) => isTested) ? undefined : restOf(alternatives);
    }),
  };
}

/** What is left of an insertion behind a split by a field. */
function behind(insertion: Insertion, name: string, anchors: Anchors): Insertion {
  const others = new Map(insertion.anchors);
  others.delete(name);
  // Segment attributes may be in lists that others share, so that they are tested together.
  const isTested = anchors.areSufficient && directPlace(name) !== undefined;
  return {
    index: insertion.index,
    rest: isTested ? insertion.rest.map((alternative) => alternative.without(name)) : insertion.rest,
    anchors: others,
    copies: insertion.copies * copiesOf(anchors),
  };
}

function copiesOf({ anchors }: Anchors): number {
  return anchors.reduce((sum, { kind }) => sum + (kind === 'range' ? NODES_OF_RANGE : 1), 0);
}

/** The policies that have anchors in a field, and these anchors. */
interface FieldUsage {
  policies: number;
  readonly keys: Set<string>;
}

/** More fields below one key are looked up by the keys that the contact has. */
const MANY_FIELDS = 8;

class FieldUsages {
  readonly #byName = new Map<string, FieldUsage>();
  /** The number of fields below each first key. */
  readonly #fields = new Map<string, number>();

  constructor(insertions: readonly Insertion[]) {
    for (const { anchors } of insertions) {
      for (const [name, { anchors: ofField }] of anchors) {
        const usage = this.#byName.get(name) ?? { policies: 0, keys: new Set() };
        this.#byName.set(name, usage);
        usage.policies++;
        for (const anchor of ofField) usage.keys.add(anchorKey(anchor));
      }
    }
    for (const name of this.#byName.keys()) {
      const first = firstKeyOf(name);
      this.#fields.set(first, (this.#fields.get(first) ?? 0) + 1);
    }
  }

  /** @param name - of a field of the policies. */
  of(name: string): FieldUsage {
    return this.#byName.get(name) as FieldUsage;
  }

  /** Whether the field, of those of the policies, is one of many below its first key. */
  areMany(name: string): boolean {
    const first = firstKeyOf(name);
    return holdsTexts(first) && (this.#fields.get(first) as number) > MANY_FIELDS;
  }
}

/**
 * Returns the field under which a policy costs least: the probability that it is evaluated although it does
 * not match, plus the policy's share of the cost of the split. Undefined if it costs less to evaluate the policy for
 * every contact.
 */
function bestSplit(insertion: Insertion, usages: FieldUsages): string | undefined {
  let best: string | undefined;
  let least = 1;
  for (const [name, ofField] of insertion.anchors) {
    const usage = usages.of(name);
    if (insertion.copies * copiesOf(ofField) > MAX_COPIES) continue;
    const reached = ofField.anchors.reduce((sum, anchor) => sum + probability(anchor, usage), 0);
    const share = usages.areMany(name) ? Math.min(1 / usage.policies, SHARE_OF_MANY) : 1 / usage.policies;
    if (reached + share < least) [best, least] = [name, reached + share];
  }
  return best;
}

/** The share of a policy in the cost of a split that many fields have in common. */
const SHARE_OF_MANY = 0.1;

/** How likely a contact has an anchor, if all of a field's texts (and one other text) are equally likely. */
function probability(anchor: Anchor, { keys }: FieldUsage): number {
  if (anchor.kind === 'present') return 0.8;
  if (anchor.kind === 'range' && anchor.low !== anchor.high) return 0.5;
  return 1 / (keys.size + 1);
}
