const INVISIBLE = /[\p{Cc}\p{Cf}\u2028\u2029]/u;
const WORDS = /\p{L}+/gu;
/** Letters of other alphabets that look like Latin ones. */
const LOOK_ALIKES = /[АВЕЅІЈКМНОРСТУХаеорсухѕіјΑΒΕΖΗΙΚΜΝΟΡΤΥΧονυ]/u;
const FULL_WIDTH = /[\uFF21-\uFF3A\uFF41-\uFF5A]/;
const OTHER_HYPHEN = /[\u2010\u2011\u2212]/;
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
  if (/[\r\n]/.test(text)) {
    return 'has the end of a line in it. Write it on one line in quotes; in YAML, "|-" leaves the last one out.';
  }
  if (OTHER_SPACE.test(text)) return 'has a space that is not the plain one. Write a plain space, or none.';
  // A zero-width joiner is part of many emoji.
  if (INVISIBLE.test(text.replaceAll('\u200d', ''))) return 'has a character that nobody can see. Remove it.';
  if (isWhole && text !== text.trim()) return 'has a space at its beginning or end. Remove it.';
  if (isWhole && text.length > 1 && ODD_QUOTES.test(text)) {
    return 'has quotes that are part of the text. Put it in straight quotes alone: "gold".';
  }
  if (OTHER_HYPHEN.test(text)) return 'has a hyphen that is not the plain one. Write a plain hyphen.';
  const words = text.match(WORDS) ?? [];
  if (words.some((word) => /[a-z]/i.test(word) && (LOOK_ALIKES.test(word) || FULL_WIDTH.test(word)))) {
    return 'has a letter of another alphabet that looks like a usual one. Type the word again.';
  }
  if (text !== text.normalize('NFC')) {
    return 'has letters with separate accents, which differ from the usual ones. Type the text again.';
  }
  return undefined;
}
