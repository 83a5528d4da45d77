import type { MatchCondition } from '../../routing/criteria.ts';
import { closestMatch } from '../../validation/suggestion.ts';
import type { Clause } from './clauses.ts';
import type { ReportProblem } from './problem.ts';
import { sourceText, type Token } from './tokenize.ts';

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const USER_ID = new RegExp(`^${UUID}$`, 'i');
const TRAILING_USER_ID = new RegExp(`/(${UUID})$`, 'i');
const FORM =
  'user ids separated by commas, such as ' +
  '"agents 11111111-2222-3333-4444-555555555555, 66666666-7777-8888-9999-000000000000"';

/** True for a condition that begins with `agents`, or with a similar word if it contains a user id. */
export function isAgentsCondition({ tokens }: Clause): boolean {
  const first = tokens[0];
  if (first?.kind !== 'word') return false;
  const word = first.text.toLowerCase();
  return (
    word === 'agents' ||
    (closestMatch(word, ['agents']) !== undefined && tokens.some(({ text }) => USER_ID.test(text)))
  );
}

/**
 * Parses `agents id, id`. The ids of Connect users are UUIDs. Other values are problems, because the contact
 * would wait for an agent that does not exist.
 */
export function parseAgents(clause: Clause, report: ReportProblem): MatchCondition | undefined {
  const [word, ...rest] = clause.tokens;
  const [colon, ...others] = rest;
  const ids = colon?.kind === 'colon' ? others : rest;
  if (word && word.text.toLowerCase() !== 'agents') {
    report('route-keyword', word.column, word.text, '"agents" before user ids', 'agents');
  }
  if (colon?.kind === 'colon') {
    report('route-agents', colon.column, ':', `${FORM}; put the name of an attribute in quotes`);
  }
  const AgentIds: string[] = [];
  let lastColumn = clause.endColumn;
  for (const { tokens, column } of splitAtCommas(ids, clause.endColumn)) {
    const text = sourceText(clause.source, tokens);
    const id = tokens.length === 1 && tokens[0] ? tokens[0].value : text;
    if (USER_ID.test(id)) AgentIds.push(id);
    else report('route-agents', column, text || undefined, FORM, suggestIds(tokens, text));
    lastColumn = column;
  }
  if (AgentIds.length === 0) return undefined;
  const condition: MatchCondition = {
    ComparisonOperator: 'Match',
    MatchCriteria: { AgentsCriteria: { AgentIds } },
  };
  clause.sourceMap.set(condition, { start: word?.column ?? clause.endColumn });
  clause.sourceMap.set(AgentIds, { start: lastColumn });
  return condition;
}

function splitAtCommas(tokens: readonly Token[], endColumn: number) {
  const commas = tokens.flatMap((token, index) => (token.kind === 'comma' ? [index] : []));
  return [-1, ...commas].map((start, index) => {
    const end = commas[index] ?? tokens.length;
    const inside = tokens.slice(start + 1, end);
    return { tokens: inside, column: inside[0]?.column ?? tokens[end]?.column ?? endColumn };
  });
}

function suggestIds(tokens: readonly Token[], source: string): string | undefined {
  if (tokens.length > 1 && tokens.every(({ text }) => USER_ID.test(text))) {
    return tokens.map(({ text }) => text).join(', ');
  }
  return TRAILING_USER_ID.exec(source)?.[1];
}
