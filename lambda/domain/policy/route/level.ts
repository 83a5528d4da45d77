import { defined } from '../../json.ts';
import type { LevelCondition, RangeCondition } from '../../routing/criteria.ts';
import type { Clause } from './clauses.ts';
import { END_OF_CONDITION } from './keywords.ts';
import type { ReportProblem } from './problem.ts';
import type { Token } from './tokenize.ts';

/** The proficiency that a condition requires of the agent. */
type Bounds = Omit<LevelCondition, 'Name' | 'Value'> | Omit<RangeCondition, 'Name' | 'Value'>;

/** The parsed bounds, the tokens of the value before them, and the columns of both. */
interface ParsedBounds {
  readonly value: readonly Token[];
  /** The column at which the value ends, or is missing. */
  readonly valueEnd: number;
  readonly bounds: Bounds;
  /** The column of a single level. */
  readonly levelColumn?: number | undefined;
}

const LEVEL = /^-?\d+(?:\.\d+)?$/;
const ONE_LEVEL = 'a whole number from 1 to 5';
const FORM = '">=" with a level, such as ">= 3", or a range, such as "2..4"';

/** The lowest and the highest level that other operators than >= denote. */
const SIGNS: Readonly<Record<string, (level: number) => readonly [number, number]>> = {
  '>': (level) => [level + 1, 5],
  '≥': (level) => [level, 5],
  '=>': (level) => [level, 5],
  '=': (level) => [level, level],
  '==': (level) => [level, level],
  '<': (level) => [1, level - 1],
  '<=': (level) => [1, level],
  '=<': (level) => [1, level],
  '≤': (level) => [1, level],
};

/** Parses the part of a condition after the colon. Reports problems, and replaces an invalid level by 1. */
export function parseBounds(clause: Clause, report: ReportProblem): ParsedBounds {
  const { tokens } = clause;
  const at = tokens.findIndex(({ kind }) => kind === 'operator' || kind === 'range');
  const sign = tokens[at];
  if (!sign) return parseWithoutSign(clause, report);
  const parsed =
    sign.kind === 'range' ? parseRange(clause, at, sign, report) : parseMinimum(clause, at, sign, report);
  const [stray, next] = tokens.slice(at + 2);
  if (stray?.kind === 'range' && sign.kind === 'operator') {
    const suggestion = suggestRange(tokens[at + 1]?.text, next?.text);
    report(
      'route-operator',
      stray.column,
      stray.text,
      'either ">=" with a level or a range, not both',
      suggestion,
    );
  } else if (stray) {
    report('route-keyword', stray.column, stray.text, END_OF_CONDITION);
  }
  const [first = sign] = tokens;
  return { ...parsed, valueEnd: first.column };
}

function parseWithoutSign({ tokens, endColumn }: Clause, report: ReportProblem): ParsedBounds {
  const parsed = { value: tokens, valueEnd: endColumn, bounds: atLeast(1) };
  const last = tokens.at(-1);
  if (last) {
    const range = /^(\d+)[-–—](\d+)$/.exec(last.text);
    const suggestion = range ? suggestRange(range[1], range[2]) : suggestMinimum(last.text);
    if (suggestion !== undefined || (tokens.length > 1 && (range || LEVEL.test(last.text)))) {
      report('route-level', last.column, last.text, FORM, suggestion);
      return tokens.length > 1 ? { ...parsed, value: tokens.slice(0, -1) } : parsed;
    }
  }
  report('route-level', endColumn, undefined, FORM, '>= 1');
  return parsed;
}

function suggestMinimum(level: string): string | undefined {
  return isOneLevel(Number(level)) ? `>= ${level}` : undefined;
}

function isOneLevel(level: number): boolean {
  return Number.isInteger(level) && level >= 1 && level <= 5;
}

/** Undefined where a level is none. */
function suggestRange(first: string | undefined, second: string | undefined): string | undefined {
  const levels = [Number(first), Number(second)].sort((a, b) => a - b);
  return levels.every(isOneLevel) ? levels.join('..') : undefined;
}

function parseMinimum({ tokens, endColumn }: Clause, at: number, sign: Token, report: ReportProblem) {
  const token = tokens[at + 1];
  const level = parseLevel(token, endColumn, report);
  if (sign.text !== '>=') report('route-operator', sign.column, sign.text, FORM, suggestBounds(sign, level));
  return {
    value: tokens.slice(0, at),
    bounds: atLeast(level ?? 1),
    levelColumn: token?.column,
  };
}

function parseRange(
  { tokens, endColumn, sourceMap }: Clause,
  at: number,
  sign: Token,
  report: ReportProblem,
) {
  const before = tokens[at - 1];
  const low = before && LEVEL.test(before.text) ? before : undefined;
  if (!low) report('route-level', sign.column, sign.text, `${ONE_LEVEL} before it`);
  const high = tokens[at + 1];
  const [min, max] = [low ? Number(low.text) : undefined, parseLevel(high, endColumn, report)];
  const column = low?.column ?? sign.column;
  const isReversed = min !== undefined && max !== undefined && min > max;
  const text = `${low?.text ?? ''}${sign.text}${high?.text ?? ''}`;
  if (isReversed)
    report('route-level', column, text, 'the lower level first', suggestRange(low?.text, high?.text));
  else if (sign.text !== '..') {
    const suggestion = suggestRange(String(min ?? 1), String(max ?? 5));
    report('route-operator', sign.column, sign.text, FORM, suggestion);
  }
  const [least, most] = isReversed ? [max, min] : [min, max];
  const [leastColumn, mostColumn] = isReversed ? [high?.column, column] : [column, high?.column];
  const Range = { MinProficiencyLevel: least ?? 1, MaxProficiencyLevel: most ?? 5 };
  sourceMap.set(Range, defined({ MinProficiencyLevel: leastColumn, MaxProficiencyLevel: mostColumn }));
  return {
    value: tokens.slice(0, low ? at - 1 : at),
    bounds: { ComparisonOperator: 'Range' as const, Range },
  };
}

/** Parses a level of any size. Reports a token that is not a level. */
function parseLevel(token: Token | undefined, endColumn: number, report: ReportProblem): number | undefined {
  if (token && LEVEL.test(token.text)) return Number(token.text);
  report('route-level', token?.column ?? endColumn, token?.text, ONE_LEVEL);
  return undefined;
}

function atLeast(ProficiencyLevel: number): Bounds {
  return { ComparisonOperator: 'NumberGreaterOrEqualTo', ProficiencyLevel };
}

function suggestBounds({ text }: Token, level: number | undefined): string | undefined {
  const bounds = level === undefined ? undefined : SIGNS[text]?.(level);
  if (!bounds?.every(isOneLevel)) return undefined;
  const [low, high] = bounds;
  return high === 5 ? `>= ${low}` : `${low}..${high}`;
}
