import { ownProperty } from './own-property.ts';
import type { Field, Rule, Scalar, Spelling, Value } from './pattern.ts';

/**
 * Matches a rule on an event with lists of objects, with array consistency: one element of a list must match
 * all fields of the rule in that list. `{"a":{"x":[1],"y":[2]}}` matches `{"a":[{"x":1,"y":2}]}` and not
 * `{"a":[{"x":1},{"y":2}]}`.
 *
 * Event Ruler processes the fields in order of their names. The first field that matches in an element
 * selects this element for the fields after it. So a field that must be absent must be absent from the whole
 * list if it comes before the selection, and only from the selected element if it comes after it. Values
 * directly in a list select no element.
 */
export function matchesInLists(event: object, rule: Rule): boolean {
  return matchFields(
    event,
    rule.map((field) => ({ field, spellings: field.spellings })),
    false,
    0,
  );
}

/**
 * A field to match, and the spellings of the rest of its name; undefined if the current value is the field's
 * value.
 */
interface PendingField {
  readonly field: Field;
  readonly spellings: readonly Spelling[] | undefined;
}

/**
 * The maximum depth of nested lists. Deeper lists never match, so that no event exhausts the stack or takes
 * long.
 */
const MAX_LIST_DEPTH = 64;

/**
 * Returns whether a value matches all fields.
 *
 * @param fields - in order of their names.
 * @param firstIsPresent - true if the first field is to select this value, so it must be present in it.
 */
function matchFields(
  value: Value,
  fields: readonly PendingField[],
  firstIsPresent: boolean,
  depth: number,
): boolean {
  const present: PendingField[] = [];
  for (const pending of fields) {
    if (isPresent(value, pending.spellings, depth)) present.push(pending);
    else if (!pending.field.mayBeAbsent || (firstIsPresent && pending === fields[0])) return false;
  }
  const [first, ...others] = present;
  if (first === undefined) return true;
  if (isScalar(value)) return first.field.test(value);
  if (!Array.isArray(value)) return matchFieldsInObject(value, present, depth);
  const matchesHere = () => value.some((element) => isScalar(element) && first.field.test(element));
  if (first.spellings === undefined && matchesHere() && matchFields(value, others, false, depth)) return true;
  return value.some((element) => !isScalar(element) && matchFields(element, present, true, depth + 1));
}

/**
 * Matches fields that are present below each key of an object separately, because values below different keys share no
 * list. If an event has two spellings of a field, such as `{"a":[{"b":1}]}` and `{"a.b":2}`, the one with
 * more keys counts.
 */
function matchFieldsInObject(node: object, fields: readonly PendingField[], depth: number): boolean {
  const byKey = Map.groupBy(
    fields.map(({ field, spellings = [] }) => ({
      field,
      // The field is present, so that one of its spellings leads to a value.
      spelling: spellings.find((spelling) => leadsToValue(node, spelling, depth)) as Spelling,
    })),
    ({ spelling }) => spelling.key,
  );
  for (const [key, group] of byKey) {
    const inner = group.map(({ field, spelling }) => ({ field, spellings: spelling.next }));
    if (!matchFields(ownProperty(node, key) as Value, inner, false, depth)) return false;
  }
  return true;
}

/** True if the value contains a value of the field. */
function isPresent(value: Value, spellings: readonly Spelling[] | undefined, depth: number): boolean {
  if (isScalar(value)) return spellings === undefined;
  if (Array.isArray(value)) {
    return depth < MAX_LIST_DEPTH && value.some((element) => isPresent(element, spellings, depth + 1));
  }
  return spellings?.some((spelling) => leadsToValue(value, spelling, depth)) === true;
}

function leadsToValue(node: object, spelling: Spelling, depth: number): boolean {
  const value = ownProperty(node, spelling.key);
  return value !== undefined && isPresent(value, spelling.next, depth);
}

function isScalar(value: Value): value is Scalar {
  return typeof value !== 'object' || value === null;
}
