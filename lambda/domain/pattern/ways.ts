import type { Way } from './pattern.ts';

/** The ways to fields that were asked for, by name: many patterns ask for few fields, and memory shared is found sooner. */
const shared = new Map<string, readonly Way[]>();
const MOST_SHARED = 1_000;

/** The ways in which an event may spell a field: each number of steps may be joined in one key. */
export function waysThrough(steps: readonly string[]): readonly Way[] {
  const name = steps.join('.');
  const ways = shared.get(name) ?? spell(steps);
  if (shared.size < MOST_SHARED) shared.set(name, ways);
  return ways;
}

function spell(steps: readonly string[]): readonly Way[] {
  const onwards: (readonly Way[])[] = [];
  for (let start = steps.length - 1; start >= 0; start--) {
    onwards[start] = steps.slice(start).map((_, index) => ({
      key: steps.slice(start, start + index + 1).join('.'),
      next: onwards[start + index + 1],
    }));
  }
  return onwards[0] ?? [];
}
