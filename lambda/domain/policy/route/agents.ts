import { isUserId } from '../../agent-lists.ts';
import type { MatchCondition } from '../../routing/criteria.ts';
import { closestMatch } from '../../validation/suggestion.ts';
import type { Clause } from './clauses.ts';
import type { ReportProblem } from './problem.ts';
import { readValue } from './read-value.ts';
import { sourceText, type Token } from './tokenize.ts';
import type { RouteValue } from './values.ts';

const TRAILING_USER_ID = /\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;
const FORM =
  'user ids separated by commas, such as ' +
  '"agents 11111111-2222-3333-4444-555555555555, 66666666-7777-8888-9999-000000000000"';

/** As many names of lists as a message says. */
const MAX_NAMES = 10;

/**
 * True for a condition that begins with `agents`, or with a similar word before what names agents.
 *
 * @param first - the first of its tokens.
 */
export function isAgentsCondition(first: Token, { tokens }: Clause): boolean {
  if (first.kind !== 'word') return false;
  const second = tokens[1];
  const word = first.text.toLowerCase();
  const namesAgents =
    second?.kind === 'value' ||
    (second?.kind === 'word' && second.text.startsWith('@')) ||
    tokens.some(({ text }) => isUserId(text));
  return word === 'agents' || (closestMatch(word, ['agents']) !== undefined && namesAgents);
}

/**
 * Parses `agents id, @list, {tags.agentId}`. The ids of Connect users are UUIDs. Other values are problems, because the
 * contact would wait for an agent that does not exist.
 *
 * @param word - the first token of the clause.
 */
export function parseAgents(word: Token, clause: Clause, report: ReportProblem): MatchCondition | undefined {
  const rest = clause.tokens.slice(1);
  const [colon, ...others] = rest;
  const ids = colon?.kind === 'colon' ? others : rest;
  if (word.text.toLowerCase() !== 'agents') {
    report('route-keyword', word.column, word.text, '"agents" before user ids', 'agents');
  }
  if (colon?.kind === 'colon') {
    report('route-agents', colon.column, ':', `${FORM}; put the name of an attribute in quotes`);
  }
  const AgentIds: string[] = [];
  const stands: Record<number, RouteValue> = {};
  let lastColumn = clause.endColumn;
  for (const { tokens, column } of splitAtCommas(ids, clause.endColumn)) {
    const agents = parseAgent(tokens, column, clause, report);
    if (agents.value) stands[AgentIds.length] = agents.value;
    AgentIds.push(...agents.ids.filter((id) => !agents.isList || !AgentIds.includes(id)));
    lastColumn = column;
  }
  if (AgentIds.length === 0) return undefined;
  const condition: MatchCondition = {
    ComparisonOperator: 'Match',
    MatchCriteria: { AgentsCriteria: { AgentIds } },
  };
  clause.sourceMap.set(condition, { start: word.column });
  clause.sourceMap.set(AgentIds, { start: lastColumn });
  clause.values.set(AgentIds, stands);
  return condition;
}

/** What stands between two commas: ids of users, or what stands for them. */
interface ParsedAgent {
  readonly ids: readonly string[];
  readonly isList?: boolean;
  readonly value?: RouteValue | undefined;
}

function parseAgent(
  tokens: readonly Token[],
  column: number,
  clause: Clause,
  report: ReportProblem,
): ParsedAgent {
  const text = sourceText(clause.source, tokens);
  const [first, ...others] = tokens;
  if (first && others.length === 0) {
    if (first.kind === 'value') return { ids: [text], value: readValue(first, clause, report) };
    if (text.startsWith('@')) return { ids: agentsOfList(first, clause, report), isList: true };
    if (isUserId(first.value)) return { ids: [first.value] };
  }
  report('route-agents', column, text || undefined, FORM, suggestIds(tokens, text));
  return { ids: [] };
}

function agentsOfList(
  { text, column }: Token,
  { context }: Clause,
  report: ReportProblem,
): readonly string[] {
  const lists = context?.agents ?? {};
  const name = text.slice(1);
  const list = Object.hasOwn(lists, name) ? lists[name] : undefined;
  if (list) return list;
  const names = Object.keys(lists).sort();
  const known = names.slice(0, MAX_NAMES).join(', ') + (names.length > MAX_NAMES ? ', …' : '');
  const allowed = context
    ? `@ and the name of a list in the setting agents, ${names.length === 0 ? 'which has none' : `one of ${known}`}`
    : 'the ids of the users, since lists of the settings stand only in the routes of policies';
  const suggestion = closestMatch(name, names);
  report('unknown-agent-list', column, text, allowed, suggestion && `@${suggestion}`);
  return [];
}

function splitAtCommas(tokens: readonly Token[], endColumn: number) {
  const commas = tokens.flatMap(({ kind, column }, index) => (kind === 'comma' ? [{ index, column }] : []));
  const starts = [0, ...commas.map(({ index }) => index + 1)];
  return starts.map((start, part) => {
    const comma = commas[part];
    const inside = tokens.slice(start, comma?.index);
    return { tokens: inside, column: (inside[0] ?? comma)?.column ?? endColumn };
  });
}

function suggestIds(tokens: readonly Token[], source: string): string | undefined {
  if (tokens.every(({ text }) => isUserId(text))) {
    return tokens.map(({ text }) => text).join(', ') || undefined;
  }
  return TRAILING_USER_ID.exec(source)?.[1];
}
