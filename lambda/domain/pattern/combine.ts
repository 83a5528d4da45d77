import type { Field, Rule } from './pattern.ts';

/** A part of a checked pattern, in the order in which it is written. */
export type Entry = { readonly field: Field } | { readonly branches: readonly (readonly Entry[])[] };

/** How many rules {@link combine} makes; infinite when there are more than can be counted. */
export function countCombinations(entries: readonly Entry[]): number {
  let count = 1;
  for (const entry of entries) {
    if ('field' in entry) continue;
    count *= entry.branches.reduce((sum, branch) => sum + countCombinations(branch), 0);
  }
  return count;
}

/**
 * Multiplies every `$or` out into rules.
 *
 * A field that is mentioned twice on the way to a rule is asked for what was written last, as in Event Ruler: in
 * `{"a": [1], "$or": [{"a": [2]}, {"b": [3]}]}` the first branch wants `a` to be 2, not 1 and 2.
 */
export function combine(entries: readonly Entry[]): Rule[] {
  return extend([new Map()], entries).map((fields) =>
    // The order counts where lists of objects meet fields that must be absent, see `lists.ts`.
    [...fields.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
  );
}

function extend(rules: Map<string, Field>[], entries: readonly Entry[]): Map<string, Field>[] {
  let extended = rules;
  for (const entry of entries) {
    if ('field' in entry) {
      for (const fields of extended) fields.set(entry.field.name, entry.field);
    } else {
      const before = extended;
      extended = entry.branches.flatMap((branch) =>
        extend(
          before.map((fields) => new Map(fields)),
          branch,
        ),
      );
    }
  }
  return extended;
}
