/** A JSON value that has no parts. */
export type Scalar = string | number | boolean | null;

/** A JSON value. */
export type Value = Scalar | object;

/** Decides about one value of an event. */
export type ValueTest = (value: Scalar) => boolean;

/**
 * One key under which the rest of a field's name may be found. `next` is undefined where the name ends.
 *
 * Event Ruler joins the keys on the way to a value with dots, in patterns and in events alike, so `a.b` is found
 * both as `{"a":{"b":…}}` and as `{"a.b":…}`.
 */
export interface Spelling {
  readonly key: string;
  readonly next: readonly Spelling[] | undefined;
}

/** What a pattern asks of one field of the event. */
export interface Field {
  /** The keys joined with dots. */
  readonly name: string;
  /** The keys as the pattern has them. */
  readonly keys: readonly string[];
  readonly spellings: readonly Spelling[];
  /** Whether one of the field's values is wanted. */
  readonly test: ValueTest;
  /** Present where `test` wants one of these texts and nothing else. */
  readonly exactTexts?: readonly string[];
  /** Whether the field may be absent: `{"exists": false}`. */
  readonly mayBeAbsent: boolean;
}

/** Fields that must hold together, ordered by name. */
export type Rule = readonly Field[];

/** A checked and compiled pattern. Opaque: made by `compilePattern`, asked with `matches`. */
export interface Pattern {
  /** The event must satisfy one of them: every `$or` is multiplied out, as Event Ruler does. */
  readonly rules: readonly Rule[];
}

/** The pattern that matches every event. */
export const EVERYTHING: Pattern = { rules: [[]] };

/**
 * The names that stand directly under a top-level key, those in `$or` branches included, sorted and each once:
 * `['tier']` for the key `attributes` and the pattern `{"attributes":{"tier":["gold"]}}`.
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
 * The pattern without what it says about a top-level key, in `$or` branches too. It matches whatever the original
 * could match for some value of that key, and {@link EVERYTHING} when nothing is left.
 */
export function withoutField(pattern: Pattern, key: string): Pattern {
  const rules = pattern.rules.map((rule) =>
    rule.filter(({ name }) => name !== key && !name.startsWith(`${key}.`)),
  );
  return rules.some((rule) => rule.length === 0) ? EVERYTHING : { rules };
}
