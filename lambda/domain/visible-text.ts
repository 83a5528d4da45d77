/**
 * What a terminal acts on instead of showing it: the control characters of C0 and C1 but for tab and line feed, among
 * them those that begin an escape sequence or return to the start of the line; what changes the direction of text, so
 * that it reads otherwise than it is; and the line ends of Unicode.
 *
 * https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters
 */
const HIDDEN = /(?![\t\n])[\p{Cc}\p{Bidi_Control}\u2028\u2029]/gu;

/**
 * The text as a terminal may show it, from any author: what a terminal would act on stands there as `\u001b` and the
 * like. That is how JSON writes it, so JSON remains the same JSON.
 */
export function visibleText(text: string): string {
  return text.replaceAll(HIDDEN, escaped);
}

/** The same within one line: a line feed stands there as `\n`, so that no value looks like a line of its own. */
export function visibleLine(text: string): string {
  return visibleText(text).replaceAll('\n', '\\n');
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
