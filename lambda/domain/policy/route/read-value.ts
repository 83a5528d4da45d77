import type { Clause } from './clauses.ts';
import type { ReportProblem } from './problem.ts';
import type { Token } from './tokenize.ts';
import { parseValue, type RouteValue, suggestValue, VALUE_FORM } from './values.ts';

/** The string of the contact that braces in a route stand for. Reports braces that hold something else. */
export function readValue(
  { text, column }: Token,
  { context }: Pick<Clause, 'context'>,
  report: ReportProblem,
): RouteValue | undefined {
  const value = parseValue(text);
  if (context && value) return value;
  const allowed = context
    ? `${VALUE_FORM}, or the whole text in quotes if it has braces`
    : 'the text itself, since values of the contact stand only in the routes of policies';
  report('route-value', column, text, allowed, context && suggestValue(text));
  return undefined;
}
