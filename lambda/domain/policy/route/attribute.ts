import { defined } from '../../json.ts';
import { lazy } from '../../lazy.ts';
import type { AttributeCondition } from '../../routing/criteria.ts';
import type { Clause } from './clauses.ts';
import { parseBounds } from './level.ts';
import type { ReportProblem } from './problem.ts';
import { readValue } from './read-value.ts';
import { sourceText, type Token } from './tokenize.ts';
import { type RouteValue, VALUE_FORM } from './values.ts';

const FORM = 'a name and a value with a colon between them, such as "Language:English >= 3"';

const RESERVED_FORM =
  'the name of Connect\'s own attribute, then its value, such as "connect:Language:connect:French >= 3"';

/** Parses `name:value >= level` or `name:value low..high`. Reports every problem. */
export function parseAttribute(source: Clause, report: ReportProblem): AttributeCondition | undefined {
  const clause = { ...source, tokens: joinReserved(source.tokens) };
  const { tokens, sourceMap } = clause;
  const at = tokens.findIndex(({ kind }) => kind === 'colon');
  const colon = tokens[at];
  const [first] = tokens;
  if (!colon || !first) return reportMissingColon(clause, report);
  // Connect's own prefix in another case: an attribute of that name needs quotes.
  if (at === 1 && /^connect$/i.test(first.text)) {
    report('route-attribute', first.column, sourceText(clause.source, tokens), RESERVED_FORM);
    return undefined;
  }
  const name = parseText('name', tokens.slice(0, at), colon.column, clause, report);
  const level = parseBounds({ ...clause, tokens: tokens.slice(at + 1) }, report);
  const value = parseText('value', level.value, level.valueEnd, clause, report);
  reportWordsOfLevel(level.value, report);
  if (!name || !value) return undefined;
  if (isReserved(name.value) && !isReserved(value.value) && level.value[0]?.kind === 'word') {
    const allowed = `a value of ${name.value}, which begins with "connect:", or the value in quotes`;
    report('route-attribute', value.column, value.value, allowed, RESERVED + value.value);
    return undefined;
  }
  const condition = { Name: name.value, Value: value.value, ...level.bounds };
  clause.values.set(
    condition,
    defined({ Name: name.stands, Value: value.stands }) as Record<string, RouteValue>,
  );
  sourceMap.set(condition, {
    start: name.column,
    Value: value.column,
    ...defined({ ProficiencyLevel: level.levelColumn }),
  });
  return condition;
}

/** Connect's own attributes begin with this, and so do their values: `connect:Language` has `connect:French`. */
const RESERVED = 'connect:';

function isReserved(text: string): boolean {
  return text.startsWith(RESERVED);
}

/** Joins `connect`, the colon and the word after it to one word, at the beginning of a name or a value. */
function joinReserved(tokens: readonly Token[]): Token[] {
  const joined: Token[] = [];
  const rest = [...tokens];
  for (let first = rest.shift(); first; first = rest.shift()) {
    const [colon, word] = rest;
    const before = joined.at(-1);
    const isStart = !before || before.kind === 'colon' || isReserved(before.value);
    const isPrefix = first.text === 'connect' && colon?.kind === 'colon';
    if (isStart && isPrefix && word?.kind === 'word') {
      const value = RESERVED + word.text;
      joined.push({ kind: 'word', text: value, value, column: first.column });
      rest.splice(0, 2);
    } else joined.push(first);
  }
  return joined;
}

/** Suggests a colon between two words before the level, which are probably the name and the value. */
function reportMissingColon({ tokens, source }: Clause, report: ReportProblem): undefined {
  const isSign = ({ kind }: Token) => kind === 'operator' || kind === 'range';
  const sign = tokens.findLastIndex(isSign);
  const end = tokens[sign]?.kind === 'range' ? sign - 1 : sign === -1 ? tokens.length : sign;
  const words = tokens.slice(0, end).filter((token) => !isSign(token));
  const suggestion = words.length === 2 ? words.map(({ text }) => text).join(':') : undefined;
  const allowed = isReserved(words[0]?.value ?? '') ? RESERVED_FORM : FORM;
  report('route-attribute', tokens[0]?.column ?? 1, sourceText(source, tokens), allowed, suggestion);
}

/** A name or a value of an attribute. */
interface ParsedText {
  readonly value: string;
  readonly column: number;
  /** The string of the contact that it stands for, if it is one. */
  readonly stands?: RouteValue;
}

/** Parses a name or a value: words, which are joined with single spaces, one quoted text, or a value of the contact. */
function parseText(
  part: 'name' | 'value',
  tokens: readonly Token[],
  endColumn: number,
  clause: Clause,
  report: ReportProblem,
): ParsedText | undefined {
  const [first, ...others] = tokens;
  if (!first) {
    report('route-attribute', endColumn, undefined, `a ${part}, as in "Language:English >= 3"`);
    return undefined;
  }
  if (others.length === 0 && first.kind === 'quoted') return first;
  if (others.length === 0 && first.kind === 'value') {
    const stands = readValue(first, clause, report);
    return { value: first.value, column: first.column, ...defined({ stands }) };
  }
  const unexpected = tokens.find(({ kind }) => kind !== 'word');
  if (!unexpected) {
    const value = tokens.map((token) => token.value).join(' ');
    const [, quoted] = /^'(.+)'$/.exec(value) ?? [];
    if (quoted === undefined) return { value, column: first.column };
    report(
      'route-quote',
      first.column,
      value,
      `double quotes around a whole ${part}`,
      JSON.stringify(quoted),
    );
    return undefined;
  }
  report(
    'route-attribute',
    unexpected.column,
    unexpected.text,
    `${quotingAdvice(unexpected)}the whole ${part} in quotes`,
  );
  return undefined;
}

/** Words before a sign that say in English what it says: `x in 1..2`, `x at least >= 3`. */
const LAST_WORDS = 'in|between|within|from|is|least|levels?|lvl|proficiency|than|gte|ge|eq|equals';
const WORD_OF_LEVEL = lazy(
  () =>
    new RegExp(
      `^(?:${LAST_WORDS}|with|has|must|be|at|an?|the|or|greater|higher|more|equal|minimum|min)$`,
      'i',
    ),
);
const LAST_WORD_OF_LEVEL = lazy(() => new RegExp(`(?:^| )(?:${LAST_WORDS})$`, 'i'));

/** Reports the words at the end of a value that belong to the level. As part of the value, they would match no agent. */
function reportWordsOfLevel(tokens: readonly Token[], report: ReportProblem): void {
  const kept = tokens.findLastIndex(({ text }) => !WORD_OF_LEVEL().test(text));
  const first = tokens[kept + 1];
  const phrase = tokens
    .slice(kept + 1)
    .map(({ text }) => text)
    .join(' ');
  if (kept < 0 || !first || !LAST_WORD_OF_LEVEL().test(phrase)) return;
  const allowed = `">=" or a range directly after the value, without ${JSON.stringify(phrase)}, or the whole value in quotes`;
  report('route-attribute', first.column, phrase, allowed);
}

function quotingAdvice({ kind, text }: Token): string {
  if (kind === 'value' || text === '{' || text === '}')
    return `${VALUE_FORM}, which stands for the whole text, or `;
  if (kind === 'colon') return '"and" or "or" before the next condition, or ';
  if (kind === 'keyword') return '"not" once, before the whole condition, or ';
  return '';
}
