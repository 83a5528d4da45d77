import { DURATION_FORM, durationSeconds, suggestDuration } from '../../duration.ts';
import { defined } from '../../json.ts';
import type {
  BranchExpression,
  ConditionExpression,
  Expression,
  RoutingCriteriaStep,
} from '../../routing/criteria.ts';
import type { Path } from '../../validation/problem.ts';
import { isAgentsCondition, parseAgents } from './agents.ts';
import { parseAttribute } from './attribute.ts';
import { type Clause, type SourceMap, type StepContext, splitClauses } from './clauses.ts';
import { parseNegation, repairKeywords } from './keywords.ts';
import { collectProblems, type ReportProblem, type RouteProblem } from './problem.ts';
import { sourceText, type Token, tokenize } from './tokenize.ts';

/** The parsed part of a step, and the problems of its text. */
interface ParsedStep {
  /** Undefined if no condition could be parsed. If there are problems, use it for further checks only. */
  readonly step?: RoutingCriteriaStep;
  readonly problems: readonly RouteProblem[];
}

/**
 * Parses one step of the short form; see {@link parseRoute} for the grammar.
 *
 * @param context - what its text may name, and what receives the columns and values of the parsed parts.
 */
export function parseStep(source: string, isLast: boolean, path: Path, context: StepContext): ParsedStep {
  const problems: RouteProblem[] = [];
  const report = collectProblems(problems, path);
  const tokens = tokenize(source);
  if (reportQuotes(source, tokens, report)) return { problems };
  const whole = withoutSeparatorAtEnd(
    withoutSeparatorBeforeFor(withoutParentheses(tokens, report), report),
    report,
  );
  const repaired = repairKeywords(whole, report);
  const clauses = splitClauses(source, repaired, context);
  const branches: ConditionExpression[][] = [];
  for (const clause of clauses.filter(({ keyword }) => keyword?.value !== 'for')) {
    if (clause.keyword?.value !== 'and') branches.push([]);
    const condition = parseCondition(clause, report);
    if (condition) branches.at(-1)?.push(condition);
  }
  const expiry = parseExpiry(clauses, isLast, report);
  const expression = toExpression(
    branches.filter((branch) => branch.length > 0),
    context.sourceMap,
  );
  const step = expression && { Expression: expression, ...defined({ Expiry: expiry }) };
  return { step, problems };
}

