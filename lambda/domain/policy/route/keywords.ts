import { closestMatch } from '../../validation/suggestion.ts';
import type { ReportProblem } from './problem.ts';
import type { Token } from './tokenize.ts';

const CONNECTIVES = ['and', 'or', 'for'];

/** What may stand after a whole condition. */
export const END_OF_CONDITION = '"and", "or", "for" or the end of the step';

const SYNONYMS: ReadonlyMap<string, string> = new Map([
  ['&', 'and'],
  ['&&', 'and'],
  ['+', 'and'],
  ['plus', 'and'],
  ['|', 'or'],
  ['||', 'or'],
]);

/** First words of a name that can hardly be one; taken for a name, they would turn what is meant into its opposite. */
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
 * Reports what stands after a whole condition in the place of and, or and for. What is most likely meant is put
 * there instead, so that the rest of the step is checked as it should be.
 */
export function repairKeywords(tokens: readonly Token[], report: ReportProblem): Token[] {
  return tokens.map((token, index) => {
    const meant = followsLevel(tokens, index) ? suggestKeyword(token) : undefined;
    if (meant === undefined) return token;
    report('route-keyword', token.column, token.text, END_OF_CONDITION, meant);
    return { ...token, kind: 'keyword', value: meant };
  });
}

function followsLevel(tokens: readonly Token[], index: number): boolean {
  const sign = tokens[index - 2]?.kind;
  return (sign === 'operator' || sign === 'range') && /^\d/.test(tokens[index - 1]?.text ?? '');
}

function suggestKeyword({ kind, text }: Token): string | undefined {
  if (text === ',' || text === ';') return 'and';
  if (kind !== 'word') return undefined;
  const word = text.toLowerCase();
  const letters = (of: string) => of.split('').sort().join('');
  return (
    SYNONYMS.get(word) ??
    // Letters that changed places are two edits apart, which is too far for so short a word.
    CONNECTIVES.find((keyword) => letters(keyword) === letters(word)) ??
    closestMatch(word, CONNECTIVES)
  );
}

/** Takes `not` off the front of a condition, and reports what stands there in its place. */
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
