import { parseCondition } from '../condition/parse.ts';
import { lazy } from '../lazy.ts';
import { policyFromCheckedSource } from '../policy/from-source.ts';
import { readIndex, writtenIndex } from '../policy/index/written-index.ts';
import type { Policy } from '../policy/policy.ts';
import type { PolicySet } from '../policy/policy-set.ts';
import { type BuiltPolicies, buildPolicies, calendarsInForce, type PolicyParts } from './build.ts';
import { CODE_FINGERPRINT } from './code-fingerprint.ts';
import type { CompiledConfiguration, PreparedPolicies } from './compiled.ts';

/** What functions need not work out again of the policies in force. */
export function preparePolicies(parts: PolicyParts): PreparedPolicies {
  const { policies: set, conditions, leftOut } = buildPolicies(parts);
  const { policies, policyAt: _policyAt, index, ...facts } = set;
  return {
    code: CODE_FINGERPRINT,
    order: placesOf(policies, parts.policies),
    facts,
    index: writtenIndex(index),
    conditions: placesOf(conditions, parts.conditions ?? []),
    leftOut,
  };
}

type Named = { readonly name: string };

function placesOf(some: readonly Named[], all: readonly Named[]): number[] {
  const places = new Map(all.map(({ name }, place) => [name, place]));
  return some.map(({ name }) => places.get(name) as number);
}

/**
 * The policies in force, and the conditions that they name. Where the same code has prepared them, a policy is built
 * when a contact is first tested against it; otherwise all are built now.
 */
export function policiesInForce(compiled: CompiledConfiguration): BuiltPolicies {
  const { prepared, conditions = [] } = compiled;
  if (prepared?.code !== CODE_FINGERPRINT) return buildPolicies(compiled);
  return {
    policies: publishedPolicySet(compiled, prepared),
    conditions: prepared.conditions.flatMap((place) => {
      const { name, source } = conditions[place] ?? { name: '', source: undefined };
      return parseCondition(name, source).condition ?? [];
    }),
    leftOut: prepared.leftOut,
  };
}

/** Builds what is asked for, once. */
function publishedPolicySet(
  { policies, calendars = [] }: PolicyParts,
  { order, facts, index }: PreparedPolicies,
): PolicySet {
  const built: Policy[] = [];
  const namedCalendars = lazy(() => calendarsInForce(calendars));
  const build = (at: number): Policy => {
    const part = policies[order[at] ?? -1];
    if (!part) throw new RangeError(`There is no policy at the place ${at}.`);
    return policyFromCheckedSource(part.name, part.source, namedCalendars(), part.agents);
  };
  const policyAt = (at: number): Policy => {
    const policy = built[at] ?? build(at);
    built[at] = policy;
    return policy;
  };
  return {
    ...facts,
    index: readIndex(index, policyAt),
    policyAt,
    get policies() {
      return order.map((_place, at) => policyAt(at));
    },
  };
}