/** Reports a malformed quote. Returns true if there is one: then the tokens after it are meaningless. */
function reportQuotes(source: string, tokens: readonly Token[], report: ReportProblem): boolean {
  const malformed = tokens.find(({ kind, text }) => kind === 'other' && /^["“”„]/u.test(text));
  if (!malformed) return false;
  const straight = source.replaceAll(/[“”„]/gu, '"');
  const allowed =
    'straight quotes around a whole name or value, with \\" for a quote and \\\\ for a backslash inside';
  report(
    'route-quote',
    malformed.column,
    malformed.text,
    allowed,
    straight === source ? undefined : straight,
  );
  return true;
}

function withoutParentheses(tokens: readonly Token[], report: ReportProblem): Token[] {
  const first = tokens.find(({ kind }) => kind === 'parenthesis');
  if (first) {
    const allowed =
      'no parentheses: write "A and B or A and C" for "A and (B or C)", ' +
      'and put a name or value that contains them in quotes';
    report('route-parenthesis', first.column, first.text, allowed);
  }
  return tokens.filter(({ kind }) => kind !== 'parenthesis');
}

/** A separator before the time, as in a sentence: `Language:English >= 3, for 30s`. */
function withoutSeparatorBeforeFor(tokens: readonly Token[], report: ReportProblem): readonly Token[] {
  const time = tokens.findIndex(({ kind, value }) => kind === 'keyword' && value === 'for');
  if (time === -1) return tokens;
  const condition = tokens.slice(0, time);
  const end = endWithoutSeparators(condition);
  const first = condition[end];
  if (!first || end === 0) return tokens;
  report('route-keyword', first.column, first.text, 'nothing before "for": leave it out');
  return [...condition.slice(0, end), ...tokens.slice(time)];
}

/** A separator at the end of a step, as other languages end a statement. */
function withoutSeparatorAtEnd(tokens: readonly Token[], report: ReportProblem): readonly Token[] {
  const end = endWithoutSeparators(tokens);
  const first = tokens[end];
  if (!first || end === 0) return tokens;
  report('route-keyword', first.column, first.text, 'nothing at the end of the step: leave it out');
  return tokens.slice(0, end);
}

/** How many tokens there are without separators after the last other one. After the ids of agents, an id is missing. */
function endWithoutSeparators(tokens: readonly Token[]): number {
  const lastClause = tokens.slice(tokens.findLastIndex(({ kind }) => kind === 'keyword') + 1);
  const isAgents = lastClause[0]?.text.toLowerCase() === 'agents';
  const isSeparator = ({ kind, text }: Token) => text === ';' || (kind === 'comma' && !isAgents);
  return tokens.findLastIndex((token) => !isSeparator(token)) + 1;
}

function parseCondition(clause: Clause, report: ReportProblem): ConditionExpression | undefined {
  const { isNegated, rest } = parseNegation(clause.tokens, report);
  const inner = { ...clause, tokens: rest };
  const [first] = rest;
  if (!first) {
    report('route-condition', clause.endColumn, undefined, 'a condition, such as "Language:English >= 3"');
    return undefined;
  }
  const condition = isAgentsCondition(first, inner)
    ? parseAgents(first, inner, report)
    : parseAttribute(inner, report);
  if (!condition) return undefined;
  return isNegated ? { NotAttributeCondition: condition } : { AttributeCondition: condition };
}

function parseExpiry(clauses: readonly Clause[], isLast: boolean, report: ReportProblem) {
  const expiries = clauses.filter(({ keyword }) => keyword?.value === 'for');
  for (const { keyword } of expiries.filter((clause) => clause !== clauses.at(-1))) {
    report('route-expiry', keyword?.column ?? 1, 'for', '"for" once, at the end of the step');
  }
  const [first] = expiries.map((clause) => parseDuration(clause, report));
  if (expiries.length === 0 && !isLast) {
    const allowed = `"for" at the end of every step except the last, with ${DURATION_FORM}`;
    report('route-expiry', clauses.at(-1)?.endColumn ?? 1, undefined, allowed, 'for 30s');
  }
  return first ?? (isLast ? undefined : { DurationInSeconds: 1 });
}

function parseDuration({ source, tokens, endColumn }: Clause, report: ReportProblem) {
  const text = sourceText(source, tokens);
  const seconds = secondsIn(text);
  if (seconds >= 1) return { DurationInSeconds: seconds };
  const suggestion = suggestDuration(text);
  const isValid = secondsIn(suggestion) >= 1;
  const [first, next] = tokens;
  if (!isValid && next && secondsIn(first?.text) >= 1) {
    const rest = sourceText(source, tokens.slice(1));
    const end = 'the end of the step after its duration: write a further step as a string of its own';
    report('route-expiry', next.column, rest, end);
    return undefined;
  }
  const allowed = `${DURATION_FORM} and at least 1s`;
  report(
    'route-expiry',
    first?.column ?? endColumn,
    text || undefined,
    allowed,
    isValid ? suggestion : undefined,
  );
  return undefined;
}

/** The seconds of a duration; 0 for any other text. */
function secondsIn(text = ''): number {
  return durationSeconds(text) ?? 0;
}

function toExpression(
  branches: readonly ConditionExpression[][],
  sourceMap: SourceMap,
): Expression | undefined {
  const list = branches.flatMap((conditions) => toBranch(conditions, sourceMap) ?? []);
  const [first, ...others] = list;
  if (others.length === 0) return first;
  sourceMap.set(list, { start: startColumn(branches.at(-1)?.[0], sourceMap) });
  return { OrExpression: list };
}

function toBranch(conditions: ConditionExpression[], sourceMap: SourceMap): BranchExpression | undefined {
  if (conditions.length < 2) return conditions[0];
  sourceMap.set(conditions, { start: startColumn(conditions.at(-1), sourceMap) });
  return { AndExpression: conditions };
}

/** The column of a list is the column of its last element, because the problem of a list is its length. */
function startColumn(condition: ConditionExpression | undefined, sourceMap: SourceMap): number {
  return sourceMap.get(Object.values(condition ?? {})[0])?.start ?? 1;
}
