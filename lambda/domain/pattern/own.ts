import type { Value } from './pattern.ts';

/**
 * The value under a key of an object itself. What every object inherits is no part of an event, so `constructor` and
 * `__proto__` are keys like any other.
 */
export function own(node: object, key: string): Value | undefined {
  const value = (node as Readonly<Record<string, Value | undefined>>)[key];
  return value === undefined || Object.hasOwn(node, key) ? value : undefined;
}
