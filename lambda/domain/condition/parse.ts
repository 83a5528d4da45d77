import { plainName } from '../arn.ts';
import { defined, isObject } from '../json.ts';
import { compilePattern, type Pattern } from '../pattern/index.ts';
import { createProblem, describeValue, type Problem, unknownKeyProblem } from '../validation/problem.ts';
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
  const problems = schemaProblems(conditionSchema, source).filter(({ path }) => path[0] !== 'when');
  const given = isObject(source) ? source : {};
  if (isObject(source) && source.when === undefined) {
    problems.push(createProblem('missing', ['when'], undefined, PATTERN_FORM));
  }
  const when = patternOf(given, 'when', problems);
  const until = patternOf(given, 'until', problems);
  if (problems.length > 0 || !when) return { problems };
  const { description, queues, channel } = source as ConditionSource;
  const names = queues?.map(plainName);
  return { condition: defined({ name, description, queues: names, channel, when, until }), problems: [] };
}

const PATTERN_FORM = `a pattern over ${LOAD_FIELDS.join(', ')}`;

/** A pattern over the load of a queue. Its problems are added to `problems`. */
function patternOf(
  source: Readonly<Record<string, unknown>>,
  key: 'when' | 'until',
  problems: Problem[],
): Pattern | undefined {
  if (source[key] === undefined) return undefined;
  const { pattern, problems: ofPattern } = compilePattern(source[key]);
  problems.push(
    ...ofPattern.map((problem) => ({ ...withLoadExample(problem), path: [key, ...problem.path] })),
  );
  const fields = pattern?.rules.flat() ?? [];
  const unknown = new Map(
    fields.filter(({ name }) => !isLoadField(name)).map((field) => [field.path.join('.'), field]),
  );
  for (const { path, name, values } of unknown.values()) {
    problems.push(unknownKeyProblem([key, ...path], name, [...LOAD_FIELDS], values));
  }
  return pattern;
}

/** The example of a pattern is one over the contact view, which is unknown here. */
function withLoadExample(problem: Problem): Problem {
  const { code, found } = problem;
  if (code !== 'empty-object' && code !== 'not-an-object') return problem;
  const message = `Found ${describeValue(found)}. Write ${PATTERN_FORM}: {"waiting": [{"numeric": [">", 50]}]}.`;
  return { ...problem, message, allowed: PATTERN_FORM };
}

function isLoadField(name: string): boolean {
  return LOAD_FIELDS.some((field) => field === name);
}
