import { isMap, isNode, isScalar, LineCounter, parseDocument, visit, type YAMLParseError } from 'yaml';
import { isMeantAsJson, jsonFault, withoutComments } from './json-text.ts';
import { describeValue, type Path, type Problem } from './problem.ts';
import { unexpectedReadings } from './readings.ts';
import { syntaxAdvice, unresolvedAlias } from './syntax-advice.ts';

/** A problem with its position in the text. Lines and columns count from 1, as in editors. */
export interface LocatedProblem extends Problem {
  readonly line: number;
  readonly column: number;
}

/** A document in YAML, which includes JSON. */
export interface Document {
  /** The content; meaningless if there are problems. */
  readonly value: unknown;
  /** The syntax errors. Nothing else can be checked while there are any. */
  readonly problems: readonly LocatedProblem[];
  /** The places that read otherwise than they look: tags, and numbers in other notations. */
  readonly readings: readonly LocatedProblem[];
  /** Adds the position of the value at the problem's path, or of the nearest value around it. */
  locate(problem: Problem): LocatedProblem;
  /**
   * The text of the unquoted value at a path, such as `007`; undefined for any other value. A text has all its lines,
   * and a comment whose # has no space after it, as in `gold #1`.
   */
  written(path: Path): string | undefined;
}

/**
 * Reads a document in JSON or YAML 1.2, with merge keys (`<<`). Never throws. A duplicate key and a second document are
 * problems.
 */
export function readDocument(text: string): Document {
  const lines = new LineCounter();
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  try {
    return fromYaml(text, lines, at);
  } catch {
    // The parser overflows the stack.
    return unreadable({ ...syntaxProblem(NESTED_TOO_DEEPLY), ...at(0) }, at);
  }
}

/** A document of which nothing can be said but one problem. */
function unreadable(
  problem: LocatedProblem,
  at: (offset: number) => { line: number; column: number },
): Document {
  return {
    value: undefined,
    problems: [problem],
    readings: [],
    locate: (other) => ({ ...other, ...at(0) }),
    written: () => undefined,
  };
}

const NESTED_TOO_DEEPLY = 'it is nested too deeply';

function fromYaml(
  text: string,
  lines: LineCounter,
  at: (offset: number) => { line: number; column: number },
): Document {
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    merge: true,
    // The time to convert objects and lists to keys grows with the fifth power of their depth.
    stringKeys: true,
  });
  const overflow = document.errors.find(({ message }) => message.includes('call stack'));
  if (overflow) throw overflow;
  const isFaulty = document.errors.length > 0;
  const fault =
    lineEndProblem(text) ?? (isFaulty ? leftover(text) : undefined) ?? jsonProblem(text, isFaulty);
  if (fault) {
    return unreadable({ ...fault.problem, ...positionAt(text, fault.offset) }, at);
  }
  const hidden = hiddenInComment(document, text);
  if (hidden) return unreadable({ ...hidden.problem, ...positionAt(text, hidden.offset) }, at);
  const problems: LocatedProblem[] = onceEach(
    causesOf(document.errors).map((error) => {
      const { code, message, pos } = error;
      const hint = oddSpaceHint(text, pos[0]) || syntaxAdvice(error, text);
      return {
        ...(code === 'MULTIPLE_DOCS' ? SECOND_DOCUMENT : syntaxProblem(message + hint)),
        ...at(pos[0]),
      };
    }),
  );
  if (document.directives?.yaml.explicit && document.directives.yaml.version !== '1.2') {
    problems.push({ ...YAML_VERSION, ...at(0) });
  }
  let value: unknown;
  try {
    value = problems.length === 0 ? document.toJS() : undefined;
  } catch (error) {
    const alias = unresolvedAlias(document);
    const message = alias?.message ?? (error as Error).message;
    problems.push({ ...syntaxProblem(message), ...at(alias?.offset ?? 0) });
  }
  if (!isSerializable(value)) {
    problems.push({
      ...syntaxProblem('it contains itself through an alias, or it is nested too deeply'),
      ...at(0),
    });
  }
  const readings = problems.length > 0 ? [] : unexpectedReadings(document);
  return {
    value,
    problems,
    readings: readings.map(({ problem, offset }) => ({ ...problem, ...at(offset) })),
    locate: (problem) => ({
      ...problem,
      ...at(keyOffset(document, problem) ?? offsetOf(document, problem.path)),
    }),
    written: (path) => {
      const node: unknown = document.getIn(path, true);
      if (!isScalar(node) || node.type !== 'PLAIN' || !node.range) return undefined;
      const [start, end] = node.range;
      const comment =
        typeof node.value === 'string' ? COMMENT_WITHOUT_SPACE.exec(text.slice(end))?.[0] : undefined;
      return text.slice(start, end) + (comment ?? '');
    },
  };
}

