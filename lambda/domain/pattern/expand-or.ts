import type { Field, Rule } from './pattern.ts';

/** An entry of a pattern, in source order: a field, or the branches of an `$or`. */
export type PatternEntry =
  | { readonly field: Field }
  | { readonly branches: readonly (readonly PatternEntry[])[] };

/** Returns the number of rules that {@link expandOr} creates; Infinity beyond the range of numbers. */
export function countCombinations(entries: readonly PatternEntry[]): number {
  let count = 1;
  for (const entry of entries) {
    if ('field' in entry) continue;
    count *= entry.branches.reduce((sum, branch) => sum + countCombinations(branch), 0);
  }
  return count;
}

/**
 * Expands every `$or` into rules.
 *
 * Where a field occurs twice in a rule, the last occurrence counts, as in Event Ruler: in
 * `{"a": [1], "$or": [{"a": [2]}, {"b": [3]}]}` the first branch requires `a` to be 2, not 1 and 2.
 */
export function expandOr(entries: readonly PatternEntry[]): Rule[] {
  return extendRules([new Map()], entries).map((fields) =>
    // The order matters for lists of objects with fields that must be absent, see `lists.ts`.
    [...fields.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
  );
}

function extendRules(rules: Map<string, Field>[], entries: readonly PatternEntry[]): Map<string, Field>[] {
  let extended = rules;
  for (const entry of entries) {
    if ('field' in entry) {
      const { field } = entry;
      for (const fields of extended) fields.set(field.name, { ...field, replaces: fields.get(field.name) });
    } else {
      const before = extended;
      extended = entry.branches.flatMap((branch) =>
        extendRules(
          before.map((fields) => new Map(fields)),
          branch,
        ),
      );
    }
  }
  return extended;
}
