import { fieldsUnder, type Pattern, pathsUnder } from '../pattern/index.ts';
import { buildPolicyIndex, type PolicyIndex } from './index/policy-index.ts';
import { type Policy, valuesIn } from './policy.ts';
import type { RouteValue } from './route/values.ts';

/** The policies in effect, in order of evaluation, without those whose mode is `off`. */
export interface PolicySet extends PolicyFacts {
  /** All of them. Where they were published, each must be built for this: what decides asks for one after another. */
  readonly policies: readonly Policy[];
  /**
   * The policy at a place in {@link policies}, as the index finds it.
   *
   * @param index - from 0.
   */
  policyAt(index: number): Policy;
  /** Finds the policies that could govern a contact. */
  readonly index: PolicyIndex;
}

/** What is asked of the policies together: plain JSON. */
export interface PolicyFacts {
  /** The names of all attributes that the policies mention. No other attributes are stored. */
  readonly attributeNames: readonly string[];
  /** The names among them that enforcing policies mention: only these are worth a question of their own. */
  readonly enforcedAttributeNames: readonly string[];
  /** The names of all tags that the policies mention. */
  readonly tagNames: readonly string[];
  /** The segment attributes that the policies mention, and what of their maps, such as `auth.Status`. */
  readonly segmentAttributePaths: readonly string[];
  /** True where some pattern mentions signals. Otherwise it does not matter which ones a queue has. */
  readonly namesSignals: boolean;
  /** True where some pattern mentions the name of the queue: names are looked up only then. */
  readonly namesQueues: boolean;
  /** True where some enforcing policy leaves out steps for which no agent is staffed: figures are read only then. */
  readonly skipsUnstaffed: boolean;
  /** True where some pattern mentions `recentContacts`: the contacts of customers are counted only then. */
  readonly countsContacts: boolean;
}

/** What policies name, and may therefore be stored. */
export type StoredNames = Pick<PolicyFacts, 'tagNames' | 'segmentAttributePaths'>;

/** Creates a policy set. The order of evaluation is by precedence, then by name. */
export function createPolicySet(policies: Iterable<Policy>): PolicySet {
  const ordered = [...policies]
    .filter((policy) => policy.mode !== 'off')
    .sort((a, b) => a.precedence - b.precedence || (a.name < b.name ? -1 : 1));
  const patterns = patternsOf(ordered);
  return {
    policies: ordered,
    policyAt: (index) => ordered[index] as Policy,
    index: buildPolicyIndex(ordered),
    attributeNames: collectNames(ordered, 'attributes'),
    enforcedAttributeNames: collectNames(
      ordered.filter(({ mode }) => mode === 'enforce'),
      'attributes',
    ),
    tagNames: collectNames(ordered, 'tags'),
    segmentAttributePaths: collectNames(ordered, 'segmentAttributes', pathsUnder),
    namesSignals: patterns.some(namesField('signals')),
    namesQueues: ordered.some(({ queueNameIn }) => queueNameIn !== undefined),
    skipsUnstaffed: ordered.some(({ mode, skipUnstaffed }) => mode === 'enforce' && skipUnstaffed === true),
    countsContacts: patterns.some(namesField('recentContacts')),
  };
}

/** The patterns of policies that mention signals. */
export function signalPatternsOf(policies: Iterable<Policy>): Pattern[] {
  const inEffect = [...policies].filter(({ mode }) => mode !== 'off');
  return patternsOf(inEffect).filter(namesField('signals'));
}

function collectNames(
  policies: readonly Policy[],
  key: RouteValue['field'],
  namesUnder: (pattern: Pattern, key: string) => string[] = fieldsUnder,
): string[] {
  const names = patternsOf(policies).flatMap((pattern) => namesUnder(pattern, key));
  const inRoutes = policies.flatMap(({ steps }) => valuesIn(steps, key));
  return [...new Set([...names, ...inRoutes])].sort();
}

function patternsOf(policies: readonly Policy[]): Pattern[] {
  return policies.flatMap(({ match, steps }) =>
    [match, ...steps.map(({ condition }) => condition)].filter((pattern) => pattern !== undefined),
  );
}

function namesField(name: string) {
  return ({ rules }: Pattern) => rules.some((rule) => rule.some((field) => field.name === name));
}
