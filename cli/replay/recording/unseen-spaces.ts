/**
 * The characters that stand for a space in texts from web pages and word processors, or that nobody sees. JSON has none
 * of them between its tokens: only space, tab, CR and LF.
 */
const UNSEEN = /[\v\f\u0085\u00a0\u1680\u2000-\u200d\u2028\u2029\u202f\u205f\u2060\u3000\ufeff]/;

/** @param code - of a UTF-16 unit. */
export function isUnseenSpace(code: number): boolean {
  return code === 11 || code === 12 || (code > 0x7f && UNSEEN.test(String.fromCharCode(code)));
}

/**
 * JSON with plain spaces between its tokens. What stands in its strings stays as it is.
 *
 * @returns undefined when it has no others.
 */
export function withPlainSpaces(json: string): string | undefined {
  if (!UNSEEN.test(json)) return undefined;
  let text = '';
  let from = 0;
  let isInString = false;
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at);
    if (isInString && code === 92) at += 1;
    else if (code === 34) isInString = !isInString;
    else if (!isInString && isUnseenSpace(code)) {
      text += `${json.slice(from, at)} `;
      from = at + 1;
    }
  }
  return text + json.slice(from);
}
