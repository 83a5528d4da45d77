import { compileCondition } from '../condition/compile-condition.ts';
import type { ConditionSource } from '../condition/schema.ts';
import { lazy } from '../lazy.ts';
import { readIndex } from '../policy/index/written-index.ts';
import type { Policy } from '../policy/policy.ts';
import type { PolicySet } from '../policy/policy-set.ts';
import type { PolicySource } from '../policy/schema.ts';
import { readCalendar, readPolicy } from '../policy/written-policy.ts';
import type { BuiltPolicies, PolicyParts } from './build-policies.ts';
import { CODE_FINGERPRINT } from './code-fingerprint.ts';
import type { CompiledConfiguration, NamedPart, PreparedPolicies } from './compiled.ts';

/**
 * The policies in force, and the conditions that they name. A policy is built when a contact is first tested against it.
 *
 * @returns undefined where other code has prepared them: then `buildPolicies` builds all from their sources.
 */
export function preparedPolicies(compiled: CompiledConfiguration): BuiltPolicies | undefined {
  const { prepared, conditions = [] } = compiled;
  if (prepared?.code !== CODE_FINGERPRINT) return undefined;
  return {
    policies: publishedPolicySet(compiled, prepared),
    conditions: prepared.conditions.map((place) => {
      const { name, source } = conditions[place] as NamedPart;
      return compileCondition(name, source as ConditionSource);
    }),
    leftOut: prepared.leftOut,
  };
}

/** Builds what is asked for, once. */
function publishedPolicySet(
  { policies }: PolicyParts,
  { order, parsed, calendars, facts, index }: PreparedPolicies,
): PolicySet {
  const built: Policy[] = [];
  const namedCalendars = lazy(() => new Map(calendars.map(([name, text]) => [name, readCalendar(text)])));
  const build = (at: number): Policy => {
    const part = policies[order[at] as number];
    if (!part) throw new RangeError(`There is no policy at the place ${at}.`);
    const { name, source } = part;
    return readPolicy(name, source as PolicySource, parsed[at] as string, (calendar) =>
      namedCalendars().get(calendar),
    );
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
