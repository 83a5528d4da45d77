import { isObject } from '../json.ts';
import type { Path, Problem } from '../validation/problem.ts';

/** A place of a draft that is free: `after: { try: [0s, 30s] }`. */
export interface FreePlace {
  /** Leads to the object with `try`. */
  readonly path: Path;
  /** What stands after `try`: a list, unless the draft is invalid. */
  readonly values: unknown;
}

/** The members of a policy in which `try` has no other meaning. Patterns may have attributes of that name. */
const TOP_LEVEL = ['precedence', 'rollout', 'target', 'steps'];

/**
 * The free places of a draft, in the order of its text. A draft is a policy for `escalator recommend`, in which
 * `{ try: [values] }` takes the place of times, priorities, ages and targets.
 */
export function freePlaces(value: unknown): FreePlace[] {
  if (!isObject(value)) return [];
  return TOP_LEVEL.flatMap((key) => placesIn(value[key], [key]));
}

/** A problem for each free place of a policy: a draft is no policy. */
export function draftProblems(value: unknown): Problem[] {
  return freePlaces(value).map(({ path }) => ({
    code: 'draft',
    path,
    message:
      'This is a draft: "try" marks what escalator recommend chooses. Let it choose and write the policy ' +
      '(escalator recommend SCENARIO --policies DRAFT --goals GOALS -o DIRECTORY), or write one value here.',
  }));
}

function placesIn(value: unknown, path: Path): FreePlace[] {
  if (Array.isArray(value)) return value.flatMap((item: unknown, index) => placesIn(item, [...path, index]));
  if (!isObject(value)) return [];
  if (Object.hasOwn(value, 'try')) return [{ path, values: value.try }];
  return Object.entries(value).flatMap(([key, member]) =>
    key === 'when' ? [] : placesIn(member, [...path, key]),
  );
}
