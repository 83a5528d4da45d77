import { describeValue } from '../pattern/problem.ts';
import { createProblem, type Path, type Problem } from './problem.ts';

/** The problem of a value that is missing or of the wrong type. */
export function typeProblem(found: unknown, path: Path, allowed: string): Problem {
  if (found === undefined) return createProblem('missing', path, found, allowed);
  return {
    code: 'wrong-type',
    path,
    message: `Found ${describeValue(found)}; expected ${allowed}.`,
    found,
    allowed,
  };
}
