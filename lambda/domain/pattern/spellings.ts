import type { Spelling } from './pattern.ts';

/**
 * The spellings of fields, by name. Many patterns use few fields, and shared memory is more often in the CPU
 * cache.
 */
const sharedSpellings = new Map<string, readonly Spelling[]>();
const MAX_SHARED = 1_000;

/** Returns the spellings of a field: an event may join any number of consecutive steps in one key. */
export function spellingsOf(steps: readonly string[]): readonly Spelling[] {
  const name = steps.join('.');
  const spellings = sharedSpellings.get(name) ?? enumerateSpellings(steps);
  if (sharedSpellings.size < MAX_SHARED) sharedSpellings.set(name, spellings);
  return spellings;
}

function enumerateSpellings(steps: readonly string[]): readonly Spelling[] {
  const spellingsFrom: (readonly Spelling[])[] = [];
  for (let start = steps.length - 1; start >= 0; start--) {
    spellingsFrom[start] = steps.slice(start).map((_, index) => ({
      key: steps.slice(start, start + index + 1).join('.'),
      next: spellingsFrom[start + index + 1],
    }));
  }
  return spellingsFrom[0] ?? [];
}
