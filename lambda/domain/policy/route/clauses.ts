import type { AgentLists } from '../../agent-lists.ts';
import type { Token } from './tokenize.ts';
import type { ValueMap } from './values.ts';

/**
 * The columns of the parts of criteria in their source text: for each object, by key; `start` is the object's
 * own column.
 */
export type SourceMap = Map<unknown, Readonly<Record<string | number, number>>>;

/** What a route of a policy may name. */
export interface RouteContext {
  /** The lists of agents of the settings. */
  readonly agents?: AgentLists;
}

/** What the parsing of a step depends on, and what it fills. */
export interface StepContext {
  /** Absent in an override, which names no lists and no values of the contact. */
  readonly context?: RouteContext;
  /** Receives the columns of the parsed parts. */
  readonly sourceMap: SourceMap;
  /** Receives what stands for strings of the contact. */
  readonly values: ValueMap;
}

/** A part of a step: a condition, or the duration after `for`. */
export interface Clause extends StepContext {
  /** The text of the whole step. */
  readonly source: string;
  /** The keyword before the clause; the first clause has none. */
  readonly keyword?: Token;
  readonly tokens: readonly Token[];
  /** The column of a part that is missing at the end of the clause. */
  readonly endColumn: number;
}

/** Splits a step at `and`, `or` and `for`. Returns at least one clause, even for an empty text. */
export function splitClauses(source: string, tokens: readonly Token[], step: StepContext): Clause[] {
  const isSplit = ({ kind, value }: Token) => kind === 'keyword' && value !== 'not';
  const starts = [-1, ...tokens.flatMap((token, index) => (isSplit(token) ? [index] : []))];
  return starts.map((start, index) => {
    const keyword = tokens[start];
    const inside = tokens.slice(start + 1, starts[index + 1]);
    const last = inside.at(-1) ?? keyword;
    const endColumn = last ? last.column + last.text.length : 1;
    return { ...step, source, keyword, tokens: inside, endColumn };
  });
}
