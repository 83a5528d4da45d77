import { isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import type { Path, Problem } from './problem.ts';

/** A problem with its position in the text. Lines and columns count from 1, as in editors. */
export interface LocatedProblem extends Problem {
  readonly line: number;
  readonly column: number;
}

/** A document in YAML, which includes JSON. */
export interface Document {
  /** The content; meaningless if there are problems. */
  readonly value: unknown;
  /** The syntax errors. */
  readonly problems: readonly LocatedProblem[];
  /** Adds the position of the value at the problem's path, or of the nearest value around it. */
  locate(problem: Problem): LocatedProblem;
}

/**
 * Reads a document in JSON or YAML. Never throws. A duplicate key and a second document are syntax errors.
 */
export function readDocument(text: string): Document {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    logLevel: 'silent',
    // The time to convert objects and lists to keys grows with the fifth power of their depth.
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
  if (!isSerializable(value)) {
    problems.push(syntax('it contains itself through an alias, or it is nested too deeply', 0));
  }
  return {
    value,
    problems,
    locate: (problem) => ({
      ...problem,
      ...at(keyOffset(document, problem) ?? offsetOf(document, problem.path)),
    }),
  };
}

/** Sorts problems by line, then by column. */
export function inTextOrder(problems: readonly LocatedProblem[]): LocatedProblem[] {
  return problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
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
  for (let length = path.length; length > 0; length--) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}

/** The offset of an unknown key itself; undefined for other problems, which point at values. */
function keyOffset(document: ReturnType<typeof parseDocument>, problem: Problem): number | undefined {
  if (problem.code !== 'unknown-key') return undefined;
  const parent: unknown =
    problem.path.length === 1 ? document.contents : document.getIn(problem.path.slice(0, -1), true);
  const pair =
    isMap(parent) && parent.items.find(({ key }) => isScalar(key) && key.value === problem.path.at(-1));
  return pair && isScalar(pair.key) ? pair.key.range?.[0] : undefined;
}
