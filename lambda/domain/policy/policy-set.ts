import { fieldsUnder, type Pattern, pathsUnder } from '../pattern/index.ts';
import { buildPolicyIndex, type PolicyIndex } from './index/policy-index.ts';
import { type Policy, valuesIn } from './policy.ts';
import type { RouteValue } from './route/values.ts';

/** The policies in effect. */
export interface PolicySet {
  /** In order of evaluation, without the policies whose mode is `off`. */
  readonly policies: readonly Policy[];
  /** Finds the policies that could govern a contact. */
  readonly index: PolicyIndex;
  /** The names of all attributes that the policies mention. No other attributes are stored. */
  readonly attributeNames: readonly string[];
  /** The names among them that enforcing policies mention: only these are worth a question of their own. */
  readonly enforcedAttributeNames: readonly string[];
  /** The names of all tags that the policies mention. */
  readonly tagNames: readonly string[];
  /** The segment attributes that the policies mention, and what of their maps, such as `auth.Status`. */
  readonly segmentAttributePaths: readonly string[];
  /** The patterns that mention signals. Without any it does not matter which ones a queue has. */
  readonly signalPatterns: readonly Pattern[];
  /** True where some pattern mentions the name of the queue: names are looked up only then. */
  readonly namesQueues: boolean;
  /** True where some enforcing policy leaves out steps for which no agent is staffed: figures are read only then. */
  readonly skipsUnstaffed: boolean;
  /** True where some pattern mentions `recentContacts`: the contacts of customers are counted only then. */
  readonly countsContacts: boolean;
}

/** What policies name, and may therefore be stored. */
export type StoredNames = Pick<PolicySet, 'tagNames' | 'segmentAttributePaths'>;

/** Creates a policy set. The order of evaluation is by precedence, then by name. */
export function createPolicySet(policies: Iterable<Policy>): PolicySet {
  const ordered = [...policies]
    .filter((policy) => policy.mode !== 'off')
    .sort((a, b) => a.precedence - b.precedence || (a.name < b.name ? -1 : 1));
  return {
    policies: ordered,
    index: buildPolicyIndex(ordered),
    attributeNames: collectNames(ordered, 'attributes'),
    enforcedAttributeNames: collectNames(
      ordered.filter(({ mode }) => mode === 'enforce'),
      'attributes',
    ),
    tagNames: collectNames(ordered, 'tags'),
    segmentAttributePaths: collectNames(ordered, 'segmentAttributes', pathsUnder),
    signalPatterns: patternsOf(ordered).filter(namesField('signals')),
    namesQueues: ordered.some(({ queueNameIn }) => queueNameIn !== undefined),
    skipsUnstaffed: ordered.some(({ mode, skipUnstaffed }) => mode === 'enforce' && skipUnstaffed === true),
    countsContacts: patternsOf(ordered).some(namesField('recentContacts')),
  };
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
