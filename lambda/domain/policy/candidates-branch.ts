import type { ExactNeeds } from '../pattern/needs.ts';

/** Policies told apart by the texts that they need. */
export interface Branch {
  /** Places of the policies that are always candidates here, rising. */
  readonly places: readonly number[];
  /** Fields to look at for the others. */
  readonly forks: readonly Fork[];
}

/** A field, and the policies that need a text there. */
export interface Fork {
  /** The first key of its name. */
  readonly top: string;
  /** The others, joined with dots; undefined where there are none. */
  readonly below: string | undefined;
  readonly byText: ReadonlyMap<string, Branch>;
}

/** A policy that is to be placed. */
export interface Placed {
  /** Its place in the order in which policies are asked. */
  readonly at: number;
  /** What it needs beyond what led here. */
  readonly needs: ExactNeeds;
  /** In how many branches it stands already, since it needs one of several texts. */
  readonly copies: number;
}

/** So few policies are asked as fast as they are told apart. */
const FEW = 4;

/** No policy stands in more branches than this, so that the index stays small whatever the policies are. */
const MOST_COPIES = 256;

/**
 * Grows the branch of some policies. Each is filed under the field that tells it best from the others, and what is
 * still many under one text is told apart by further fields.
 *
 * @param policies in the order of their places.
 */
export function grow(policies: readonly Placed[]): Branch {
  if (policies.length <= FEW) return { places: policies.map(({ at }) => at), forks: [] };
  const usages = usagesOf(policies);
  const places: number[] = [];
  const fields = new Map<string, Map<string, Placed[]>>();
  for (const policy of policies) {
    const name = bestField(policy, usages);
    if (name === undefined) places.push(policy.at);
    else file(policy, name, fields);
  }
  return { places, forks: [...fields].map(([name, byText]) => forkOf(name, byText)) };
}

function forkOf(name: string, byText: ReadonlyMap<string, readonly Placed[]>): Fork {
  const dot = name.indexOf('.');
  return {
    top: dot === -1 ? name : name.slice(0, dot),
    below: dot === -1 ? undefined : name.slice(dot + 1),
    byText: new Map([...byText].map(([text, filed]) => [text, grow(filed)])),
  };
}

/** How policies use a field. */
interface Usage {
  policies: number;
  readonly texts: Set<string>;
}

function usagesOf(policies: readonly Placed[]): ReadonlyMap<string, Usage> {
  const usages = new Map<string, Usage>();
  for (const { needs } of policies) {
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
function bestField({ needs, copies }: Placed, usages: ReadonlyMap<string, Usage>): string | undefined {
  let best: string | undefined;
  let least = 1;
  for (const [name, { size }] of needs) {
    const usage = usages.get(name);
    if (!usage || copies * size > MOST_COPIES) continue;
    const cost = size / (usage.texts.size + 1) + 1 / usage.policies;
    if (cost < least) [best, least] = [name, cost];
  }
  return best;
}

function file(policy: Placed, name: string, fields: Map<string, Map<string, Placed[]>>): void {
  const byText = fields.get(name) ?? new Map<string, Placed[]>();
  fields.set(name, byText);
  const needs = new Map(policy.needs);
  const texts = needs.get(name) ?? new Set();
  needs.delete(name);
  const copy = { at: policy.at, needs, copies: policy.copies * texts.size };
  for (const text of texts) {
    const filed = byText.get(text);
    if (filed) filed.push(copy);
    else byText.set(text, [copy]);
  }
}
