import { isObject } from '../json.ts';
import { holdsInLists } from './lists.ts';
import { own } from './own.ts';
import type { Pattern, Rule, Test, Value, Way } from './pattern.ts';

/**
 * Whether an event matches a pattern. Never throws. What is no object matches only a pattern that asks nothing.
 *
 * A field is looked up directly; only lists that hold objects or lists take the longer way of `lists.ts`.
 */
export function matches(pattern: Pattern, event: unknown): boolean {
  for (const rule of pattern.rules) {
    if (rule.length === 0 || (isObject(event) && holds(rule, event))) return true;
  }
  return false;
}

function holds(rule: Rule, event: Readonly<Record<string, unknown>>): boolean {
  let inLists = false;
  for (const field of rule) {
    const outcome = lookUp(event, field.ways, field.test);
    if (outcome === IN_LISTS) inLists = true;
    else if (outcome !== WANTED && (outcome !== ABSENT || !field.absent)) return false;
  }
  return !inLists || holdsInLists(event, rule);
}

/** What was found of a field, from least to most. */
const ABSENT = 0;
const UNWANTED = 1;
const IN_LISTS = 2;
const WANTED = 3;

function lookUp(node: object, ways: readonly Way[], test: Test): number {
  let most = ABSENT;
  for (const { key, next } of ways) {
    const value = own(node, key);
    if (value === undefined) continue;
    const outcome = next ? lookInside(value, next, test) : lookAt(value, test);
    if (outcome === WANTED) return WANTED;
    if (outcome > most) most = outcome;
  }
  return most;
}

function lookInside(value: Value, ways: readonly Way[], test: Test): number {
  if (typeof value !== 'object' || value === null) return ABSENT;
  return Array.isArray(value) ? IN_LISTS : lookUp(value, ways, test);
}

/** A list has the values that stand in it; an object has none. */
function lookAt(value: Value, test: Test): number {
  if (typeof value !== 'object' || value === null) return test(value) ? WANTED : UNWANTED;
  if (!Array.isArray(value)) return ABSENT;
  let most = ABSENT;
  for (const element of value) {
    if (typeof element !== 'object' || element === null) {
      if (test(element)) return WANTED;
      most = Math.max(most, UNWANTED);
    } else if (Array.isArray(element)) {
      most = IN_LISTS;
    }
  }
  return most;
}
