import type { Value } from './pattern.ts';

/**
 * Returns the value of an own property; undefined if there is none. Inherited properties are not part of an
 * event, so `constructor` and `__proto__` are keys like any other.
 */
export function ownProperty(node: object, key: string): Value | undefined {
  const value = (node as Readonly<Record<string, Value | undefined>>)[key];
  // Object.hasOwn is slower than the access. Objects inherit no scalars, so scalars do not need it.
  const isInheritable = typeof value === 'object' || typeof value === 'function';
  return !isInheritable || Object.hasOwn(node, key) ? value : undefined;
}
