/** A token of the short form of routing criteria. */
export interface Token {
  /**
   * `keyword`: and, or, not or for, in any case. `operator`: a run of signs such as `>=`. `value`: in
   * braces, a string of the contact. `other`: never valid.
   */
  readonly kind:
    | 'word'
    | 'quoted'
    | 'keyword'
    | 'colon'
    | 'comma'
    | 'value'
    | 'operator'
    | 'range'
    | 'parenthesis'
    | 'other';
  /** The source text. */
  readonly text: string;
  /** A keyword in lower case, a quoted text without its quotes, any other token as its source text. */
  readonly value: string;
  /** The column at which the token starts, counted from 1. */
  readonly column: number;
}

/** The words that separate or negate conditions. A name or a value that contains one needs quotes. */
export const KEYWORDS: readonly string[] = ['and', 'or', 'not', 'for'];

const TOKEN = new RegExp(
  [
    /(?<quoted>"(?:[^"\\]|\\.)*")/,
    /(?<value>\{[^{}]*\})/,
    /(?<colon>:)/,
    /(?<comma>,)/,
    /(?<range>\.{2,}|…)/,
    /(?<parenthesis>[()])/,
    /(?<operator>[<>=≥≤≠!]+)/,
    /(?<word>(?:(?!\.\.)[^\s":,…(){}<>=≥≤≠!;“”„])+)/,
    /(?<other>\S)/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'gsu',
);

/** Splits a text into tokens. Never throws. Unclosed quotes and invalid escapes make an `other` token. */
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
  return KEYWORDS.includes(lower)
    ? { kind: 'keyword', text, value: lower, column }
    : { kind, text, value: text, column };
}

/** Removes the quotes and resolves the escapes, which are those of JSON. */
function unquote(text: string): string | undefined {
  try {
    return String(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Returns the source text of consecutive tokens. */
export function sourceText(source: string, tokens: readonly Token[]): string {
  const first = tokens[0];
  const last = tokens.at(-1);
  return first && last ? source.slice(first.column - 1, last.column - 1 + last.text.length) : '';
}
