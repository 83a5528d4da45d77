import { isObject } from '../json.ts';
import {
  compilePattern,
  intendedOperator,
  isOfEmptyPattern,
  operatorForm,
  type Pattern,
} from '../pattern/index.ts';
import {
  createProblem,
  describeValue,
  type Path,
  type Problem,
  unknownKeyProblem,
} from '../validation/problem.ts';
import { schemaProblems } from '../validation/schema-problems.ts';
import { conditionWith } from './compile-condition.ts';
import { type Condition, LOAD_FIELDS } from './condition.ts';
import { meantLoadValue } from './load-values.ts';
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
    problems.push(
      createProblem(
        'missing',
        ['when'],
        undefined,
        `a pattern over ${LOAD_FIELDS.join(', ')}, such as ${EXAMPLE}`,
      ),
    );
  }
  const when = patternOf(given, 'when', problems);
  const until = patternOf(given, 'until', problems);
  if (problems.length > 0 || !when) return { problems };
  return { condition: conditionWith(name, source as ConditionSource, when, until), problems: [] };
}

const EXAMPLE = '{"waiting": [{"numeric": [">", 50]}]}';

/** A pattern over the load of a queue. Its problems are added to `problems`. */
function patternOf(
  source: Readonly<Record<string, unknown>>,
  key: 'when' | 'until',
  problems: Problem[],
): Pattern | undefined {
  if (source[key] === undefined) return undefined;
  const { pattern, problems: ofPattern } = compilePattern(source[key], EXAMPLE);
  const hint = key === 'until' ? ' A condition without until ends as soon as when does not hold.' : '';
  problems.push(
    ...ofPattern.map((problem) => ({
      ...problem,
      path: [key, ...problem.path],
      message: isOfEmptyPattern(problem) ? problem.message + hint : messageOf(problem),
    })),
  );
  const fields = pattern?.rules.flat() ?? [];
  const unknown = new Map(
    fields.filter(({ name }) => !isLoadField(name)).map((field) => [field.path.join('.'), field]),
  );
  for (const { path, name, values } of unknown.values()) {
    problems.push(unknownLoadField([key, ...path], name, values));
  }
  return pattern;
}

/** A text, a truth value and null are no number of the load: the list of it would never match. */
function messageOf({ path, found, message }: Problem): string {
  const field = path.at(-1);
  if (!isLoadField(field)) return message;
  if (typeof found === 'number' || (typeof found === 'object' && found !== null)) return message;
  const meant = typeof found === 'string' ? meantLoadValue(field, found) : undefined;
  const instead = meant === undefined ? `such as [{"numeric": [">", 50]}]` : `write [${meant}]`;
  return `Found ${describeValue(found)}. A field takes a list of numbers: ${instead}.`;
}

function unknownLoadField(path: Path, name: string, values: readonly unknown[]): Problem {
  const problem = unknownKeyProblem(path, name, [...LOAD_FIELDS]);
  const [above = '', ...below] = name.split('.');
  const key = below.join('.');
  const operator = isLoadField(above) ? intendedOperator(key) : undefined;
  if (operator === undefined) return problem;
  return { ...problem, message: `${problem.message} Write ${operatorForm(above, key, operator, values)}.` };
}

function isLoadField(name: unknown): name is (typeof LOAD_FIELDS)[number] {
  return LOAD_FIELDS.some((field) => field === name);
}
