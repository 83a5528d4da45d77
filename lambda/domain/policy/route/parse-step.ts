import { DURATION_FORM, durationSeconds } from '../../duration.ts';
import type {
  BranchExpression,
  ConditionExpression,
  Expression,
  RoutingCriteriaStep,
} from '../../routing/criteria.ts';
import type { Path } from '../../validation/problem.ts';
import { isAgentsCondition, parseAgents } from './agents.ts';
import { parseAttribute } from './attribute.ts';
import { type Clause, type SourceMap, splitClauses } from './clauses.ts';
import { parseNegation, repairKeywords } from './keywords.ts';
import { collectProblems, type ReportProblem, type RouteProblem } from './problem.ts';
import { sourceText, type Token, tokenize } from './tokenize.ts';

/** A step that was read as far as it can be, and what is wrong with its text. */
export interface ParsedStep {
  /** Undefined when not one condition can be understood; of no use but for further checks when there are problems. */
  readonly step?: RoutingCriteriaStep;
  readonly problems: readonly RouteProblem[];
}

/**
 * Reads one step of the short form; see {@link parseRoute} for the language.
 *
 * @param columns - gets the columns of what is read.
 */
export function parseStep(source: string, isLast: boolean, path: Path, columns: SourceMap): ParsedStep {
  const problems: RouteProblem[] = [];
  const report = collectProblems(problems, path);
  const tokens = tokenize(source);
  if (reportQuotes(source, tokens, report)) return { problems };
  const sound = repairKeywords(withoutParentheses(tokens, report), report);
  const clauses = splitClauses(source, sound, columns);
  const branches: ConditionExpression[][] = [];
  for (const clause of clauses.filter(({ keyword }) => keyword?.value !== 'for')) {
    if (clause.keyword?.value !== 'and') branches.push([]);
    const condition = parseCondition(clause, report);
    if (condition) branches.at(-1)?.push(condition);
  }
  const expiry = parseExpiry(clauses, isLast, report);
  const expression = toExpression(
    branches.filter((branch) => branch.length > 0),
    columns,
  );
  return {
    ...(expression ? { step: { Expression: expression, ...(expiry ? { Expiry: expiry } : {}) } } : {}),
    problems,
  };
}

/** Behind a quote that is wrong nothing is what it seems. */
function reportQuotes(source: string, tokens: readonly Token[], report: ReportProblem): boolean {
  const wrong = tokens.find(({ kind, text }) => kind === 'other' && /^["“”„]/u.test(text));
  if (!wrong) return false;
  const straight = source.replaceAll(/[“”„]/gu, '"');
  const allowed =
    'straight quotes around a whole name or value, with \\" for a quote and \\\\ for a backslash in it';
  report('route-quote', wrong.column, wrong.text, allowed, straight === source ? undefined : straight);
  return true;
}

function withoutParentheses(tokens: readonly Token[], report: ReportProblem): Token[] {
  const first = tokens.find(({ kind }) => kind === 'parenthesis');
  if (first) {
    const allowed =
      'no parentheses: write "A and B or A and C" for "A and (B or C)", and a name or value that has them in quotes';
    report('route-parenthesis', first.column, first.text, allowed);
  }
  return tokens.filter(({ kind }) => kind !== 'parenthesis');
}

function parseCondition(clause: Clause, report: ReportProblem): ConditionExpression | undefined {
  const { isNegated, rest } = parseNegation(clause.tokens, report);
  const inner = { ...clause, tokens: rest };
  if (rest.length === 0) {
    report('route-condition', clause.endColumn, undefined, 'a condition, such as "Language:English >= 3"');
    return undefined;
  }
  const condition = isAgentsCondition(inner) ? parseAgents(inner, report) : parseAttribute(inner, report);
  if (!condition) return undefined;
  return isNegated ? { NotAttributeCondition: condition } : { AttributeCondition: condition };
}

function parseExpiry(clauses: readonly Clause[], isLast: boolean, report: ReportProblem) {
  const expiries = clauses.filter(({ keyword }) => keyword?.value === 'for');
  for (const { keyword } of expiries.filter((clause) => clause !== clauses.at(-1))) {
    report(
      'route-expiry',
      keyword?.column ?? 1,
      'for',
      '"for" once, at the end of the step, of which it is the time',
    );
  }
  const [first] = expiries.map((clause) => parseDuration(clause, report));
  if (expiries.length === 0 && !isLast) {
    const allowed = `"for" at the end of every step but the last, with ${DURATION_FORM}`;
    report('route-expiry', clauses.at(-1)?.endColumn ?? 1, undefined, allowed, 'for 30s');
  }
  return first ?? (isLast ? undefined : { DurationInSeconds: 1 });
}

function parseDuration({ source, tokens, endColumn }: Clause, report: ReportProblem) {
  const written = sourceText(source, tokens);
  const seconds = durationSeconds(written) ?? 0;
  if (seconds < 1) {
    const column = tokens[0]?.column ?? endColumn;
    const allowed = `${DURATION_FORM} and at least 1s`;
    report('route-expiry', column, written || undefined, allowed, suggestDuration(written));
    return undefined;
  }
  return { DurationInSeconds: seconds };
}

function suggestDuration(written: string): string | undefined {
  const tidy = written
    .toLowerCase()
    .replaceAll(/\s+/g, '')
    .replaceAll(/(?<=\d)([hms])[a-z]+/g, '$1')
    .replace(/^\d+$/, '$&s');
  return (durationSeconds(tidy) ?? 0) >= 1 ? tidy : undefined;
}

function toExpression(
  branches: readonly ConditionExpression[][],
  columns: SourceMap,
): Expression | undefined {
  const list = branches.flatMap((conditions) => toBranch(conditions, columns) ?? []);
  const [first, ...others] = list;
  if (others.length === 0) return first;
  columns.set(list, { start: startColumn(branches.at(-1)?.[0], columns) });
  return { OrExpression: list };
}

function toBranch(conditions: ConditionExpression[], columns: SourceMap): BranchExpression | undefined {
  if (conditions.length < 2) return conditions[0];
  columns.set(conditions, { start: startColumn(conditions.at(-1), columns) });
  return { AndExpression: conditions };
}

/** What is too long a list is pointed at by its last element. */
function startColumn(condition: ConditionExpression | undefined, columns: SourceMap): number {
  return columns.get(Object.values(condition ?? {})[0])?.start ?? 1;
}
