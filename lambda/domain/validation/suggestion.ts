import { distance } from 'fastest-levenshtein';

/**
 * The known name that a misspelt one most likely means, or undefined when none is near. Case, hyphens and
 * underscores do not count, so `anythingBut` means `anything-but`.
 */
export function closestMatch(name: string, known: readonly string[]): string | undefined {
  const written = normalizeName(name);
  const [best] = known
    .map((candidate) => ({ candidate, meant: normalizeName(candidate) }))
    // Names that differ too much in length cannot be near; a name of any size is dismissed at once.
    .filter(({ meant }) => Math.abs(written.length - meant.length) <= maxEdits(meant))
    .map(({ candidate, meant }) => ({ candidate, meant, edits: distance(written, meant) }))
    .sort((a, b) => a.edits - b.edits);
  return best && best.edits <= maxEdits(best.meant) ? best.candidate : undefined;
}

/** Letters that may be added, dropped or changed: two of five, as in `pasue` for `pause`. */
function maxEdits(meant: string): number {
  return Math.max(1, Math.floor(meant.length * 0.4));
}

function normalizeName(name: string): string {
  return name.toLowerCase().replaceAll(/[-_\s]/g, '');
}
