import type { Pattern, Rule } from './pattern.ts';

/** By the name of a field, its keys joined with dots, the texts one of which it must have. */
export type RequiredValues = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * The fields that a pattern asks for exact texts and for nothing else: whatever matches has one of these texts there,
 * by itself or in a list.
 *
 * Of an `$or` only what every branch asks counts, with the texts of all branches. Operators ask for no exact text, and
 * neither does an IP address, which an event may write in several ways.
 */
export function findRequiredValues(pattern: Pattern): RequiredValues {
  const [first = [], ...others] = pattern.rules;
  const needs = requiredValuesOfRule(first);
  for (const rule of others) {
    const more = requiredValuesOfRule(rule);
    for (const [name, texts] of needs) {
      const united = more.get(name);
      if (united) for (const text of united) texts.add(text);
      else needs.delete(name);
    }
  }
  return needs;
}

function requiredValuesOfRule(rule: Rule): Map<string, Set<string>> {
  const needs = new Map<string, Set<string>>();
  for (const { name, exactTexts, mayBeAbsent: absent } of rule) {
    if (exactTexts && !absent) needs.set(name, new Set(exactTexts));
  }
  return needs;
}
