import { distance } from 'fastest-levenshtein';

/**
 * Returns the known name that is most similar to a misspelled one; undefined if none is similar. Case,
 * hyphens, underscores and spaces do not count, so `anythingBut` matches `anything-but`.
 */
export function closestMatch(name: string, known: readonly string[]): string | undefined {
  const normalized = normalizeName(name);
  const [best] = known
    .map((candidate) => ({ candidate, text: normalizeName(candidate) }))
    // Too great a difference in length rules a candidate out without a comparison, however long the name is.
    .filter(({ text }) => Math.abs(normalized.length - text.length) <= maxEdits(text))
    .map(({ candidate, text }) => ({ candidate, text, edits: distance(normalized, text) }))
    .sort((a, b) => a.edits - b.edits);
  return best && best.edits <= maxEdits(best.text) ? best.candidate : undefined;
}

/** The edits that a misspelling may have: two in five letters, as in `pasue` for `pause`. */
function maxEdits(name: string): number {
  return Math.max(1, Math.floor(name.length * 0.4));
}

function normalizeName(name: string): string {
  return name.toLowerCase().replaceAll(/[-_\s]/g, '');
}
