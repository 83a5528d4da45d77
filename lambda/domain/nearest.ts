import { distance } from 'fastest-levenshtein';

/**
 * The known name that a misspelt one most likely means, or undefined when none is near. Case, hyphens and
 * underscores do not count, so `anythingBut` means `anything-but`.
 */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const written = letters(name);
  const [best] = known
    .map((candidate) => ({ candidate, meant: letters(candidate) }))
    // Names that differ too much in length cannot be near; a name of any size is dismissed at once.
    .filter(({ meant }) => Math.abs(written.length - meant.length) <= allowed(meant))
    .map(({ candidate, meant }) => ({ candidate, meant, edits: distance(written, meant) }))
    .sort((a, b) => a.edits - b.edits);
  return best && best.edits <= allowed(best.meant) ? best.candidate : undefined;
}

/** Letters that may be added, dropped or changed: two of five, as in `pasue` for `pause`. */
function allowed(meant: string): number {
  return Math.max(1, Math.floor(meant.length * 0.4));
}

function letters(name: string): string {
  return name.toLowerCase().replaceAll(/[-_\s]/g, '');
}
