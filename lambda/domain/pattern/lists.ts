import { ownProperty } from './own-property.ts';
import type { Field, Rule, Scalar, Spelling, Value } from './pattern.ts';

/**
 * Matching through lists of objects, with array consistency: the fields of a rule that lie in one list must be met
 * by one element of it. `{"a":{"x":[1],"y":[2]}}` matches `{"a":[{"x":1,"y":2}]}` and not `{"a":[{"x":1},{"y":2}]}`.
 *
 * Event Ruler goes through the fields in the order of their names. The first one that is met by an element settles
 * which element counts from then on. So a field that must be absent must be so in the whole list if it comes before
 * that one, and only in that element if it comes after. Values that stand in a list directly settle nothing.
 */
export function matchesInLists(event: object, rule: Rule): boolean {
  return matchFields(
    event,
    rule.map((field) => ({ field, spellings: field.spellings })),
    false,
    0,
  );
}

/** A field that is still to be met, and the ways that lead to it from here; undefined when it is here. */
interface PendingField {
  readonly field: Field;
  readonly spellings: readonly Spelling[] | undefined;
}

/** Lists in lists deeper than this are not looked into, so that no event exhausts the stack or the time. */
const MAX_LIST_DEPTH = 64;

/**
 * Whether `value` meets all that is wanted of it.
 *
 * @param wanted ordered by name.
 * @param firstIsPresent `value` is an element to be settled by the first of them, which must therefore be found in it.
 */
function matchFields(
  value: Value,
  wanted: readonly PendingField[],
  firstIsPresent: boolean,
  depth: number,
): boolean {
  const present: PendingField[] = [];
  for (const one of wanted) {
    if (isPresent(value, one.spellings, depth)) present.push(one);
    else if (!one.field.mayBeAbsent || (firstIsPresent && one === wanted[0])) return false;
  }
  const [first, ...others] = present;
  if (first === undefined) return true;
  if (isScalar(value)) return first.field.test(value);
  if (!Array.isArray(value)) return matchFieldsInObject(value, present, depth);
  const isMetHere = () => value.some((element) => isScalar(element) && first.field.test(element));
  if (first.spellings === undefined && isMetHere() && matchFields(value, others, false, depth)) return true;
  return value.some((element) => !isScalar(element) && matchFields(element, present, true, depth + 1));
}

/**
 * What lies under different keys shares no list, so each key is a question of its own. Where an event spells one field
 * in two ways, as `{"a":[{"b":1}]}` and as `{"a.b":2}`, the one with more keys counts.
 */
function matchFieldsInObject(node: object, wanted: readonly PendingField[], depth: number): boolean {
  const byKey = Map.groupBy(
    wanted.map(({ field, spellings: ways = [] }) => ({
      field,
      way: ways.find((way) => leadsToValue(node, way, depth)),
    })),
    ({ way }) => way?.key ?? '',
  );
  for (const [key, group] of byKey) {
    const inner = group.map(({ field, way }) => ({ field, spellings: way?.next }));
    if (!matchFields(ownProperty(node, key) ?? null, inner, false, depth)) return false;
  }
  return true;
}

/** Whether any value of the field is to be found from here. */
function isPresent(value: Value, ways: readonly Spelling[] | undefined, depth: number): boolean {
  if (isScalar(value)) return ways === undefined;
  if (Array.isArray(value)) {
    return depth < MAX_LIST_DEPTH && value.some((element) => isPresent(element, ways, depth + 1));
  }
  return ways?.some((way) => leadsToValue(value, way, depth)) ?? false;
}

function leadsToValue(node: object, way: Spelling, depth: number): boolean {
  const value = ownProperty(node, way.key);
  return value !== undefined && isPresent(value, way.next, depth);
}

function isScalar(value: Value): value is Scalar {
  return typeof value !== 'object' || value === null;
}
