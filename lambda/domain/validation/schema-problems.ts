import { isObject } from '../json.ts';
import { lazy } from '../lazy.ts';
import { correction } from './correction.ts';
import { lengthProblem } from './list-problems.ts';
import {
  createProblem,
  emptyProblem,
  nullAdvice,
  type Path,
  type Problem,
  unknownKeyProblem,
} from './problem.ts';
import type { Members, Schema } from './schema.ts';
import { accepts, DEFAULT_MESSAGE, type Issue, schemaIssues } from './schema-issues.ts';
import { closestMatch } from './suggestion.ts';

/** Returns a problem for each difference between a value and a schema; none when the value is valid. */
export function schemaProblems(schema: Schema<unknown>, value: unknown): Problem[] {
  return schemaIssues(schema, value).flatMap((issue) =>
    problemsOfIssue(issue, value, {
      knownKeys: (path) => Object.keys(membersOf(schemaAt(schema, path)) ?? {}),
      accepts: (path, candidate) => {
        const at = schemaAt(schema, path);
        return at !== undefined && accepts(at, candidate);
      },
    }),
  );
}

/** What is looked up in a schema for the advice on a difference. */
export interface SchemaLookup {
  knownKeys(path: Path): readonly string[];
  /** Whether a value may stand at a path. Where the schema of the path cannot be found, none may. */
  accepts(path: Path, value: unknown): boolean;
}

/** The problems of one difference between a document and its schema. */
export function problemsOfIssue(issue: Issue, document: unknown, schema: SchemaLookup): Problem[] {
  const { path } = issue;
  const found = valueAt(document, path);
  const accepted = (value: unknown) => schema.accepts(path, value);
  switch (issue.kind) {
    case 'unknown keys': {
      const known = schema.knownKeys(path);
      return issue.keys.map((key) => unknownKeyProblem([...path, key], key, known, found));
    }
    case 'type':
      return [invalidTypeProblem(path, found, describeType(issue), issue.expected, accepted)];
    case 'value': {
      const allowed = describeAllowed(issue.values);
      const suggestion = suggestAllowed(found, issue.values.map(String));
      return [
        found === undefined
          ? createProblem('missing', path, found, allowed)
          : corrected(createProblem('not-allowed', path, found, allowed, suggestion), 'enum', accepted),
      ];
    }
    case 'limit': {
      const limit = describeLimit(issue.comparison, issue.limit, issue.origin);
      return [limitProblem(path, found, issue.message === DEFAULT_MESSAGE ? limit : issue.message)];
    }
    case 'refused':
      return [corrected(createProblem('not-allowed', path, found, issue.message), 'string', accepted)];
  }
}

function limitProblem(path: Path, found: unknown, allowed: string): Problem {
  return Array.isArray(found)
    ? lengthProblem(path, found, allowed)
    : createProblem('out-of-range', path, found, allowed);
}

function invalidTypeProblem(
  path: Path,
  found: unknown,
  allowed: string,
  expected: string,
  accepts: (value: unknown) => boolean,
): Problem {
  if (found === undefined) return createProblem('missing', path, found, allowed);
  // The value of a document without content.
  if (path.length === 0 && found === null) {
    return emptyProblem(allowed);
  }
  return corrected(createProblem('wrong-type', path, found, allowed), expected, accepts);
}

function corrected(problem: Problem, expected: string, accepts: (value: unknown) => boolean): Problem {
  const { found, allowed = '', message, path } = problem;
  const advice = found === null ? nullAdvice(path) : correction(found, expected, allowed, accepts);
  return { ...problem, message: message + advice };
}

/** The allowed word for a found one. YAML 1.1 reads `off` as false and `on` as true. */
function suggestAllowed(found: unknown, allowed: readonly string[]): string | undefined {
  const word =
    typeof found === 'string' || typeof found === 'boolean' ? String(found).trim().toLowerCase() : '';
  const meant = allowed.find((one) => one === OTHER_WORDS().get(word));
  return meant ?? (typeof found === 'string' ? closestMatch(found, allowed) : undefined);
}

/** Words that people write for allowed ones. */
const OTHER_WORDS = lazy(
  (): ReadonlyMap<string, string> =>
    new Map(
      Object.entries({
        false: 'off',
        disabled: 'off',
        inactive: 'off',
        true: 'enforce',
        on: 'enforce',
        enabled: 'enforce',
        active: 'enforce',
        live: 'enforce',
        shadow: 'observe',
        test: 'observe',
        'dry-run': 'observe',
        monitor: 'observe',
      }),
    ),
);

function schemaAt(schema: Schema<unknown>, path: Path): Schema<unknown> | undefined {
  let current: Schema<unknown> | undefined = schema;
  for (const part of path) current = current && partOf(unwrapped(current), part);
  return current;
}

function partOf({ shape }: Schema<unknown>, part: string | number): Schema<unknown> | undefined {
  switch (shape.kind) {
    case 'array':
      return typeof part === 'number' ? shape.element : undefined;
    case 'record':
      return shape.value;
    case 'object':
      return Object.hasOwn(shape.members, part) ? shape.members[part] : undefined;
    default:
      return undefined;
  }
}

function membersOf(schema: Schema<unknown> | undefined): Members | undefined {
  const shape = schema && unwrapped(schema).shape;
  return shape?.kind === 'object' ? shape.members : undefined;
}

/** The schema of a member, whether it may be absent or not. */
function unwrapped(schema: Schema<unknown>): Schema<unknown> {
  return schema.shape.kind === 'optional' ? unwrapped(schema.shape.inner) : schema;
}

function valueAt(document: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, part) => {
    if (Array.isArray(value) && typeof part === 'number') return value[part];
    return isObject(value) && Object.hasOwn(value, part) ? value[part] : undefined;
  }, document);
}

const TYPE_DESCRIPTIONS: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

function describeType({
  expected,
  message,
}: {
  readonly expected: string;
  readonly message: string;
}): string {
  return message === DEFAULT_MESSAGE ? (TYPE_DESCRIPTIONS[expected] ?? expected) : message;
}

function describeAllowed(values: readonly unknown[]): string {
  return values.length === 1 ? String(values[0]) : `one of ${values.map(String).join(', ')}`;
}

function describeLimit(comparison: string, limit: number, origin: string): string {
  const units = LENGTH_UNITS[origin];
  if (!units) return `${comparison} ${limit}`;
  return `${comparison} ${limit === 1 ? units.one : `${limit} ${units.several}`}`;
}

/** What the length of a value counts, by the kind of the value. */
const LENGTH_UNITS: Readonly<Record<string, { readonly one: string; readonly several: string }>> = {
  array: { one: 'one entry', several: 'entries' },
  string: { one: 'one character', several: 'characters' },
};
