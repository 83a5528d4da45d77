import { isObject } from '../json.ts';
import { matchesInLists } from './lists.ts';
import { ownProperty } from './own-property.ts';
import type { Pattern, Rule, Spelling, Value, ValueTest } from './pattern.ts';

/**
 * Returns whether an event matches a pattern. Never throws. A value that is not an object matches only a
 * pattern without requirements.
 *
 * Fields are looked up directly. Only lists that contain objects or lists take the slower path of `lists.ts`.
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
    const result = lookUp(event, field.spellings, field.test);
    if (result === IN_LISTS) inLists = true;
    else if (result !== MATCH && (result !== ABSENT || !field.mayBeAbsent)) return false;
  }
  return !inLists || matchesInLists(event, rule);
}

/** The results of a look-up, in ascending order of significance. */
const ABSENT = 0;
const MISMATCH = 1;
const IN_LISTS = 2;
const MATCH = 3;

function lookUp(node: object, spellings: readonly Spelling[], test: ValueTest): number {
  let best = ABSENT;
  for (const { key, next } of spellings) {
    const value = ownProperty(node, key);
    if (value === undefined) continue;
    const result = next ? lookInside(value, next, test) : testValue(value, test);
    if (result === MATCH) return MATCH;
    if (result > best) best = result;
  }
  return best;
}

function lookInside(value: Value, spellings: readonly Spelling[], test: ValueTest): number {
  if (typeof value !== 'object' || value === null) return ABSENT;
  return Array.isArray(value) ? IN_LISTS : lookUp(value, spellings, test);
}

/** Tests the value of a field: a scalar, or each scalar in a list. An object has no value. */
function testValue(value: Value, test: ValueTest): number {
  if (typeof value !== 'object' || value === null) return test(value) ? MATCH : MISMATCH;
  if (!Array.isArray(value)) return ABSENT;
  let best = ABSENT;
  for (const element of value) {
    if (typeof element !== 'object' || element === null) {
      if (test(element)) return MATCH;
      best = Math.max(best, MISMATCH);
    } else if (Array.isArray(element)) {
      best = IN_LISTS;
    }
  }
  return best;
}
