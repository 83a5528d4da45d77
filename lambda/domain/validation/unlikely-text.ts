import { lazy } from '../lazy.ts';

const INVISIBLE = /[\p{Cc}\p{Cf}\u2028\u2029]/u;
const WORDS = /\p{L}+/gu;
/** Letters of other alphabets that look like Latin ones. */
const LOOK_ALIKES = /[АВЕЅІЈКМНОРСТУХаеорсухѕіјΑΒΕΖΗΙΚΜΝΟΡΤΥΧονυ]/u;
const FULL_WIDTH = /[\uFF21-\uFF3A\uFF41-\uFF5A]/;
const OTHER_HYPHEN = /[\u2010\u2011\u2212]/;
const OTHER_SPACE = /[^\S ]/u;
const ODD_QUOTES = /^["'“”„‟‘’‚«»‹›].*["'“”„‟‘’‚«»‹›]$/su;

/** Characters as HTML, JSON and addresses write them, which are read here as they stand. */
const HTML_ENTITY =
  /&(?:amp|lt|gt|quot|apos|nbsp|szlig|euro|[a-z](?:uml|acute|grave|circ|tilde|cedil|ring|slash)|#\d{2,5}|#x[\da-f]{2,4});/i;
const BACKSLASH_ESCAPE = /\\(?:u[\da-f]{4}|x[\da-f]{2})/i;
const PERCENT_ESCAPE = /%(?:20|C3%[\dA-F]{2})/i;

/** The bytes of the characters that Windows-1252 has beyond Latin-1. */
const WINDOWS_1252 = lazy(
  (): ReadonlyMap<string, number> =>
    new Map(
      Array.from({ length: 32 }, (_, index) => 0x80 + index).map((byte) => [
        new TextDecoder('windows-1252').decode(Uint8Array.of(byte)),
        byte,
      ]),
    ),
);

/** The text of which the bytes in UTF-8 were read as Windows-1252, as `München` became `MÃ¼nchen`; undefined otherwise. */
function asUtf8(text: string): string | undefined {
  if (!/[\u0080-\uFFFF]/.test(text)) return undefined;
  const bytes = [...text].map((one) => WINDOWS_1252().get(one) ?? one.codePointAt(0) ?? 0);
  if (bytes.some((byte) => byte > 0xff)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes));
  } catch {
    return undefined;
  }
}

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
  const meant = asUtf8(text);
  if (meant !== undefined) {
    return `has letters that were read in another encoding. Write ${JSON.stringify(meant)}, and save the file as UTF-8.`;
  }
  if (HTML_ENTITY.test(text)) return 'has a character as HTML writes it. Write the character itself.';
  if (BACKSLASH_ESCAPE.test(text)) {
    return 'has an escape, which YAML reads only in double quotes. Write the character itself, or double quotes.';
  }
  if (PERCENT_ESCAPE.test(text))
    return 'has a character as an address writes it. Write the character itself.';
  if (/[\r\n]/.test(text)) {
    return 'has the end of a line in it. Write it on one line in quotes; in YAML, "|-" leaves the last one out.';
  }
  if (OTHER_SPACE.test(text)) return 'has a space that is not the plain one. Write a plain space, or none.';
  // A zero-width joiner is part of many emoji.
  if (INVISIBLE.test(text.replaceAll('\u200d', ''))) return 'has a character that nobody can see. Remove it.';
  if (isWhole && text !== text.trim()) return 'has a space at its beginning or end. Remove it.';
  if (isWhole && ODD_QUOTES.test(text)) {
    const inner = text.slice(1, -1).trim();
    return `has quotes that are part of the text. Put it in straight quotes alone: ${JSON.stringify(inner)}.`;
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
