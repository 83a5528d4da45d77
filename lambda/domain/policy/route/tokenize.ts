/** A piece of the short form of routing criteria. */
export interface Token {
  /** `keyword` is and, or, not and for in any case; `operator` is a run of signs such as `>=`; `other` fits nowhere. */
  readonly kind:
    | 'word'
    | 'quoted'
    | 'keyword'
    | 'colon'
    | 'comma'
    | 'operator'
    | 'range'
    | 'parenthesis'
    | 'other';
  /** As it is written. */
  readonly text: string;
  /** What it says: a keyword in lower case, a quoted text without its quotes, anything else as it is written. */
  readonly value: string;
  /** Where it starts in the text, counted from 1. */
  readonly column: number;
}

/** What splits or turns conditions. As part of a name or a value each of them stands in quotes. */
export const KEYWORDS: readonly string[] = ['and', 'or', 'not', 'for'];

const TOKEN = new RegExp(
  [
    /(?<quoted>"(?:[^"\\]|\\.)*")/,
    /(?<colon>:)/,
    /(?<comma>,)/,
    /(?<range>\.{2,}|…)/,
    /(?<parenthesis>[()])/,
    /(?<operator>[<>=≥≤≠!]+)/,
    /(?<word>(?:(?!\.\.)[^\s":,…()<>=≥≤≠!;“”„])+)/,
    /(?<other>\S)/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'gsu',
);

/** Splits a text into tokens; never throws. Quotes that are never closed, or hold a wrong escape, are `other`. */
export function tokenize(text: string): Token[] {
  return Array.from(text.matchAll(TOKEN), (match) => {
    const [kind = 'other'] =
      Object.entries(match.groups ?? {}).find(([, found]) => found !== undefined) ?? [];
    return toToken(kind as Token['kind'], match[0], match.index + 1);
  });
}

function toToken(kind: Token['kind'], text: string, column: number): Token {
  if (kind === 'quoted') {
    const value = unquote(text);
    return value === undefined ? { kind: 'other', text, value: text, column } : { kind, text, value, column };
  }
  const lower = text.toLowerCase();
  return kind === 'word' && KEYWORDS.includes(lower)
    ? { kind: 'keyword', text, value: lower, column }
    : { kind, text, value: text, column };
}

/** Quotes and escapes are those of JSON. */
function unquote(text: string): string | undefined {
  try {
    return String(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** The part of the source that the tokens, which follow on each other, were read from. */
export function sourceText(source: string, tokens: readonly Token[]): string {
  const first = tokens[0];
  const last = tokens.at(-1);
  return first && last ? source.slice(first.column - 1, last.column - 1 + last.text.length) : '';
}
