import type { Calendars } from '../calendar/calendar.ts';
import { parseCalendar } from '../calendar/parse.ts';
import type { Condition } from '../condition/condition.ts';
import { parseCondition } from '../condition/parse.ts';
import { conditionsInUse } from '../condition/use.ts';
import { isObject } from '../json.ts';
import { policyFromValidSource } from '../policy/from-source.ts';
import type { Policy } from '../policy/policy.ts';
import { createPolicySet, type PolicySet, signalPatternsOf } from '../policy/policy-set.ts';
import type { CompiledConfiguration, LeftOutPolicy, NamedPart } from './compiled.ts';

/** The part of the compiled configuration of which policies are built. */
export type PolicyParts = Pick<CompiledConfiguration, 'policies' | 'calendars' | 'conditions'>;

export interface BuiltPolicies {
  readonly policies: PolicySet;
  /** Those that some policy names. */
  readonly conditions: readonly Condition[];
  readonly leftOut: readonly LeftOutPolicy[];
}

/**
 * The policies in force, and the conditions that they name. Policies that cannot be built are left out alone. Never
 * throws.
 */
export function buildPolicies({ policies, calendars = [], conditions = [] }: PolicyParts): BuiltPolicies {
  const built: Policy[] = [];
  const leftOut: LeftOutPolicy[] = [];
  const named = calendarsInForce(calendars);
  for (const part of policies) {
    const { name } = part;
    const { policy, problems } = policyInForce(part, named);
    if (policy) built.push(policy);
    else leftOut.push({ name, reason: problems[0]?.message ?? '' });
  }
  const set = createPolicySet(built);
  return { policies: set, conditions: builtConditions(conditions, set), leftOut };
}

/** The conditions that some policy of a set names. */
function builtConditions(
  conditions: readonly Pick<NamedPart, 'name' | 'source'>[],
  policies: PolicySet,
): Condition[] {
  return conditionsInUse(conditions, signalPatternsOf(policies.policies)).flatMap(
    ({ name, source }) => parseCondition(name, source).condition ?? [],
  );
}

/**
 * The policy of a source that was valid when it was compiled. Never throws.
 *
 * It is not checked against the settings: a change of the settings never takes away a policy that is in force.
 *
 * @param calendars - those that it may name. Default: none.
 */
export function policyInForce(
  { name, source, agents }: Pick<NamedPart, 'name' | 'source' | 'agents'>,
  calendars?: Calendars,
): { readonly policy?: Policy; readonly problems: readonly { readonly message: string }[] } {
  if (!isObject(source)) return { problems: [{ message: 'It is not an object.' }] };
  try {
    return policyFromValidSource(name, source, calendars, agents);
  } catch (error) {
    return {
      problems: [{ message: error instanceof Error ? `${error.name}: ${error.message}` : typeof error }],
    };
  }
}

/**
 * The calendars that policies may name. Never throws.
 *
 * @param calendars - without a source: there is such a parameter, and no version of it is valid.
 */
export function calendarsInForce(calendars: readonly Pick<NamedPart, 'name' | 'source'>[]): Calendars {
  return new Map(
    calendars.map(({ name, source }) => {
      const { calendar } = parseCalendar(source, []);
      return [name, calendar && { ...calendar, name }];
    }),
  );
}
