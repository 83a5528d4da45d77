import { lazy } from '../lazy.ts';

/** A digit with what groups digits before it. */
const GROUPED_DIGIT = String.raw`[\s().\-/_]*\d`;

/** Text that is a telephone number, however it is grouped. */
const PHONE = String.raw`[+(]?\d[\s().\-/_\d]{5,22}`;

/** What follows a number: an extension by any name, such as `ext. 12`, `x12`, `#12`, `;12` or `Durchwahl 12`. */
const EXTENSION = String.raw`[\s;,]*(?:[#*;,]+|\p{L}{1,12})[.=:\s]*\d{1,8}#?`;

/** What is before it: a scheme, or what people call it. */
const LABEL = String.raw`(?:\p{L}{1,12}[:.]+(?://)?\s*){0,2}`;

const PATTERNS = lazy((): readonly RegExp[] => [
  new RegExp(`^${LABEL}${PHONE}(?:${EXTENSION})?$`, 'iu'),
  // In its international form, anywhere in a text.
  new RegExp(
    String.raw`(?:(?:^|[^\p{L}\p{N}_+])\+|(?:^|[\s:;,=(])00)[1-9](?:${GROUPED_DIGIT}){6,14}(?!\d)`,
    'u',
  ),
  // Called a number, anywhere in a text.
  new RegExp(
    String.raw`(?:^|[^\p{L}\p{N}])(?:tel|telefon|telephone|phone|mobile?|cell|fax|handy|call|callback|ruf)\b[\s:.#]*(?:at\s+|an\s+)?[+(]?\d(?:${GROUPED_DIGIT}){5,14}(?!\d)`,
    'iu',
  ),
  // URIs of numbers, of any length, and of people. https://www.rfc-editor.org/rfc/rfc3966, rfc3261
  /(?:^|[^\p{L}\p{N}])(?:tel|fax|sms|smsto|callto|whatsapp):(?:\/\/)?\s*[+(]?\d/iu,
  /(?:^|[^\p{L}\p{N}])(?:sips?|mailto|xmpp|facetime|skype):(?:\/\/)?\S/iu,
  // E-mail addresses in any script, also with blanks around the sign, and where it is written out.
  /\S@\S/,
  /\S\s*@\s*\S+\.\p{L}{2,}/u,
  /\S\s*[[({]\s*at\s*[\])}]\s*\S/i,
]);

/** True for text with what looks like a telephone number or an e-mail address in it. */
export function isPersonal(given: string): boolean {
  const text = plain(given);
  return PATTERNS().some((pattern) => pattern.test(text));
}

/**
 * The text in one way of writing: digits, signs and blanks of ASCII, and nothing that is not seen. All digits but 0 are
 * 1: no pattern tells them apart.
 */
function plain(given: string): string {
  return given
    .normalize('NFKC')
    .replaceAll(/%[0-7][\da-f]/gi, (encoded) => decodeURIComponent(encoded))
    .replaceAll(/&(?:#64|#x40|commat);/gi, '@')
    .replaceAll(/\p{Cf}/gu, '')
    .replaceAll(/\p{Nd}/gu, (digit) => (isZero(digit) ? '0' : '1'))
    .replaceAll(/[\p{Pd}\u2212\u30fc]/gu, '-')
    .replaceAll(/[\u00b7\u2022\u2219\u22c5\u30fb]/g, '.')
    .replaceAll(/[\u2044\u2215]/g, '/')
    .replaceAll(/\u2795/g, '+')
    .trim();
}

/** The ten digits of a script stand in a row, zero first. https://www.unicode.org/reports/tr44/#General_Category_Values */
function isZero(digit: string): boolean {
  return !/\p{Nd}/u.test(String.fromCodePoint(Number(digit.codePointAt(0)) - 1));
}
