import { isObject, type JsonObject } from '../json.ts';
import type { Path } from './problem.ts';
import type { Check, Members, Schema, Shape } from './schema.ts';

/** A difference between a value and a schema. */
export type Issue = { readonly path: Path } & (
  | { readonly kind: 'unknown keys'; readonly keys: readonly string[] }
  | { readonly kind: 'type'; readonly expected: string; readonly message: string }
  | { readonly kind: 'value'; readonly values: readonly unknown[] }
  | {
      readonly kind: 'limit';
      readonly comparison: string;
      readonly limit: number;
      /** What the limit is about: the value of a number, or the length of a string or list. */
      readonly origin: string;
      readonly message: string;
    }
  | { readonly kind: 'refused'; readonly message: string }
);

/** The message of a schema or check that has no message of its own. */
export const DEFAULT_MESSAGE = 'Invalid input';

/** The differences between a value and a schema; none when the value is valid. A value of the wrong type has one. */
export function schemaIssues(schema: Schema<unknown>, value: unknown): Issue[] {
  const issues: Issue[] = [];
  compare(schema, value, [], issues);
  return issues;
}

/** Whether a schema accepts a value. */
export function accepts(schema: Schema<unknown>, value: unknown): boolean {
  return schemaIssues(schema, value).length === 0;
}

function compare(schema: Schema<unknown>, value: unknown, path: Path, issues: Issue[]): void {
  const { shape, form, checks } = schema;
  switch (shape.kind) {
    case 'optional':
      if (value !== undefined) compare(shape.inner, value, path, issues);
      return;
    case 'enum':
    case 'literal':
      if (!shape.values.some((one) => one === value)) {
        issues.push({ kind: 'value', path, values: shape.values });
      }
      return;
    default: {
      const expected = expectedType(shape, value);
      if (expected !== undefined) {
        issues.push({ kind: 'type', path, expected, message: form ?? DEFAULT_MESSAGE });
        return;
      }
      if (shape.kind === 'int' && !Number.isSafeInteger(value)) issues.push(inexact(value as number, path));
      compareParts(shape, value, path, issues);
      for (const check of checks) applyCheck(check, value, path, form, issues);
    }
  }
}

/** The name of the type that a value has not; undefined where it has it. */
function expectedType({ kind }: Shape, value: unknown): string | undefined {
  switch (kind) {
    case 'string':
    case 'boolean':
      return typeof value === kind ? undefined : kind;
    case 'number':
      return Number.isFinite(value) ? undefined : kind;
    case 'int':
      if (!Number.isFinite(value)) return 'number';
      return Number.isInteger(value) ? undefined : kind;
    case 'array':
      return Array.isArray(value) ? undefined : kind;
    case 'object':
    case 'record':
      return isObject(value) ? undefined : kind;
    default:
      return value === undefined ? 'nonoptional' : undefined;
  }
}

function inexact(value: number, path: Path): Issue {
  const [comparison, limit] =
    value > 0
      ? (['at most', Number.MAX_SAFE_INTEGER] as const)
      : (['at least', Number.MIN_SAFE_INTEGER] as const);
  return { kind: 'limit', path, comparison, limit, origin: 'number', message: DEFAULT_MESSAGE };
}

function compareParts(shape: Shape, value: unknown, path: Path, issues: Issue[]): void {
  if (shape.kind === 'array') {
    for (const [index, element] of (value as readonly unknown[]).entries()) {
      compare(shape.element, element, [...path, index], issues);
    }
  } else if (shape.kind === 'record') {
    for (const [key, one] of Object.entries(value as JsonObject)) {
      const at = [...path, key];
      if (accepts(shape.key, key)) compare(shape.value, one, at, issues);
      else issues.push({ kind: 'refused', path: at, message: DEFAULT_MESSAGE });
    }
  } else if (shape.kind === 'object') {
    compareMembers(shape, value as JsonObject, path, issues);
  }
}

function compareMembers(
  { members, isStrict }: { readonly members: Members; readonly isStrict: boolean },
  value: JsonObject,
  path: Path,
  issues: Issue[],
): void {
  for (const [name, member] of Object.entries(members)) {
    compare(member, Object.hasOwn(value, name) ? value[name] : undefined, [...path, name], issues);
  }
  if (!isStrict) return;
  const keys = Object.keys(value).filter((key) => !Object.hasOwn(members, key));
  if (keys.length > 0) issues.push({ kind: 'unknown keys', path, keys });
}

function applyCheck(
  check: Check<never>,
  value: unknown,
  path: Path,
  form: string | undefined,
  issues: Issue[],
): void {
  if (check.kind === 'refine') {
    if (check.holds(value as never)) return;
    const own = typeof check.form === 'function' ? check.form(value) : check.form;
    issues.push({ kind: 'refused', path, message: own ?? form ?? DEFAULT_MESSAGE });
    return;
  }
  const { kind: comparison, limit } = check;
  if (isWithin(comparison, measureOf(value, check.of), limit)) return;
  const origin = check.of === 'value' ? 'number' : Array.isArray(value) ? 'array' : 'string';
  issues.push({
    kind: 'limit',
    path,
    comparison,
    limit,
    origin,
    message: check.form ?? form ?? DEFAULT_MESSAGE,
  });
}

/** The characters of a string are counted as Unicode does: an emoji is one. */
function measureOf(value: unknown, of: 'value' | 'length'): number {
  if (of === 'value') return value as number;
  return typeof value === 'string' ? [...value].length : (value as readonly unknown[]).length;
}

function isWithin(
  comparison: 'at least' | 'at most' | 'more than' | 'less than',
  measure: number,
  limit: number,
) {
  switch (comparison) {
    case 'at least':
      return measure >= limit;
    case 'at most':
      return measure <= limit;
    case 'more than':
      return measure > limit;
    case 'less than':
      return measure < limit;
  }
}
