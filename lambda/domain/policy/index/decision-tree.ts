import type { RequiredValues } from '../../pattern/required-values.ts';

/** Policies told apart by the texts that they need. */
export interface TreeNode {
  /** Places of the policies that are always candidates here, rising. */
  readonly indexes: readonly number[];
  /** Fields to look at for the others. */
  readonly splits: readonly Split[];
}

/** A field, and the policies that need a text there. */
export interface Split {
  /** The first key of its name. */
  readonly firstKey: string;
  /** The others, joined with dots; undefined where there are none. */
  readonly remainingKeys: string | undefined;
  readonly byText: ReadonlyMap<string, TreeNode>;
}

/** A policy that is to be placed. */
export interface PolicyEntry {
  /** Its place in the order in which policies are asked. */
  readonly index: number;
  /** What it needs beyond what led here. */
  readonly requiredValues: RequiredValues;
  /** In how many branches it stands already, since it needs one of several texts. */
  readonly copies: number;
}

/** So few policies are asked as fast as they are told apart. */
const LEAF_SIZE = 4;

/** No policy stands in more branches than this, so that the index stays small whatever the policies are. */
const MAX_COPIES = 256;

/**
 * Grows the branch of some policies. Each is filed under the field that tells it best from the others, and what is
 * still many under one text is told apart by further fields.
 *
 * @param policies in the order of their places.
 */
export function buildTree(policies: readonly PolicyEntry[]): TreeNode {
  if (policies.length <= LEAF_SIZE) return { indexes: policies.map(({ index: at }) => at), splits: [] };
  const usages = countUsages(policies);
  const places: number[] = [];
  const fields = new Map<string, Map<string, PolicyEntry[]>>();
  for (const policy of policies) {
    const name = bestSplit(policy, usages);
    if (name === undefined) places.push(policy.index);
    else insert(policy, name, fields);
  }
  return { indexes: places, splits: [...fields].map(([name, byText]) => buildSplit(name, byText)) };
}

function buildSplit(name: string, byText: ReadonlyMap<string, readonly PolicyEntry[]>): Split {
  const dot = name.indexOf('.');
  return {
    firstKey: dot === -1 ? name : name.slice(0, dot),
    remainingKeys: dot === -1 ? undefined : name.slice(dot + 1),
    byText: new Map([...byText].map(([text, filed]) => [text, buildTree(filed)])),
  };
}

/** How policies use a field. */
interface FieldUsage {
  policies: number;
  readonly texts: Set<string>;
}

function countUsages(policies: readonly PolicyEntry[]): ReadonlyMap<string, FieldUsage> {
  const usages = new Map<string, FieldUsage>();
  for (const { requiredValues: needs } of policies) {
    for (const [name, texts] of needs) {
      const usage = usages.get(name) ?? { policies: 0, texts: new Set() };
      usages.set(name, usage);
      usage.policies++;
      for (const text of texts) usage.texts.add(text);
    }
  }
  return usages;
}

/**
 * The field by which a policy costs least: the likelihood that it is asked though it does not match, taking all texts
 * and any other one as equally likely, and its share in looking at the field. Undefined where asking always costs less.
 */
function bestSplit(
  { requiredValues: needs, copies }: PolicyEntry,
  usages: ReadonlyMap<string, FieldUsage>,
): string | undefined {
  let best: string | undefined;
  let least = 1;
  for (const [name, { size }] of needs) {
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
  const needs = new Map(policy.requiredValues);
  const texts = needs.get(name) ?? new Set();
  needs.delete(name);
  const copy = { index: policy.index, requiredValues: needs, copies: policy.copies * texts.size };
  for (const text of texts) {
    const filed = byText.get(text);
    if (filed) filed.push(copy);
    else byText.set(text, [copy]);
  }
}
