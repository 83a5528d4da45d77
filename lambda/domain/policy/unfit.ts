import { shown } from '../pattern/problem.ts';
import { type Path, type Problem, problem } from '../problems.ts';

/** The problem of a value that is missing or of the wrong type. */
export function unfit(found: unknown, path: Path, allowed: string): Problem {
  if (found === undefined) return problem('missing', path, found, allowed);
  return {
    code: 'wrong-type',
    path,
    message: `Found ${shown(found)}; expected ${allowed}.`,
    found,
    allowed,
  };
}
