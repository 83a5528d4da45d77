import type { Calendars } from '../calendar/calendar.ts';
import { defined } from '../json.ts';
import { DEFAULT_SETTINGS, type Settings } from '../settings.ts';
import { type LocatedProblem, readDocument, withReadings } from '../validation/document.ts';
import type { Path } from '../validation/problem.ts';
import { type PolicyResult, policyFromSource } from './from-source.ts';
import type { Policy } from './policy.ts';
import { fromValidPolicy, type PartialPolicy } from './warnings/partial-policy.ts';

/** A valid policy, or all problems in the order of the text. */
export type ParsedPolicy = PolicyResult<LocatedProblem>;

/**
 * Parses and compiles a policy in JSON or YAML. Never throws; reports every problem at once.
 *
 * @param name - the last part of the parameter's name: lower-case letters, digits and hyphens.
 * @param settings - the settings in force: the routing lag decides when a step with `by` is reached.
 * @param calendars - those that the policy may name. Default: none.
 */
export function parsePolicy(
  name: string,
  text: string,
  settings: Settings = DEFAULT_SETTINGS,
  calendars?: Calendars,
): ParsedPolicy {
  const document = readDocument(text);
  if (document.problems.length > 0) return { problems: document.problems };
  const result = policyFromSource(name, document.value, settings, calendars);
  const readings = document.readings.filter(({ code, path }) => code !== 'number-form' || !isInPattern(path));
  if (result.policy && readings.length === 0) return result;
  const partial = result.policy ? partialOf(result.policy) : result.partial;
  const problems = withReadings(result.problems.map(document.locate), readings);
  return { problems, ...defined({ partial }) };
}

/** There are no warnings about a policy that is off. */
function partialOf(policy: Policy): PartialPolicy | undefined {
  return policy.mode === 'off' ? undefined : fromValidPolicy(policy);
}

/** A number in a pattern may be right or wrong, as its field decides: a warning says so. */
function isInPattern([top, , member]: Path): boolean {
  return top === 'match' || (top === 'steps' && member === 'when');
}
