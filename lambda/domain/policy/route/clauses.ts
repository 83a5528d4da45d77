import type { Token } from './tokenize.ts';

/** Where the parts of criteria stand in the text that they were read from: per object, by its keys; `start` is its own. */
export type SourceMap = Map<unknown, Readonly<Record<string | number, number>>>;

/** A part of a step: a condition, or what stands after `for`. */
export interface Clause {
  /** The text of the whole step. */
  readonly source: string;
  /** The keyword before it; the first condition has none. */
  readonly keyword?: Token;
  readonly tokens: readonly Token[];
  /** Where something stands that is missing at its end. */
  readonly endColumn: number;
  /** Gets the columns of what is read. */
  readonly sourceMap: SourceMap;
}

/** Splits a step at and, or and for. There is always a first clause, even of an empty text. */
export function splitClauses(source: string, tokens: readonly Token[], columns: SourceMap): Clause[] {
  const isSplit = ({ kind, value }: Token) => kind === 'keyword' && value !== 'not';
  const starts = [-1, ...tokens.flatMap((token, index) => (isSplit(token) ? [index] : []))];
  return starts.map((start, index) => {
    const keyword = tokens[start];
    const inside = tokens.slice(start + 1, starts[index + 1] ?? tokens.length);
    const last = inside.at(-1) ?? keyword;
    const endColumn = last ? last.column + last.text.length : 1;
    return { source, ...(keyword ? { keyword } : {}), tokens: inside, endColumn, sourceMap: columns };
  });
}
