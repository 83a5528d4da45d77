import type { Path, Problem } from '../validation/problem.ts';

/** A position in the pattern under validation, and the list that collects its problems. */
export interface Cursor {
  readonly path: Path;
  readonly problems: Problem[];
}

/** The position `steps` further in. */
export function child(cursor: Cursor, ...steps: Path): Cursor {
  return { path: [...cursor.path, ...steps], problems: cursor.problems };
}

/** Adds a problem at the cursor. Returns undefined, so that a check can end with it. */
export function addProblem(cursor: Cursor, problem: Omit<Problem, 'path'>): undefined {
  cursor.problems.push({ path: cursor.path, ...problem });
}
