import { parseCondition } from '../condition/parse.ts';
import { policyFromCheckedSource } from '../policy/from-source.ts';
import type { PolicyIndex } from '../policy/index/policy-index.ts';
import { readIndex, writtenIndex } from '../policy/index/written-index.ts';
import type { Policy } from '../policy/policy.ts';
import type { PolicyFacts, PolicySet } from '../policy/policy-set.ts';
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
    policies: new PublishedPolicySet(compiled, prepared),
    conditions: prepared.conditions.flatMap((place) => {
      const { name, source } = conditions[place] ?? { name: '', source: undefined };
      return parseCondition(name, source).condition ?? [];
    }),
    leftOut: prepared.leftOut,
  };
}

/** Builds what is asked for, once. */
class PublishedPolicySet implements PolicySet {
  readonly index: PolicyIndex;
  readonly attributeNames: PolicyFacts['attributeNames'];
  readonly enforcedAttributeNames: PolicyFacts['enforcedAttributeNames'];
  readonly tagNames: PolicyFacts['tagNames'];
  readonly segmentAttributePaths: PolicyFacts['segmentAttributePaths'];
  readonly namesSignals: boolean;
  readonly namesQueues: boolean;
  readonly skipsUnstaffed: boolean;
  readonly countsContacts: boolean;
  readonly #parts: PolicyParts;
  readonly #order: readonly number[];
  readonly #built: Policy[] = [];
  #calendars: ReturnType<typeof calendarsInForce> | undefined;

  constructor(parts: PolicyParts, { order, facts, index }: PreparedPolicies) {
    this.#parts = parts;
    this.#order = order;
    this.index = readIndex(index, (at) => this.policyAt(at));
    this.attributeNames = facts.attributeNames;
    this.enforcedAttributeNames = facts.enforcedAttributeNames;
    this.tagNames = facts.tagNames;
    this.segmentAttributePaths = facts.segmentAttributePaths;
    this.namesSignals = facts.namesSignals;
    this.namesQueues = facts.namesQueues;
    this.skipsUnstaffed = facts.skipsUnstaffed;
    this.countsContacts = facts.countsContacts;
  }

  get policies(): readonly Policy[] {
    return this.#order.map((_place, index) => this.policyAt(index));
  }

  policyAt(index: number): Policy {
    const policy = this.#built[index] ?? this.#build(index);
    this.#built[index] = policy;
    return policy;
  }

  #build(index: number): Policy {
    const { policies, calendars = [] } = this.#parts;
    const part = policies[this.#order[index] ?? -1];
    this.#calendars ??= calendarsInForce(calendars);
    if (!part) throw new RangeError(`There is no policy at the place ${index}.`);
    return policyFromCheckedSource(part.name, part.source, this.#calendars, part.agents);
  }
}
