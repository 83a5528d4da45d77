import type { Value } from './pattern.ts';

/**
 * The value under a key of an object itself. What every object inherits is no part of an event, so `constructor` and
 * `__proto__` are keys like any other.
 */
export function ownProperty(node: object, key: string): Value | undefined {
  const value = (node as Readonly<Record<string, Value | undefined>>)[key];
  // No object inherits a scalar, and asking whose a value is takes longer than finding it.
  const isInheritable = typeof value === 'object' || typeof value === 'function';
  return !isInheritable || Object.hasOwn(node, key) ? value : undefined;
}
