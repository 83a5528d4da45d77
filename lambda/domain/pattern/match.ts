import { isObject } from '../json.ts';
import { matchesInLists } from './lists.ts';
import { ownProperty } from './own-property.ts';
import type { Pattern, Rule, Spelling, Value, ValueTest } from './pattern.ts';

/**
 * Whether an event matches a pattern. Never throws. What is no object matches only a pattern that asks nothing.
 *
 * A field is looked up directly; only lists that hold objects or lists take the longer way of `lists.ts`.
 */
export function matches(pattern: Pattern, event: unknown): boolean {
  for (const rule of pattern.rules) {
    if (rule.length === 0 || (isObject(event) && matchesRule(rule, event))) return true;
  }
  return false;
}

function matchesRule(rule: Rule, event: Readonly<Record<string, unknown>>): boolean {
  let inLists = false;
  for (const field of rule) {
    const outcome = lookUp(event, field.spellings, field.test);
    if (outcome === IN_LISTS) inLists = true;
    else if (outcome !== MATCH && (outcome !== ABSENT || !field.mayBeAbsent)) return false;
  }
  return !inLists || matchesInLists(event, rule);
}

/** What was found of a field, from least to most. */
const ABSENT = 0;
const MISMATCH = 1;
const IN_LISTS = 2;
const MATCH = 3;

function lookUp(node: object, ways: readonly Spelling[], test: ValueTest): number {
  let most = ABSENT;
  for (const { key, next } of ways) {
    const value = ownProperty(node, key);
    if (value === undefined) continue;
    const outcome = next ? lookInside(value, next, test) : testValue(value, test);
    if (outcome === MATCH) return MATCH;
    if (outcome > most) most = outcome;
  }
  return most;
}

function lookInside(value: Value, ways: readonly Spelling[], test: ValueTest): number {
  if (typeof value !== 'object' || value === null) return ABSENT;
  return Array.isArray(value) ? IN_LISTS : lookUp(value, ways, test);
}

/** A list has the values that stand in it; an object has none. */
function testValue(value: Value, test: ValueTest): number {
  if (typeof value !== 'object' || value === null) return test(value) ? MATCH : MISMATCH;
  if (!Array.isArray(value)) return ABSENT;
  let most = ABSENT;
  for (const element of value) {
    if (typeof element !== 'object' || element === null) {
      if (test(element)) return MATCH;
      most = Math.max(most, MISMATCH);
    } else if (Array.isArray(element)) {
      most = IN_LISTS;
    }
  }
  return most;
}
