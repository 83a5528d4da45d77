import { isObject, type JsonObject } from '../../json.ts';
import type { RoutingCriteria } from '../../routing/criteria.ts';
import type { Path } from '../../validation/problem.ts';
import { closestMatch } from '../../validation/suggestion.ts';

/** The parts of the contact view whose strings may stand in a route. */
export const VALUE_FIELDS = ['tags', 'attributes', 'segmentAttributes'] as const;

/** A string of the contact that stands in a route: `{tags.language}`. */
export interface RouteValue {
  readonly field: (typeof VALUE_FIELDS)[number];
  readonly name: string;
}

/** Where a string of the contact stands in criteria. */
export interface RoutePlace {
  readonly value: RouteValue;
  /** The position in the criteria, such as `Steps`, 0, `Expression`, `AttributeCondition`, `Value`. */
  readonly path: Path;
}

/** What stands for a string of the contact: for each object or list of criteria, by key. */
export type ValueMap = Map<unknown, Readonly<Record<string | number, RouteValue>>>;

export const VALUE_FORM = '{tags.name}, {attributes.name} or {segmentAttributes.name}';

const VALUE = /^\{(tags|attributes|segmentAttributes)\.(\S(?:.*\S)?)\}$/su;
const NEARLY = /^\{\s*\$?\.?\s*([a-z]+)\.(.+)\}$/isu;

/** The value that `{tags.language}` means; undefined for braces that hold something else. */
export function parseValue(text: string): RouteValue | undefined {
  const [, field, name] = VALUE.exec(text) ?? [];
  return field && name ? { field: field as RouteValue['field'], name } : undefined;
}

/** The text that was probably meant by braces that hold something else: `{tags.language}` for `{ tag.language }`. */
export function suggestValue(text: string): string | undefined {
  const [, word, name] = NEARLY.exec(text) ?? [];
  const field = word && closestMatch(word, VALUE_FIELDS);
  return field && name?.trim() ? `{${field}.${name.trim()}}` : undefined;
}

/** A value as it is written in a route. */
export function formatValue({ field, name }: RouteValue): string {
  return `{${field}.${name}}`;
}

/** Where strings of the contact stand in criteria, in the order of the text. */
export function placesIn(criteria: RoutingCriteria, values: ValueMap): RoutePlace[] {
  return placesUnder(criteria, [], values);
}

function placesUnder(node: unknown, path: Path, values: ValueMap): RoutePlace[] {
  if (!isObject(node) && !Array.isArray(node)) return [];
  const own = values.get(node);
  return Object.entries(node as JsonObject).flatMap(([name, member]) => {
    const key = Array.isArray(node) ? Number(name) : name;
    const at = [...path, key];
    const value = own?.[key];
    return value ? [{ value, path: at }] : placesUnder(member, at, values);
  });
}
