/**
 * A text for comparisons that ignore case, as in Event Ruler: the lower-case and the upper-case form of each
 * UTF-16 code unit, either of which matches. So `ß` matches `ß` and `SS`, and `ſ` matches `ſ` and `S` but not
 * `s`.
 *
 * A character beyond the Basic Multilingual Plane, such as an emoji, has two code units. Event Ruler encodes
 * each of them as `?`, so a text with such a character matches question marks and not itself.
 *
 * Source: `EqualsIgnoreCaseParser` in Event Ruler.
 */
export interface FoldedText {
  readonly lower: readonly string[];
  readonly upper: readonly string[];
}

/** Folds a text. */
export function foldCase(text: string): FoldedText {
  const units = text.split('').map((unit) => (/[\uD800-\uDFFF]/.test(unit) ? '?' : unit));
  return {
    lower: units.map((unit) => unit.toLowerCase()),
    upper: units.map((unit) => unit.toUpperCase()),
  };
}

/**
 * Returns the length of the prefix of `text` that matches the folded text, or -1. Neither form of a code unit
 * is a prefix of the other form.
 */
function prefixEnd(text: string, { lower, upper }: FoldedText): number {
  let end = 0;
  for (let index = 0; index < lower.length; index++) {
    const lowerUnit = lower[index] as string;
    const upperUnit = upper[index] as string;
    if (text.startsWith(lowerUnit, end)) end += lowerUnit.length;
    else if (text.startsWith(upperUnit, end)) end += upperUnit.length;
    else return -1;
  }
  return end;
}

/** True if `text` starts with the folded text. */
export function startsWithFolded(text: string, folded: FoldedText): boolean {
  return prefixEnd(text, folded) !== -1;
}

/** True if `text` equals the folded text. */
export function equalsFolded(text: string, folded: FoldedText): boolean {
  return prefixEnd(text, folded) === text.length;
}

/** True if `text` ends with the folded text. */
export function endsWithFolded(text: string, { lower, upper }: FoldedText): boolean {
  let end = text.length;
  for (let index = lower.length - 1; index >= 0; index--) {
    const lowerUnit = lower[index] as string;
    const upperUnit = upper[index] as string;
    if (text.endsWith(lowerUnit, end)) end -= lowerUnit.length;
    else if (text.endsWith(upperUnit, end)) end -= upperUnit.length;
    else return false;
  }
  return true;
}
