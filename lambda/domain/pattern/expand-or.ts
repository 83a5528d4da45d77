import type { Field, Rule } from './pattern.ts';

/** A part of a checked pattern, in the order in which it is written. */
export type PatternEntry =
  | { readonly field: Field }
  | { readonly branches: readonly (readonly PatternEntry[])[] };

/** How many rules {@link expandOr} makes; infinite when there are more than can be counted. */
export function countCombinations(entries: readonly PatternEntry[]): number {
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
export function expandOr(entries: readonly PatternEntry[]): Rule[] {
  return extendRules([new Map()], entries).map((fields) =>
    // The order counts where lists of objects meet fields that must be absent, see `lists.ts`.
    [...fields.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
  );
}

function extendRules(rules: Map<string, Field>[], entries: readonly PatternEntry[]): Map<string, Field>[] {
  let extended = rules;
  for (const entry of entries) {
    if ('field' in entry) {
      for (const fields of extended) fields.set(entry.field.name, entry.field);
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
