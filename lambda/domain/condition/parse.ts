import { defined, isObject } from '../json.ts';
import { compilePattern, type Pattern } from '../pattern/index.ts';
import { createProblem, type Problem, unknownKeyProblem } from '../validation/problem.ts';
import { schemaProblems } from '../validation/schema-problems.ts';
import { type Condition, LOAD_FIELDS } from './condition.ts';
import { type ConditionSource, conditionSchema } from './schema.ts';

/**
 * Checks and compiles a condition that was read from JSON or YAML. Never throws; reports every problem at once.
 *
 * @param source - any value.
 * @example parseCondition('busy', { when: { waiting: [{ numeric: ['>', 50] }] } })
 */
export function parseCondition(
  name: string,
  source: unknown,
): { readonly condition?: Condition; readonly problems: readonly Problem[] } {
  // Only `when` is required, and the schema does not know what to write there.
  const problems = schemaProblems(conditionSchema, source).filter(({ code }) => code !== 'missing');
  const given = isObject(source) ? source : {};
  if (isObject(source) && source.when === undefined) {
    problems.push(createProblem('missing', ['when'], undefined, `a pattern over ${LOAD_FIELDS.join(', ')}`));
  }
  const when = patternOf(given, 'when', problems);
  const until = patternOf(given, 'until', problems);
  if (problems.length > 0 || !when) return { problems };
  const { description, queues, channel } = source as ConditionSource;
  return { condition: defined({ name, description, queues, channel, when, until }), problems: [] };
}

/** A pattern over the load of a queue. Its problems are added to `problems`. */
function patternOf(
  source: Readonly<Record<string, unknown>>,
  key: 'when' | 'until',
  problems: Problem[],
): Pattern | undefined {
  if (source[key] === undefined) return undefined;
  const { pattern, problems: ofPattern } = compilePattern(source[key]);
  problems.push(...ofPattern.map((problem) => ({ ...problem, path: [key, ...problem.path] })));
  const fields = pattern?.rules.flat() ?? [];
  const unknown = new Map(
    fields.filter(({ name }) => !isLoadField(name)).map((field) => [field.path.join('.'), field]),
  );
  for (const { path, name, values } of unknown.values()) {
    problems.push(unknownKeyProblem([key, ...path], name, [...LOAD_FIELDS], values));
  }
  return pattern;
}

function isLoadField(name: string): boolean {
  return LOAD_FIELDS.some((field) => field === name);
}
