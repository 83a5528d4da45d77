const INVISIBLE = /[\p{Cc}\p{Cf}\u2028\u2029]/u;
const OTHER_SPACE = /[^\S ]/u;
const ODD_QUOTES = /^["'“”„‟‘’‚«»‹›].*["'“”„‟‘’‚«»‹›]$/su;

/**
 * What is odd about a text that a person would not see, and what to write instead; undefined for an ordinary text.
 *
 * @param isWhole - false for a part of a text, such as a prefix, which may begin or end with a space.
 */
export function unlikelyText(text: string, isWhole: boolean): string | undefined {
  if (text.includes('\uFFFD')) {
    return 'has a replacement character where a letter was lost. Save the file as UTF-8, and write the letter again.';
  }
  if (!text.isWellFormed()) return 'has half of a character. Write the whole character.';
  if (OTHER_SPACE.test(text)) return 'has a space that is not the plain one. Write a plain space, or none.';
  // A zero-width joiner is part of many emoji.
  if (INVISIBLE.test(text.replaceAll('\u200d', ''))) return 'has a character that nobody can see. Remove it.';
  if (isWhole && text !== text.trim()) return 'has a space at its beginning or end. Remove it.';
  if (isWhole && text.length > 1 && ODD_QUOTES.test(text)) {
    return 'has quotes that are part of the text. Put it in straight quotes alone: "gold".';
  }
  if (text !== text.normalize('NFC')) {
    return 'has letters with separate accents, which differ from the usual ones. Type the text again.';
  }
  return undefined;
}
