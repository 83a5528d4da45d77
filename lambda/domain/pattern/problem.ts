import { isObject } from '../json.ts';
/** Keys and list indexes that lead from the top of a pattern to a place in it. */
export type PatternPath = readonly (string | number)[];

/** One thing that is wrong with a pattern. */
export interface PatternProblem {
  /** Stable name of the kind of problem, such as `unknown-operator`. */
  readonly code: string;
  /** Where in the pattern it is. */
  readonly path: PatternPath;
  /** For people: what was found, what is allowed and what to write instead. */
  readonly message: string;
  /** The offending value. */
  readonly found?: unknown;
  /** What may stand there. */
  readonly allowed?: string;
}

/** A place in the pattern under check, and the list that its problems are added to. */
export interface Cursor {
  readonly path: PatternPath;
  readonly problems: PatternProblem[];
}

/** The place that lies `steps` further in. */
export function child(place: Cursor, ...steps: PatternPath): Cursor {
  return { path: [...place.path, ...steps], problems: place.problems };
}

/** Adds a problem found at `place`. Returns undefined, so that a check can end with it. */
export function addProblem(place: Cursor, problem: Omit<PatternProblem, 'path'>): undefined {
  place.problems.push({ path: place.path, ...problem });
}

const MAX_SHOWN_LENGTH = 60;

/** A value as a message shows it: short whatever its size, and never walked into, so that its depth is no danger. */
export function describeValue(value: unknown): string {
  if (typeof value === 'string') {
    return JSON.stringify(value.length > MAX_SHOWN_LENGTH ? `${value.slice(0, MAX_SHOWN_LENGTH)}…` : value);
  }
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (isObject(value)) return Object.keys(value).length === 0 ? 'an empty object' : 'an object';
  return value === undefined ? 'nothing' : String(value);
}
