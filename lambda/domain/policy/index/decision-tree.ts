import type { RequiredValues } from '../../pattern/required-values.ts';

/** A node of the decision tree: policies, split by the texts that they require. */
export interface TreeNode {
  /** The indexes of the policies that are candidates for every contact that gets here, ascending. */
  readonly indexes: readonly number[];
  /** The splits that lead to the other policies. */
  readonly splits: readonly Split[];
}

/** A field, and the policies that require a text there. */
export interface Split {
  /** The first key of the field's name. */
  readonly firstKey: string;
  /** The other keys, joined with dots; undefined if there are none. */
  readonly remainingKeys: string | undefined;
  readonly byText: ReadonlyMap<string, TreeNode>;
}

/** A policy to insert into the tree. */
interface PolicyEntry {
  /** The policy's index in the order of evaluation. */
  readonly index: number;
  /** The requirements that the splits above have not tested. */
  readonly requiredValues: RequiredValues;
  /** The number of branches that contain the policy: more than one if it requires one of several texts. */
  readonly copies: number;
}

/** A further split of so few policies takes as long as their evaluation. */
const LEAF_SIZE = 4;

/**
 * The maximum number of branches that contain one policy. It bounds the size of the tree for all policies.
 */
const MAX_COPIES = 256;

/**
 * Builds the tree of some policies. Each policy goes under the field that best separates it from the others.
 * Where many policies share a text, further fields split them.
 *
 * @param policies - in ascending order of their indexes.
 */
export function buildTree(policies: readonly PolicyEntry[]): TreeNode {
  if (policies.length <= LEAF_SIZE) return { indexes: policies.map(({ index }) => index), splits: [] };
  const usages = countUsages(policies);
  const indexes: number[] = [];
  const fields = new Map<string, Map<string, PolicyEntry[]>>();
  for (const policy of policies) {
    const name = bestSplit(policy, usages);
    if (name === undefined) indexes.push(policy.index);
    else insert(policy, name, fields);
  }
  return { indexes, splits: [...fields].map(([name, byText]) => buildSplit(name, byText)) };
}

function buildSplit(name: string, byText: ReadonlyMap<string, readonly PolicyEntry[]>): Split {
  const dot = name.indexOf('.');
  return {
    firstKey: dot === -1 ? name : name.slice(0, dot),
    remainingKeys: dot === -1 ? undefined : name.slice(dot + 1),
    byText: new Map([...byText].map(([text, policies]) => [text, buildTree(policies)])),
  };
}

/** The policies that require a text in a field, and these texts. */
interface FieldUsage {
  policies: number;
  readonly texts: Set<string>;
}

function countUsages(policies: readonly PolicyEntry[]): ReadonlyMap<string, FieldUsage> {
  const usages = new Map<string, FieldUsage>();
  for (const { requiredValues } of policies) {
    for (const [name, texts] of requiredValues) {
      const usage = usages.get(name) ?? { policies: 0, texts: new Set() };
      usages.set(name, usage);
      usage.policies++;
      for (const text of texts) usage.texts.add(text);
    }
  }
  return usages;
}

/**
 * Returns the field under which a policy costs least: the probability that it is evaluated although it does
 * not match, if all texts (and one other text) are equally likely, plus the policy's share of the cost of the
 * split. Undefined if it costs less to evaluate the policy for every contact.
 */
function bestSplit(
  { requiredValues, copies }: PolicyEntry,
  usages: ReadonlyMap<string, FieldUsage>,
): string | undefined {
  let best: string | undefined;
  let least = 1;
  for (const [name, { size }] of requiredValues) {
    const usage = usages.get(name);
    if (!usage || copies * size > MAX_COPIES) continue;
    const cost = size / (usage.texts.size + 1) + 1 / usage.policies;
    if (cost < least) [best, least] = [name, cost];
  }
  return best;
}

function insert(policy: PolicyEntry, name: string, fields: Map<string, Map<string, PolicyEntry[]>>): void {
  const byText = fields.get(name) ?? new Map<string, PolicyEntry[]>();
  fields.set(name, byText);
  const requiredValues = new Map(policy.requiredValues);
  const texts = requiredValues.get(name) ?? new Set();
  requiredValues.delete(name);
  const entry = { index: policy.index, requiredValues, copies: policy.copies * texts.size };
  for (const text of texts) {
    const entries = byText.get(text);
    if (entries) entries.push(entry);
    else byText.set(text, [entry]);
  }
}
