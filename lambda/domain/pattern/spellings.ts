import type { Spelling } from './pattern.ts';

/** The ways to fields that were asked for, by name: many patterns ask for few fields, and memory shared is found sooner. */
const sharedSpellings = new Map<string, readonly Spelling[]>();
const MAX_SHARED = 1_000;

/** The ways in which an event may spell a field: each number of steps may be joined in one key. */
export function spellingsOf(steps: readonly string[]): readonly Spelling[] {
  const name = steps.join('.');
  const ways = sharedSpellings.get(name) ?? enumerateSpellings(steps);
  if (sharedSpellings.size < MAX_SHARED) sharedSpellings.set(name, ways);
  return ways;
}

function enumerateSpellings(steps: readonly string[]): readonly Spelling[] {
  const onwards: (readonly Spelling[])[] = [];
  for (let start = steps.length - 1; start >= 0; start--) {
    onwards[start] = steps.slice(start).map((_, index) => ({
      key: steps.slice(start, start + index + 1).join('.'),
      next: onwards[start + index + 1],
    }));
  }
  return onwards[0] ?? [];
}
