import type { AttributeCondition } from '../../routing/criteria.ts';
import type { Clause } from './clauses.ts';
import { parseBounds } from './level.ts';
import type { ReportProblem } from './problem.ts';
import { sourceText, type Token } from './tokenize.ts';

const FORM = 'a name and a value with a colon between them, such as "Language:English >= 3"';

/** Reads `name:value >= level` or `name:value low..high`; reports all that is amiss in it. */
export function parseAttribute(clause: Clause, report: ReportProblem): AttributeCondition | undefined {
  const { tokens, sourceMap: columns } = clause;
  const at = tokens.findIndex(({ kind }) => kind === 'colon');
  const colon = tokens[at];
  if (!colon) return reportMissingColon(clause, report);
  const name = parseText('name', tokens.slice(0, at), colon.column, report);
  const demand = parseBounds({ ...clause, tokens: tokens.slice(at + 1) }, report);
  const value = parseText('value', demand.value, demand.valueEnd, report);
  if (!name || !value) return undefined;
  const condition = { Name: name.value, Value: value.value, ...demand.bounds };
  columns.set(condition, {
    Name: name.column,
    Value: value.column,
    ProficiencyLevel: demand.levelColumn,
    start: name.column,
  });
  return condition;
}

/** Two words before the level are most likely the name and the value. */
function reportMissingColon({ tokens, source }: Clause, report: ReportProblem): undefined {
  const isSign = ({ kind }: Token) => kind === 'operator' || kind === 'range';
  const sign = tokens.findLastIndex(isSign);
  const end = tokens[sign]?.kind === 'range' ? sign - 1 : sign === -1 ? tokens.length : sign;
  const [name, value, ...others] = tokens.slice(0, end).filter((token) => !isSign(token));
  const suggestion = name && value && others.length === 0 ? `${name.text}:${value.text}` : undefined;
  report('route-attribute', tokens[0]?.column ?? 1, sourceText(source, tokens), FORM, suggestion);
}

/** A name or a value: words, which are joined by single spaces, or one text in quotes. */
function parseText(
  what: 'name' | 'value',
  tokens: readonly Token[],
  endColumn: number,
  report: ReportProblem,
) {
  const [first, ...others] = tokens;
  if (!first) {
    report('route-attribute', endColumn, undefined, `a ${what}, as in "Language:English >= 3"`);
    return undefined;
  }
  if (others.length === 0 && first.kind === 'quoted') return first;
  const misfit = tokens.find(({ kind }) => kind !== 'word');
  if (!misfit) return { value: tokens.map(({ value }) => value).join(' '), column: first.column };
  report(
    'route-attribute',
    misfit.column,
    misfit.text,
    `${quotingAdvice(misfit)}the whole ${what} in quotes`,
  );
  return undefined;
}

function quotingAdvice({ kind }: Token): string {
  if (kind === 'colon') return '"and" or "or" before the next condition, or ';
  if (kind === 'keyword') return '"not" once, before the whole condition, or ';
  return '';
}
