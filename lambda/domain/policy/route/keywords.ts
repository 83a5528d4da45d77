import { closestMatch } from '../../validation/suggestion.ts';
import type { ReportProblem } from './problem.ts';
import type { Token } from './tokenize.ts';

const CONNECTIVES = ['and', 'or', 'for'];

/** The description of what may follow a complete condition. */
export const END_OF_CONDITION = '"and", "or", "for" or the end of the step';

const SYNONYMS: ReadonlyMap<string, string> = new Map([
  ['&', 'and'],
  ['&&', 'and'],
  ['+', 'and'],
  ['plus', 'and'],
  ['|', 'or'],
  ['||', 'or'],
]);

/**
 * Words at the start of a condition that probably mean `not`. As part of a name, they would invert the
 * condition.
 */
export const NEGATION_TYPOS: readonly string[] = [
  'no',
  'non',
  'nto',
  'ont',
  'nt',
  'nott',
  'noot',
  'without',
  'except',
];

/**
 * Reports tokens after a complete condition that are probably misspelled keywords. Replaces them with the
 * keywords, so that the checks of the rest of the step are correct.
 */
export function repairKeywords(tokens: readonly Token[], report: ReportProblem): Token[] {
  return tokens.map((token, index) => {
    const keyword = followsLevel(tokens, index) ? suggestKeyword(token) : undefined;
    if (keyword === undefined) return token;
    report('route-keyword', token.column, token.text, END_OF_CONDITION, keyword);
    return { ...token, kind: 'keyword', value: keyword };
  });
}

function followsLevel(tokens: readonly Token[], index: number): boolean {
  const sign = tokens[index - 2]?.kind;
  return sign === 'operator' || sign === 'range';
}

function suggestKeyword({ kind, text }: Token): string | undefined {
  if (text === ',' || text === ';') return 'and';
  if (kind !== 'word') return undefined;
  const word = text.toLowerCase();
  const sortLetters = (text: string) => text.split('').sort().join('');
  return (
    SYNONYMS.get(word) ??
    // Transposed letters are two edits, which is too many for such a short word.
    CONNECTIVES.find((keyword) => sortLetters(keyword) === sortLetters(word)) ??
    closestMatch(word, CONNECTIVES)
  );
}

/** Removes `not` from the front of a condition. Reports other forms of it, such as `no` or `!`. */
export function parseNegation(
  tokens: readonly Token[],
  report: ReportProblem,
): { readonly isNegated: boolean; readonly rest: readonly Token[] } {
  const [first, second] = tokens;
  if (first?.kind === 'keyword') return { isNegated: true, rest: tokens.slice(1) };
  const isWord = first?.kind === 'word' && NEGATION_TYPOS.includes(first.text.toLowerCase());
  const beginsName = second?.kind === 'word' || second?.kind === 'quoted';
  if (!first || !(first.text === '!' || (isWord && beginsName))) return { isNegated: false, rest: tokens };
  const allowed = '"not" before the condition, or the whole name in quotes if it begins with this';
  report('route-keyword', first.column, first.text, allowed, 'not');
  return { isNegated: true, rest: tokens.slice(1) };
}
