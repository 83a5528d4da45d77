import { createProblem, type Path, type Problem } from '../../validation/problem.ts';

/**
 * The problems of a step's text, in addition to those of {@link routingCriteriaProblems}: `route-condition`
 * (a missing condition), `route-keyword` (another word in place of and, or, not, for or agents),
 * `route-attribute` (the name, the value or the colon between them), `route-operator`, `route-level`,
 * `route-expiry` (`for` and its duration), `route-agents`, `route-value` (a string of the contact), `unknown-agent-list`,
 * `route-parenthesis` and `route-quote`.
 */
type RouteProblemCode =
  | 'route-condition'
  | 'route-keyword'
  | 'route-attribute'
  | 'route-operator'
  | 'route-level'
  | 'route-expiry'
  | 'route-agents'
  | 'route-value'
  | 'unknown-agent-list'
  | 'route-parenthesis'
  | 'route-quote';

/** A problem and its column in the step's text, counted from 1. */
export interface RouteProblem {
  readonly column: number;
  readonly problem: Problem;
}

/** Reports a problem of a step's text. `found` is undefined if something is missing. */
export type ReportProblem = (
  code: RouteProblemCode,
  column: number,
  found: string | undefined,
  allowed: string,
  suggestion?: string,
) => void;

/** Returns a {@link ReportProblem} that adds to a list of problems. */
export function collectProblems(problems: RouteProblem[], path: Path): ReportProblem {
  return (code, column, found, allowed, suggestion) => {
    problems.push(withColumn(column, createProblem(code, path, found, allowed, suggestion)));
  };
}

/** Adds the column to a problem's message: `Column 18: found "≥"; expected …`. */
export function withColumn(column: number, { message, ...rest }: Problem): RouteProblem {
  const sentence = message.charAt(0).toLowerCase() + message.slice(1);
  return { column, problem: { ...rest, message: `Column ${column}: ${sentence}` } };
}