const COMMENT_WITHOUT_SPACE = /^[ \t]+#[^\s#].*/;

/** The errors without those that follow from others: where tabs indent, nothing after them is read as it was meant. */
function causesOf(errors: readonly YAMLParseError[]): readonly YAMLParseError[] {
  const tabs = errors.filter(({ code }) => code === 'TAB_AS_INDENT');
  return tabs.length > 0 ? tabs : errors;
}

/** Leaves out a problem that another one says already: a file that is indented with tabs has one in each line. */
function onceEach(problems: readonly LocatedProblem[]): LocatedProblem[] {
  const byMessage = Map.groupBy(problems, ({ message }) => message);
  return [...byMessage.values()].flatMap(([first, ...others]) => {
    if (!first) return [];
    const lines = new Set(others.map(({ line }) => line).filter((line) => line !== first.line)).size;
    const more = lines === 0 ? '' : `. The same holds for ${lines} other ${lines === 1 ? 'line' : 'lines'}`;
    return [{ ...first, message: first.message + more }];
  });
}

/**
 * The problem of a line that ends with a carriage return alone. YAML ends the line there, this parser does not: what
 * comes after a comment would be a part of it.
 */
function lineEndProblem(text: string): { problem: Problem; offset: number } | undefined {
  const offset = text.search(/\r(?!\n)/);
  if (offset < 0) return undefined;
  const message =
    'a line ends with a carriage return alone. Save the file with the line ends of Unix (LF) or of Windows (CRLF)';
  return { problem: syntaxProblem(message), offset };
}

/** Characters at which editors begin a new line, and YAML does not. */
const OTHER_LINE_END = /[\v\f\u0085\u2028\u2029]/;

/** The problem of a comment in which an editor shows a further line, which is a part of the comment. */
function hiddenInComment(
  document: ReturnType<typeof parseDocument>,
  text: string,
): { problem: Problem; offset: number } | undefined {
  const comments: unknown[] = [document.commentBefore, document.comment];
  visit(document, {
    Node: (_key, node) => void comments.push(node.commentBefore, node.comment),
  });
  const comment = comments.find((one) => typeof one === 'string' && OTHER_LINE_END.test(one));
  if (typeof comment !== 'string') return undefined;
  const character = OTHER_LINE_END.exec(comment)?.[0] ?? '';
  const message =
    `a comment has the character ${describeCodePoint(character)}, which looks like the end of a line and is none, ` +
    'so what comes after it is a part of the comment. End the line there';
  return { problem: syntaxProblem(message), offset: text.indexOf(character) };
}

function describeCodePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** What programs leave in a text around or between its lines. */
const LEFTOVERS = [
  {
    form: /^(?:<{7} |={7}$|>{7} )/m,
    message: 'it has the mark of a merge conflict. Keep the lines of one side, and remove the marks',
  },
  { form: /^[ \t]*(?:`{3}|~{3})/m, message: 'it has a fence of Markdown. Remove the line' },
];

/** The one problem of such a text: it has an error in many lines. */
function leftover(text: string): { problem: Problem; offset: number } | undefined {
  for (const { form, message } of LEFTOVERS) {
    const found = form.exec(text);
    if (found) {
      const problem = { ...syntaxProblem(`${message}: ${describeValue(found[0].trim())}`), found: found[0] };
      return { problem, offset: found.index };
    }
  }
  return undefined;
}

/**
 * The one problem of a text that is JSON with comments, or several values of JSON one behind the other. As YAML, it
 * has an error in each line, or keys that nobody wrote.
 */
function jsonProblem(text: string, isFaulty: boolean): { problem: Problem; offset: number } | undefined {
  if (!isMeantAsJson(text)) return undefined;
  const fault = jsonFault(text);
  if (!fault) return undefined;
  const { kind, offset, found } = fault;
  if (kind === 'second-value') return isFaulty ? { problem: secondValue(found), offset } : undefined;
  return isFaulty || isJson(withoutComments(text)) ? { problem: commentProblem(found), offset } : undefined;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function secondValue(found: string): Problem {
  return {
    ...SECOND_DOCUMENT,
    message:
      `Found a second value after the end of the first one: ${describeValue(found)}; expected one document. ` +
      'Write each policy to a file of its own, or remove what does not belong here.',
    found,
  };
}

function commentProblem(found: string): Problem {
  return {
    ...syntaxProblem(
      `it has a comment of JavaScript: ${describeValue(found)}. Remove it, or put it in a line of its own that begins with #`,
    ),
    found,
  };
}

