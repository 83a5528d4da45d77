import { isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import type { Path, Problem } from './problem.ts';

/** A problem and its place in the text, both counted from 1 as editors do. */
export interface LocatedProblem extends Problem {
  readonly line: number;
  readonly column: number;
}

/** A document in JSON or YAML, which takes JSON in. */
export interface Document {
  readonly value: unknown;
  /** What makes it unreadable; then the value means nothing. */
  readonly problems: readonly LocatedProblem[];
  /** Adds the place of what the problem's path names, or of the nearest thing around it. */
  locate(problem: Problem): LocatedProblem;
}

/** Reads JSON or YAML; never throws. Twice the same key in one object is a problem, as is a second document. */
export function readDocument(text: string): Document {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    logLevel: 'silent',
    // Writing objects and lists out as keys takes time that grows with the fifth power of their depth.
    stringKeys: true,
  });
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const syntax = (message: string, offset: number): LocatedProblem => ({
    code: 'syntax',
    path: [],
    message: `This is neither valid JSON nor valid YAML: ${message}`,
    ...at(offset),
  });
  const problems = document.errors.map((error) => syntax(error.message, error.pos[0]));
  let value: unknown;
  try {
    value = problems.length === 0 ? document.toJS({ maxAliasCount: 100 }) : undefined;
  } catch (error) {
    problems.push(syntax(error instanceof Error ? error.message : String(error), 0));
  }
  if (!isSerializable(value))
    problems.push(syntax('it holds itself by an alias, or is nested too deeply', 0));
  return {
    value,
    problems,
    locate: (problem) => ({
      ...problem,
      ...at(keyOffset(document, problem) ?? offsetOf(document, problem.path)),
    }),
  };
}

/** An alias may stand inside of what it names. */
function isSerializable(value: unknown): boolean {
  try {
    JSON.stringify(value);
    return true;
  } catch {
    return false;
  }
}

function offsetOf(document: ReturnType<typeof parseDocument>, path: Path): number {
  for (let length = path.length; length > 0; length--) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}

/** A key that should not be there is pointed at itself, and not at its value. */
function keyOffset(document: ReturnType<typeof parseDocument>, problem: Problem): number | undefined {
  if (problem.code !== 'unknown-key') return undefined;
  const holder: unknown =
    problem.path.length === 1 ? document.contents : document.getIn(problem.path.slice(0, -1), true);
  const pair =
    isMap(holder) && holder.items.find(({ key }) => isScalar(key) && key.value === problem.path.at(-1));
  return pair && isScalar(pair.key) ? pair.key.range?.[0] : undefined;
}
