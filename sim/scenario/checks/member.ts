import { isObject } from '../../../lambda/domain/json.ts';

/** A member of a value that may be anything; undefined where there is none. */
export function member(holder: unknown, name: string): unknown {
  return isObject(holder) && Object.hasOwn(holder, name) ? holder[name] : undefined;
}

/** The entries of a value that may be anything; none unless it is a list. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