function syntaxProblem(message: string): Problem {
  return { code: 'syntax', path: [], message: `This is neither valid JSON nor valid YAML: ${message}` };
}

/** The position of an offset that the parser may not have reached. */
function positionAt(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}

/** A space that looks like the plain one, and is a letter for YAML. */
const ODD_SPACE = /[\u00A0\u2000-\u200B\u202F\u205F\u3000\uFEFF]/;

function oddSpaceHint(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const [line = ''] = text.slice(start, start + 1_000).split('\n');
  return ODD_SPACE.test(line) ? '. The line has a space that is not the plain one: write a plain space' : '';
}

const SECOND_DOCUMENT: Problem = {
  code: 'second-document',
  path: [],
  message:
    'Found a second document after "---"; expected one document. ' +
    'Write each policy to a file of its own, or remove what does not belong here.',
  allowed: 'one document',
};

const YAML_VERSION: Problem = {
  code: 'yaml-version',
  path: [],
  message:
    'Found a %YAML directive of another version than 1.2, in which words and numbers read otherwise; ' +
    'expected YAML 1.2. Remove the line.',
  allowed: 'YAML 1.2',
};

/** Sorts problems by line, then by column. */
export function inTextOrder(problems: readonly LocatedProblem[]): LocatedProblem[] {
  return problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
}

/** The readings with the other problems, in order of the text; a reading explains what else is wrong in its place. */
export function withReadings(
  problems: readonly LocatedProblem[],
  readings: readonly LocatedProblem[],
): LocatedProblem[] {
  const byPlace = Map.groupBy(problems, ({ path }) => JSON.stringify(path));
  const explained = readings.map((reading) =>
    withAllowed(
      reading,
      byPlace.get(JSON.stringify(reading.path))?.find(({ path }) => path.length > 0),
    ),
  );
  const places = new Set(readings.map(({ path }) => JSON.stringify(path)));
  return inTextOrder([...problems.filter(({ path }) => !places.has(JSON.stringify(path))), ...explained]);
}

/** A number in another notation, with what its place allows: a text in quotes is often none of that. */
function withAllowed(reading: LocatedProblem, other: LocatedProblem | undefined): LocatedProblem {
  const [, rest] = /^Found [^;]*; (expected .*)$/s.exec(other?.message ?? '') ?? [];
  if (reading.code !== 'number-form' || rest === undefined) return reading;
  const [found] = reading.message.split(';');
  return { ...reading, message: `${found}; ${rest}` };
}

/**
 * False for a value that contains itself, as YAML aliases allow, or that is too deep for recursive functions.
 */
function isSerializable(value: unknown): boolean {
  try {
    JSON.stringify(value);
    return true;
  } catch {
    return false;
  }
}

function offsetOf(document: ReturnType<typeof parseDocument>, path: Path): number {
  for (let length = path.length; length >= 0; length--) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

/** Problems of keys. */
const OF_KEYS: readonly string[] = [
  'unknown-key',
  'unknown-tier',
  'misplaced-key',
  'unknown-operator',
  'reserved-name',
  'agent-list-name',
  'unknown-field',
  'operator-outside-list',
  'nothing-to-accept',
];

/** The offset of the key itself that a problem is about; undefined for other problems, which point at values. */
function keyOffset(document: ReturnType<typeof parseDocument>, problem: Problem): number | undefined {
  if (!OF_KEYS.includes(problem.code)) return undefined;
  const parent: unknown = document.getIn(problem.path.slice(0, -1), true);
  const keys = isMap(parent) ? parent.items.map(({ key }) => key).filter(isScalar) : [];
  return keys.find(({ value }) => value === problem.path.at(-1))?.range?.[0];
}
