/** A JSON value other than a list or an object. */
export type Scalar = string | number | boolean | null;

/** A JSON value. */
export type Value = Scalar | object;

/** Tests one value of an event. */
export type ValueTest = (value: Scalar) => boolean;

/**
 * A key with which an event may spell the start of a field's name, and the spellings of the rest; `next` is
 * undefined at the end of the name.
 *
 * Event Ruler joins the keys of nested objects with dots, in patterns and in events, so the field `a.b` is
 * both `{"a":{"b":…}}` and `{"a.b":…}`.
 */
export interface Spelling {
  readonly key: string;
  readonly next: readonly Spelling[] | undefined;
}

/** The requirement of a pattern on one field of the event. */
export interface Field {
  /** The keys joined with dots. */
  readonly name: string;
  /** The keys in the pattern. */
  readonly keys: readonly string[];
  /** The position of the list of values in the pattern: the keys, and the branches of `$or`. */
  readonly path: readonly (string | number)[];
  /** The list of values as it is written. */
  readonly values: readonly unknown[];
  readonly spellings: readonly Spelling[];
  /** True for a value that satisfies the requirement. */
  readonly test: ValueTest;
  /** The only values that pass `test`, if these are all strings; otherwise undefined. */
  readonly exactTexts?: readonly string[];
  /** True if the field may be absent: `{"exists": false}`. */
  readonly mayBeAbsent: boolean;
  /** The field of the same name before it in the pattern, which has no effect beside this one. */
  readonly replaces?: Field;
}

/** Fields that must all match, in order of their names. */
export type Rule = readonly Field[];

/** A valid, compiled pattern. Opaque: `compilePattern` creates it, `matches` evaluates it. */
export interface Pattern {
  /** The event must match at least one rule. Every `$or` is expanded into rules, as in Event Ruler. */
  readonly rules: readonly Rule[];
}

/** The pattern that matches every event. */
export const EVERYTHING: Pattern = { rules: [[]] };

/**
 * Returns the names directly below a top-level key, including those in `$or` branches, sorted and without
 * duplicates: `['tier']` for the key `attributes` and the pattern `{"attributes":{"tier":["gold"]}}`.
 */
export function fieldsUnder(pattern: Pattern, key: string): string[] {
  const names = new Set<string>();
  for (const { keys } of pattern.rules.flat()) {
    const [top = '', second] = keys;
    if (top === key && second !== undefined) names.add(second);
    if (top.startsWith(`${key}.`)) names.add(top.slice(key.length + 1));
  }
  return [...names].sort();
}

/**
 * Returns the names of the fields below a top-level key, however deep, with dots between their keys:
 * `['auth.Status']` for the key `segmentAttributes` and the pattern `{"segmentAttributes":{"auth":{"Status":["ok"]}}}`.
 */
export function pathsUnder(pattern: Pattern, key: string): string[] {
  const below = pattern.rules.flat().filter(({ name }) => name.startsWith(`${key}.`));
  return [...new Set(below.map(({ name }) => name.slice(key.length + 1)))].sort();
}

/** The part of a pattern that matches only events which have a top-level key; undefined where no branch needs it. */
export function requiring(pattern: Pattern, key: string): Pattern | undefined {
  const rules = pattern.rules.filter((rule) =>
    rule.some(({ name, mayBeAbsent }) => name === key && !mayBeAbsent),
  );
  return rules.length === 0 ? undefined : { rules };
}

/**
 * Returns the pattern without its requirements on a top-level key, including those in `$or` branches. The
 * result matches every event that the original would match for some value of that key. It is {@link
 * EVERYTHING} if no requirement is left.
 */
export function withoutField(pattern: Pattern, key: string): Pattern {
  const rules = pattern.rules.map((rule) =>
    rule.filter(({ name }) => name !== key && !name.startsWith(`${key}.`)),
  );
  return rules.some((rule) => rule.length === 0) ? EVERYTHING : { rules };
}
