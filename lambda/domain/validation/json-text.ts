/** A place in a text that is meant as JSON, at which it stops being one JSON document. */
export interface JsonFault {
  readonly kind: 'comment' | 'second-value';
  readonly offset: number;
  /** What stands there: the comment, or the beginning of the second value. */
  readonly found: string;
}

/** Strings, comments and brackets. Quotes that are not closed take the rest of their line. */
const PART = /"(?:[^"\\\n]|\\.)*"?|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|[{}[\]]/g;
const MAX_FOUND = 40;

/** True for a text that is meant as JSON: it begins with a bracket, after comments of JavaScript if any. */
export function isMeantAsJson(text: string): boolean {
  return /^\s*(?:\/\/[^\n]*\n\s*|\/\*[\s\S]*?\*\/\s*)*[{[]/.test(text);
}

/**
 * The first comment of JavaScript, or the first value after the end of the first one, in a text that is meant as JSON;
 * undefined where there is neither. YAML finds an error in each line after such a place.
 */
export function jsonFault(text: string): JsonFault | undefined {
  let depth = 0;
  let end: number | undefined;
  for (const { 0: part, index } of text.matchAll(PART)) {
    if (end !== undefined && /\S/.test(text.slice(end, index).replace(/[\s,;]+/g, ''))) return undefined;
    const isComment = part.startsWith('/');
    if (isComment && /^[\s{}[\],:"]?$/.test(text.charAt(index - 1))) {
      return { kind: 'comment', offset: index, found: part.trim().slice(0, MAX_FOUND) };
    }
    if (end !== undefined) {
      return { kind: 'second-value', offset: index, found: text.slice(index, index + MAX_FOUND) };
    }
    if (part === '{' || part === '[') depth += 1;
    if (part === '}' || part === ']') depth -= 1;
    if (depth === 0) end = index + 1;
  }
  return undefined;
}

/** The text with spaces in place of the comments of JavaScript. */
export function withoutComments(text: string): string {
  return text.replaceAll(PART, (part) => (part.startsWith('/') ? part.replaceAll(/\S/g, ' ') : part));
}
