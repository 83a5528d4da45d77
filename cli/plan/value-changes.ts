import { durationSeconds } from '../../lambda/domain/duration.ts';
import { canonicalJson, isObject } from '../../lambda/domain/json.ts';
import { formatExpected, formatValue } from '../wording/pattern-words.ts';

/**
 * How a value changes by its meaning, in words: one sentence for each member that differs. The order of a list of single
 * values does not matter, nor whether a duration is written `60s` or `1m`.
 *
 * @param label - what the value is called, such as `routingLag`. Empty for a whole document.
 * @param before - undefined: there is none.
 * @param after - undefined: there is none any more.
 */
export function valueChanges(label: string, before: unknown, after: unknown): string[] {
  if (meaningOf(before) === meaningOf(after)) return [];
  if (before === undefined) return [`${label} is added: ${formatContent(after)}`];
  if (after === undefined) return [`${label} is removed (was ${formatContent(before)})`];
  if (isObject(before) && isObject(after)) {
    return unionOf(Object.keys(before), Object.keys(after)).flatMap((key) =>
      valueChanges(label === '' ? key : `${label}.${key}`, ownMember(before, key), ownMember(after, key)),
    );
  }
  if (isListOfScalars(before) && isListOfScalars(after)) return listChanges(label, before, after);
  return [`${label} ${formatContent(after)}, was ${formatContent(before).replace(/^is /, '')}`];
}

/** A text that two values share if they mean the same. */
function meaningOf(value: unknown): string {
  return canonicalJson(normalized(value)) ?? '';
}

/** The names in the order of the first list, then those that only the second one has. */
export function unionOf(before: readonly string[], after: readonly string[]): string[] {
  return [...new Set([...before, ...after])];
}

/** The member of a document by its key, never one that every object inherits. */
export function ownMember(holder: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(holder, key) ? holder[key] : undefined;
}

function normalized(value: unknown): unknown {
  if (typeof value === 'string') return durationSeconds(value) ?? value;
  if (isListOfScalars(value)) return [...value.map(normalized)].sort(byText);
  if (Array.isArray(value)) return value.map(normalized);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, normalized(member)]));
}

function byText(a: unknown, b: unknown): number {
  const [first, second] = [String(a), String(b)];
  return first < second ? -1 : first > second ? 1 : 0;
}

function listChanges(label: string, before: readonly unknown[], after: readonly unknown[]): string[] {
  const has = (list: readonly unknown[], value: unknown) =>
    list.some((one) => meaningOf(one) === meaningOf(value));
  const added = after.filter((value) => !has(before, value));
  const removed = before.filter((value) => !has(after, value));
  // Lists that share nothing, and repeats alone, are shown whole.
  if (added.length === after.length || added.length + removed.length === 0) {
    return [`${label} ${formatValue(after)}, was ${formatValue(before)}`];
  }
  const parts = [
    ...(added.length > 0 ? [`gains ${formatValue(added)}`] : []),
    ...(removed.length > 0 ? [`loses ${formatValue(removed)}`] : []),
  ];
  return [`${label} ${parts.join(' and ')}`];
}

function isListOfScalars(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.every((one) => typeof one !== 'object' || one === null);
}

/** A value of a document as people read it: of an object each member, such as `from enqueued, in office-hours`. */
export function formatContent(value: unknown): string {
  // A pattern as what it asks for.
  if (Array.isArray(value) && value.some(isObject)) return formatExpected(value);
  if (!isObject(value)) return formatValue(value);
  const members = Object.entries(value);
  if (members.length === 0) return 'nothing';
  // A list has commas of its own.
  const isFlat = members.every(([, member]) => typeof member !== 'object' || member === null);
  return members
    .map(
      ([key, member]) => `${key} ${isObject(member) ? `(${formatContent(member)})` : formatContent(member)}`,
    )
    .join(isFlat ? ', ' : '; ');
}
