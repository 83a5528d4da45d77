import type * as z from 'zod/mini';
import { isObject } from '../json.ts';
import { closestMatch } from './suggestion.ts';

/** Where in a document: keys and indexes from the top. */
export type Path = readonly (string | number)[];

/** Something in a document that people wrote which is not as it must be. */
export interface Problem {
  /** Stable, such as `unknown-key`: for programs and for the documentation. */
  readonly code: string;
  readonly path: Path;
  /** A whole sentence: what was found, what is allowed, what to write instead. */
  readonly message: string;
  readonly found?: unknown;
  readonly allowed?: string;
}

/** `steps[1].set.priority`; the document itself is the empty string. */
export function formatPath(path: Path): string {
  return path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`))
    .join('');
}

/** A line for people: `steps[1].set.priority: … (out-of-range)`. */
export function formatProblem(problem: Problem): string {
  const place = formatPath(problem.path);
  return `${place ? `${place}: ` : ''}${problem.message} (${problem.code})`;
}

/** All the ways in which a value differs from a schema; none when it fits. */
export function schemaProblems(schema: z.ZodMiniType, value: unknown): Problem[] {
  const result = schema.safeParse(value);
  return result.success
    ? []
    : result.error.issues.flatMap((issue) => problemsFromIssue(issue, schema, value));
}

function problemsFromIssue(issue: z.core.$ZodIssue, schema: z.ZodMiniType, document: unknown): Problem[] {
  const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
  const found = valueAt(document, path);
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = knownKeys(schema, path);
      return issue.keys.map((key) => unknownKeyProblem([...path, key], key, known));
    }
    case 'invalid_type':
      // What a document without a line in it holds.
      if (path.length === 0 && found === null) return [emptyDocumentProblem(describeType(issue.expected))];
      return [
        found === undefined
          ? missingProblem(path, describeType(issue.expected))
          : createProblem('wrong-type', path, found, describeType(issue.expected)),
      ];
    case 'invalid_value':
      return found === undefined
        ? [missingProblem(path, describeAllowed(issue.values))]
        : [
            createProblem(
              'not-allowed',
              path,
              found,
              describeAllowed(issue.values),
              closestMatch(String(found), issue.values.map(String)),
            ),
          ];
    case 'too_small':
      return [
        createProblem(
          'out-of-range',
          path,
          found,
          describeLimit(issue.inclusive ? 'at least' : 'more than', issue.minimum, issue.origin),
        ),
      ];
    case 'too_big':
      return [
        createProblem(
          'out-of-range',
          path,
          found,
          describeLimit(issue.inclusive ? 'at most' : 'less than', issue.maximum, issue.origin),
        ),
      ];
    default:
      return [createProblem('not-allowed', path, found, issue.message)];
  }
}

/** A problem in the usual words: `found` is not what is `allowed`. */
export function createProblem(
  code: string,
  path: Path,
  found: unknown,
  allowed: string,
  suggestion?: string,
): Problem {
  if (code === 'missing' && found === undefined) return missingProblem(path, allowed);
  return {
    code,
    path,
    message: `Found ${describeValue(found)}; expected ${allowed}.${didYouMean(suggestion)}`,
    found,
    allowed,
  };
}

/** The end of a message that has a suggestion to make; nothing without one. */
export function didYouMean(suggestion: string | undefined): string {
  return suggestion === undefined ? '' : ` Did you mean ${JSON.stringify(suggestion)}?`;
}

/** The problem of a key that nothing reads: it is never dropped in silence. */
export function unknownKeyProblem(path: Path, key: string, known: readonly string[]): Problem {
  const suggestion = closestMatch(key, known);
  const allowed = known.join(', ');
  return {
    code: 'unknown-key',
    path,
    message: `${JSON.stringify(key)} is not a key here; known are ${allowed}.${didYouMean(suggestion)}`,
    found: key,
    allowed,
  };
}

function emptyDocumentProblem(allowed: string): Problem {
  return {
    code: 'wrong-type',
    path: [],
    message: `This is empty; expected ${allowed}.`,
    found: null,
    allowed,
  };
}

function missingProblem(path: Path, allowed: string): Problem {
  const last = path.at(-1);
  const name = typeof last === 'string' ? last : formatPath(path) || 'This';
  return { code: 'missing', path, message: `${name} is missing; expected ${allowed}.`, allowed };
}

function knownKeys(schema: z.ZodMiniType, path: Path): string[] {
  let current: unknown = schema;
  for (const part of path) {
    const inner = unwrap(current);
    current = typeof part === 'number' ? inner?.def?.element : inner?.def?.shape?.[part];
  }
  return Object.keys(unwrap(current)?.def?.shape ?? {});
}

interface SchemaInternals {
  def?: { innerType?: unknown; element?: unknown; shape?: Record<string, unknown> };
}

function unwrap(schema: unknown): SchemaInternals | undefined {
  let current = schema as SchemaInternals | undefined;
  while (current?.def?.innerType) current = current.def.innerType as SchemaInternals;
  return current;
}

function valueAt(document: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, part) => {
    if (Array.isArray(value) && typeof part === 'number') return value[part];
    return isObject(value) && Object.hasOwn(value, part) ? value[part] : undefined;
  }, document);
}

function describeValue(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

const TYPE_DESCRIPTIONS: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

function describeType(type: string): string {
  return TYPE_DESCRIPTIONS[type] ?? type;
}

function describeAllowed(values: readonly unknown[]): string {
  return values.length === 1 ? String(values[0]) : `one of ${values.map(String).join(', ')}`;
}

function describeLimit(word: string, bound: number | bigint, origin: string): string {
  const unit = origin === 'array' ? ' entries' : origin === 'string' ? ' characters' : '';
  return `${word} ${bound}${unit}`;
}

/** The problem of having neither or both of two members, of which there must be one. */
export function exactlyOneOfProblem(
  code: string,
  path: Problem['path'],
  [a, b]: readonly [string, string],
  hasBoth: boolean,
  allowed = `one of ${a} and ${b}`,
): Problem {
  const found = hasBoth ? `both ${a} and ${b}` : `neither ${a} nor ${b}`;
  return { code, path, message: `Found ${found}; expected ${allowed}.`, found, allowed };
}
