import { addProblem, type Cursor } from './problem.ts';

/** The texts between the asterisks of a wildcard. A wildcard without an asterisk has only `first`. */
interface Wildcard {
  readonly first: string;
  readonly middle: readonly string[];
  readonly last: string | undefined;
}

/**
 * Parses a wildcard: `*` matches any text, including the empty one; `\*` and `\\` are an asterisk and a
 * backslash. Reports `**` and any other use of the backslash, as Event Ruler does.
 */
export function parseWildcard(cursor: Cursor, text: string): Wildcard | undefined {
  const parts: string[] = [];
  let part = '';
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    const following = text[at + 1];
    if (sign === '*') {
      if (following === '*') return reportBadWildcard(cursor, text, at, 'A single * matches any text.');
      parts.push(part);
      part = '';
    } else if (sign === '\\') {
      if (following !== '*' && following !== '\\') {
        return reportBadWildcard(cursor, text, at, 'Write \\* for an asterisk and \\\\ for a backslash.');
      }
      part += following;
      at++;
    } else {
      part += sign;
    }
  }
  const [first, ...middle] = parts;
  return first === undefined ? { first: part, middle, last: undefined } : { first, middle, last: part };
}

function reportBadWildcard(cursor: Cursor, text: string, at: number, advice: string): undefined {
  return addProblem(cursor, {
    code: 'bad-wildcard',
    message: `Found ${text.slice(at, at + 2)} at character ${at + 1}. ${advice}`,
    found: text,
    allowed: 'text with single * signs, and \\* or \\\\ for the signs themselves',
  });
}

/**
 * Returns whether a text matches a wildcard. Each part is searched for after the previous one. The earliest
 * occurrence never excludes a match, so there is no backtracking and no wildcard takes exponential time.
 */
export function matchesWildcard(text: string, { first, middle, last }: Wildcard): boolean {
  if (last === undefined) return text === first;
  const end = text.length - last.length;
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  let from = first.length;
  for (const part of middle) {
    const at = text.indexOf(part, from);
    if (at === -1) return false;
    from = at + part.length;
  }
  return from <= end;
}
