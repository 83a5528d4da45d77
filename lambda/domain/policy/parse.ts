import { DEFAULT_SETTINGS, type Settings } from '../settings.ts';
import { inTextOrder, type LocatedProblem, readDocument } from '../validation/document.ts';
import { type PolicyResult, policyFromSource } from './from-source.ts';

/** A valid policy, or all problems in the order of the text. */
export type ParsedPolicy = PolicyResult<LocatedProblem>;

/**
 * Parses and compiles a policy in JSON or YAML. Never throws; reports every problem at once.
 *
 * @param name - the last part of the parameter's name: lower-case letters, digits and hyphens.
 * @param settings - the settings in force: the routing lag decides when a step with `by` is reached.
 */
export function parsePolicy(name: string, text: string, settings: Settings = DEFAULT_SETTINGS): ParsedPolicy {
  const document = readDocument(text);
  if (document.problems.length > 0) return { problems: document.problems };
  const result = policyFromSource(name, document.value, settings);
  if (result.policy) return result;
  return { ...result, problems: inTextOrder(result.problems.map(document.locate)) };
}
