import * as z from 'zod/mini';
import type { Path, Problem } from './problem.ts';
import { DEFAULT_MESSAGE, type Issue } from './schema-issues.ts';
import { problemsOfIssue } from './schema-problems.ts';

/** `schemaProblems` for a schema of Zod, which knows unions. */
export function zodProblems(schema: z.ZodMiniType, value: unknown): Problem[] {
  const result = schema.safeParse(value);
  if (result.success) return [];
  return result.error.issues.flatMap((issue) =>
    problemsOfIssue(issueOf(issue), value, {
      knownKeys: (path) => Object.keys(unwrap(schemaAt(schema, path))?.def?.shape ?? {}),
      accepts: (path, candidate) => {
        const at = schemaAt(schema, path) as z.ZodMiniType | undefined;
        return at !== undefined && z.safeParse(at, candidate).success;
      },
    }),
  );
}

function issueOf(issue: z.core.$ZodIssue): Issue {
  const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
  const { message } = issue;
  switch (issue.code) {
    case 'unrecognized_keys':
      return { kind: 'unknown keys', path, keys: issue.keys };
    case 'invalid_type':
      return { kind: 'type', path, expected: issue.expected, message };
    case 'invalid_value':
      return { kind: 'value', path, values: issue.values };
    case 'too_small': {
      const comparison = issue.inclusive ? 'at least' : 'more than';
      return { kind: 'limit', path, comparison, limit: Number(issue.minimum), origin: issue.origin, message };
    }
    case 'too_big': {
      const comparison = issue.inclusive ? 'at most' : 'less than';
      const limit = Number(issue.maximum);
      return { kind: 'limit', path, comparison, limit, origin: issue.origin, message: DEFAULT_MESSAGE };
    }
    default:
      return { kind: 'refused', path, message };
  }
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
