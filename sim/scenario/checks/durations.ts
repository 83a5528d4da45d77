import { isObject } from '../../../lambda/domain/json.ts';
import { createProblem, type Path, type Problem } from '../../../lambda/domain/validation/problem.ts';

/** The problems of the distribution of a duration, such as handling. */
export function handlingProblems(handling: unknown, path: Path): Problem[] {
  if (!isObject(handling)) return [];
  const given = ['mean', 'variation', 'median', 'sigma', 'values'].filter(
    (name) => handling[name] !== undefined,
  );
  if (handling.distribution === 'exponential') {
    if (given.join(' ') === 'mean') return [];
    const allowed = 'mean alone with distribution: exponential, whose variation is 1';
    return [createProblem('handling', path, handling, allowed)];
  }
  if (handling.distribution !== undefined && handling.values !== undefined) {
    const allowed = 'values without distribution, or a mean';
    return [createProblem('handling', path, handling, allowed)];
  }
  const isAllowed = ['mean', 'mean variation', 'median sigma', 'values'].includes(given.join(' '));
  const allowed = 'mean (with variation, default 0.8), or median with sigma, or values';
  return isAllowed ? [] : [createProblem('handling', path, handling, allowed)];
}
