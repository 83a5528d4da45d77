/**
 * A text to be compared without regard to case, as Event Ruler reads it: for each UTF-16 unit its lower-case and its
 * upper-case form, either of which fits. So `ß` fits `ß` and `SS`, and `ſ` fits `ſ` and `S` but not `s`.
 *
 * A character beyond the Basic Multilingual Plane, such as an emoji, is two units, and half of a character has no
 * encoding but `?`. So such a text fits question marks and not itself; that is what Event Ruler does.
 *
 * Source: `EqualsIgnoreCaseParser` in Event Ruler.
 */
export interface FoldedText {
  readonly lower: readonly string[];
  readonly upper: readonly string[];
}

/** The folded form of a text. */
export function foldCase(text: string): FoldedText {
  const units = text.split('').map((unit) => (/[\uD800-\uDFFF]/.test(unit) ? '?' : unit));
  return {
    lower: units.map((unit) => unit.toLowerCase()),
    upper: units.map((unit) => unit.toUpperCase()),
  };
}

/** Where in `text` the folded text ends that it starts with, or -1. Neither form of a unit begins with the other. */
function prefixEnd(text: string, { lower, upper }: FoldedText): number {
  let at = 0;
  for (let index = 0; index < lower.length; index++) {
    const small = lower[index] as string;
    const large = upper[index] as string;
    if (text.startsWith(small, at)) at += small.length;
    else if (text.startsWith(large, at)) at += large.length;
    else return -1;
  }
  return at;
}

/** Whether `text` begins with the folded text. */
export function startsWithFolded(text: string, folded: FoldedText): boolean {
  return prefixEnd(text, folded) !== -1;
}

/** Whether `text` as a whole fits the folded text. */
export function equalsFolded(text: string, folded: FoldedText): boolean {
  return prefixEnd(text, folded) === text.length;
}

/** Whether `text` ends with the folded text. */
export function endsWithFolded(text: string, { lower, upper }: FoldedText): boolean {
  let end = text.length;
  for (let index = lower.length - 1; index >= 0; index--) {
    const small = lower[index] as string;
    const large = upper[index] as string;
    if (text.endsWith(small, end) && small.length <= end) end -= small.length;
    else if (text.endsWith(large, end) && large.length <= end) end -= large.length;
    else return false;
  }
  return true;
}
