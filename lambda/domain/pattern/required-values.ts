import type { Pattern, Rule } from './pattern.ts';

/** By the name of a field (its keys joined with dots): the texts of which the field must have one. */
export type RequiredValues = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Returns the fields for which a pattern requires exact texts and nothing else. Every event that matches has
 * one of these texts in the field, directly or in a list.
 *
 * For an `$or`, the result includes only the fields of every branch, with the texts of all branches.
 * Operators and IP addresses, which have several notations, do not require exact texts.
 */
export function findRequiredValues(pattern: Pattern): RequiredValues {
  const [first = [], ...others] = pattern.rules;
  const required = requiredValuesOfRule(first);
  for (const rule of others) {
    const requiredByRule = requiredValuesOfRule(rule);
    for (const [name, texts] of required) {
      const more = requiredByRule.get(name);
      if (more) for (const text of more) texts.add(text);
      else required.delete(name);
    }
  }
  return required;
}

function requiredValuesOfRule(rule: Rule): Map<string, Set<string>> {
  const required = new Map<string, Set<string>>();
  for (const { name, exactTexts, mayBeAbsent } of rule) {
    if (exactTexts && !mayBeAbsent) required.set(name, new Set(exactTexts));
  }
  return required;
}
