import type { Path, Problem } from '../validation/problem.ts';

/** A position in the pattern under validation, and the list that collects its problems. */
export interface Cursor {
  readonly path: Path;
  readonly problems: Problem[];
  /** A pattern of the kind that is meant, for messages. */
  readonly example: string;
}

/** Whether a problem is that there is no pattern at all: another value than an object, or one without fields. */
export function isOfEmptyPattern({ code, path }: Problem): boolean {
  return path.length === 0 && (code === 'not-an-object' || code === 'empty-object');
}

/** The position `steps` further in. */
export function child(cursor: Cursor, ...steps: Path): Cursor {
  return { ...cursor, path: [...cursor.path, ...steps] };
}

/** Adds a problem at the cursor. Returns undefined, so that a check can end with it. */
export function addProblem(cursor: Cursor, problem: Omit<Problem, 'path'>): undefined {
  cursor.problems.push({ path: cursor.path, ...problem });
}
