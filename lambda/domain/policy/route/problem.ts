import { createProblem, type Path, type Problem } from '../../validation/problem.ts';

/**
 * What may be wrong with the text of a step beside what {@link routingCriteriaProblems} finds:
 * `route-condition` (a condition is missing), `route-keyword` (something else where and, or, not, for or agents is
 * due), `route-attribute` (a name, a value or the colon between them), `route-operator`, `route-level`,
 * `route-expiry` (`for` and its duration), `route-agents`, `route-parenthesis` and `route-quote`.
 */
export type RouteProblemCode =
  | 'route-condition'
  | 'route-keyword'
  | 'route-attribute'
  | 'route-operator'
  | 'route-level'
  | 'route-expiry'
  | 'route-agents'
  | 'route-parenthesis'
  | 'route-quote';

/** A problem and the column of the step's text that it is at, counted from 1. */
export interface RouteProblem {
  readonly column: number;
  readonly problem: Problem;
}

/** Notes a problem of a step's text; `found` is undefined where something is missing. */
export type ReportProblem = (
  code: RouteProblemCode,
  column: number,
  found: string | undefined,
  allowed: string,
  suggestion?: string,
) => void;

/** A {@link ReportProblem} that adds to a list of problems. */
export function collectProblems(problems: RouteProblem[], path: Path): ReportProblem {
  return (code, column, found, allowed, suggestion) => {
    problems.push(withColumn(column, createProblem(code, path, found, allowed, suggestion)));
  };
}

/** The problem with its column in the message: `Column 18: found "≥"; expected …`. */
export function withColumn(column: number, { message, ...rest }: Problem): RouteProblem {
  const sentence = message.charAt(0).toLowerCase() + message.slice(1);
  return { column, problem: { ...rest, message: `Column ${column}: ${sentence}` } };
}
