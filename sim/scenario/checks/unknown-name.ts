import { createProblem, type Path, type Problem } from '../../../lambda/domain/validation/problem.ts';
import { closestMatch } from '../../../lambda/domain/validation/suggestion.ts';

/** The problem of a name that is none of those that are known. Where none is known, that is a problem of its own. */
export function unknownName(code: string, name: unknown, known: readonly unknown[], path: Path): Problem[] {
  if (typeof name !== 'string' || known.length === 0 || known.includes(name)) return [];
  const names = known.map(String);
  return [createProblem(code, path, name, `one of ${names.join(', ')}`, closestMatch(name, names))];
}
