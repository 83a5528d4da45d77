import * as z from 'zod/mini';
import { isObject } from '../json.ts';
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
import { closestMatch } from './suggestion.ts';

/** Returns a problem for each difference between a value and a schema; none when the value is valid. */
export function schemaProblems(schema: z.ZodMiniType, value: unknown): Problem[] {
  const result = schema.safeParse(value);
  return result.success
    ? []
    : result.error.issues.flatMap((issue) => problemsFromIssue(issue, schema, value));
}

function problemsFromIssue(issue: z.core.$ZodIssue, schema: z.ZodMiniType, document: unknown): Problem[] {
  const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
  const found = valueAt(document, path);
  const accepts = acceptsAt(schema, path);
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = knownKeys(schema, path);
      return issue.keys.map((key) => unknownKeyProblem([...path, key], key, known, found));
    }
    case 'invalid_type':
      return [invalidTypeProblem(path, found, describeType(issue), issue.expected, accepts)];
    case 'invalid_value': {
      const allowed = describeAllowed(issue.values);
      const suggestion = suggestAllowed(found, issue.values.map(String));
      return [
        found === undefined
          ? createProblem('missing', path, found, allowed)
          : corrected(createProblem('not-allowed', path, found, allowed, suggestion), 'enum', accepts),
      ];
    }
    case 'too_small': {
      const limit = describeLimit(issue.inclusive ? 'at least' : 'more than', issue.minimum, issue.origin);
      return [limitProblem(path, found, issue.message === DEFAULT_MESSAGE ? limit : issue.message)];
    }
    case 'too_big': {
      const allowed = describeLimit(issue.inclusive ? 'at most' : 'less than', issue.maximum, issue.origin);
      return [limitProblem(path, found, allowed)];
    }
    default:
      return [corrected(createProblem('not-allowed', path, found, issue.message), 'string', accepts)];
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

/** Whether a value may stand at a path. Where the schema of the path cannot be found, none may. */
function acceptsAt(schema: z.ZodMiniType, path: Path): (value: unknown) => boolean {
  const at = schemaAt(schema, path) as z.ZodMiniType | undefined;
  return (value) => at !== undefined && z.safeParse(at, value).success;
}

/** The allowed word for a found one. YAML 1.1 reads `off` as false and `on` as true. */
function suggestAllowed(found: unknown, allowed: readonly string[]): string | undefined {
  const word =
    typeof found === 'string' || typeof found === 'boolean' ? String(found).trim().toLowerCase() : '';
  const meant = allowed.find((one) => one === OTHER_WORDS.get(word));
  return meant ?? (typeof found === 'string' ? closestMatch(found, allowed) : undefined);
}

/** Words that people write for allowed ones. */
const OTHER_WORDS: ReadonlyMap<string, string> = new Map(
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
);

function knownKeys(schema: z.ZodMiniType, path: Path): string[] {
  return Object.keys(unwrap(schemaAt(schema, path))?.def?.shape ?? {});
}

function schemaAt(schema: z.ZodMiniType, path: Path): unknown {
  let current: unknown = schema;
  for (const part of path) {
    const { shape, element, valueType } = unwrap(current)?.def ?? {};
    current =
      typeof part === 'number' ? element : shape ? Object.hasOwn(shape, part) && shape[part] : valueType;
  }
  return current || undefined;
}

interface SchemaInternals {
  def?: { innerType?: unknown; element?: unknown; valueType?: unknown; shape?: Record<string, unknown> };
}

/** Returns the schema inside `z.optional` and the like. */
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

const TYPE_DESCRIPTIONS: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

/** The message of a schema that has no message of its own. */
const DEFAULT_MESSAGE = 'Invalid input';

function describeType({ expected, message }: z.core.$ZodIssueInvalidType): string {
  return message === DEFAULT_MESSAGE ? (TYPE_DESCRIPTIONS[expected] ?? expected) : message;
}

function describeAllowed(values: readonly unknown[]): string {
  return values.length === 1 ? String(values[0]) : `one of ${values.map(String).join(', ')}`;
}

function describeLimit(comparison: string, limit: number | bigint, origin: string): string {
  const units = LENGTH_UNITS[origin];
  if (!units) return `${comparison} ${limit}`;
  return `${comparison} ${Number(limit) === 1 ? units.one : `${limit} ${units.several}`}`;
}

/** What the length of a value counts, by the kind of the value. */
const LENGTH_UNITS: Readonly<Record<string, { readonly one: string; readonly several: string }>> = {
  array: { one: 'one entry', several: 'entries' },
  string: { one: 'one character', several: 'characters' },
};
