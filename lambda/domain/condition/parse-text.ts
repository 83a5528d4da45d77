import { type LocatedProblem, readDocument, withReadings } from '../validation/document.ts';
import { parameterNameProblems } from '../validation/parameter-name-problem.ts';
import type { Condition } from './condition.ts';
import { parseCondition } from './parse.ts';

/** A valid condition, or all problems in the order of the text. */
export type ConditionTextResult =
  | { readonly condition: Condition; readonly problems: readonly [] }
  | { readonly condition?: undefined; readonly problems: readonly LocatedProblem[] };

/**
 * Parses a condition in JSON or YAML. Never throws; reports every problem at once.
 *
 * @param name - the last part of the parameter's name: lower-case letters, digits and hyphens.
 */
export function parseConditionText(name: string, text: string): ConditionTextResult {
  const document = readDocument(text);
  if (document.problems.length > 0) return { problems: document.problems };
  const { condition, problems } = parseCondition(name, document.value);
  const located = [...parameterNameProblems('condition', name), ...problems].map(document.locate);
  const all = withReadings(located, document.readings);
  return condition && all.length === 0 ? { condition, problems: [] } : { problems: all };
}
