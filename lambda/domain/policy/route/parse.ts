import { isObject } from '../../json.ts';
import type { RoutingCriteria, RoutingCriteriaStep } from '../../routing/criteria.ts';
import { routingCriteriaProblems } from '../../routing/criteria-problems.ts';
import type { Path, Problem } from '../../validation/problem.ts';
import { typeProblem } from '../../validation/problem.ts';
import type { SourceMap } from './clauses.ts';
import { parseStep } from './parse-step.ts';
import { type RouteProblem, withColumn } from './problem.ts';

const FORM = 'a list of 1 to 5 strings, each a step such as "Language:English >= 3 for 30s"';

/** Stands for a step that cannot be understood, so that those beside it are checked as they are. */
const PLACEHOLDER_STEP: RoutingCriteriaStep = {
  Expression: {
    AttributeCondition: {
      Name: 'Name',
      Value: 'Value',
      ComparisonOperator: 'NumberGreaterOrEqualTo',
      ProficiencyLevel: 1,
    },
  },
  Expiry: { DurationInSeconds: 1 },
};

/**
 * Reads the short form of routing criteria: a list of 1 to 5 strings, each of which is a step. Never throws;
 * reports every problem at once, each at the path of its step and with the column of the step's text in its
 * message. What is said goes by the rules of {@link routingCriteriaProblems}, too.
 *
 * ```
 * step      = branch *2( "or" branch ) [ "for" duration ]   ; the last step may go without "for", no other
 * branch    = condition *7( "and" condition )               ; "and" binds tighter than "or"; no parentheses
 * condition = [ "not" ] ( attribute | agents )
 * attribute = name ":" value ( ">=" level | level ".." level )   ; levels are whole numbers from 1 to 5
 * agents    = "agents" id *9( "," id )                           ; ids of users, which are UUIDs
 * ```
 *
 * Names and values are as Connect knows them, case included. They are words with single spaces between them: the
 * name ends at the first colon, the value before `>=` or the range. In quotes they may hold anything, and must
 * stand where they hold a keyword (and, or, not, for; in any case), a sign (`< > = ! , ; ( ) ..`), a colon or a
 * quote, or where a name begins with `agents`, or in several words with `no` or the like; quotes and escapes are
 * those of JSON.
 *
 * @param source - any value, as parsed from JSON or YAML.
 * @param path - where the list stands in its document.
 * @returns the criteria, or else what is wrong.
 * @example parseRoute(['Language:English >= 4 and Technology:Kinesis >= 2 for 30s', 'Language:English 2..4'], [])
 * @example parseRoute(['agents 11111111-2222-3333-4444-555555555555 for 1m', 'not "Speaks":"English, badly" >= 1'], [])
 */
export function parseRoute(source: unknown, path: Path): { criteria?: RoutingCriteria; problems: Problem[] } {
  if (!Array.isArray(source)) return { problems: [typeProblem(path, source, FORM)] };
  const columns: SourceMap = new Map();
  const reads = source.map((text: unknown, index) => {
    const at = [...path, index];
    return typeof text === 'string'
      ? parseStep(text, index === source.length - 1, at, columns)
      : { problems: [{ column: 0, problem: typeProblem(at, text, `a string${quotesHint(text)}`) }] };
  });
  const criteria: RoutingCriteria = { Steps: reads.map(({ step }) => step ?? PLACEHOLDER_STEP) };
  const checked = routingCriteriaProblems(criteria).map((problem) =>
    locateInStep(problem, criteria, columns),
  );
  const problems = [
    ...checked.filter(({ step }) => step === undefined).map(({ problem }) => ({ ...problem, path })),
    ...reads.flatMap((read, index) => [
      ...sortByColumn([
        ...read.problems,
        ...checked
          .filter(({ step }) => step === index)
          .map(({ problem, column }) => withColumn(column, { ...problem, path: [...path, index] })),
      ]),
    ]),
  ];
  return problems.length > 0 ? { problems } : { criteria, problems };
}

function sortByColumn(problems: readonly RouteProblem[]): Problem[] {
  return problems.toSorted((a, b) => a.column - b.column).map(({ problem }) => problem);
}

/** The step that a problem of the criteria belongs to, and its column there. */
function locateInStep(problem: Problem, criteria: RoutingCriteria, columns: SourceMap) {
  const [, step] = problem.path;
  let column = 1;
  let node: unknown = criteria;
  for (const key of problem.path) {
    const places = columns.get(node);
    node = (node as Record<string | number, unknown> | undefined)?.[key];
    column = columns.get(node)?.start ?? places?.[key] ?? column;
  }
  return { problem, step: typeof step === 'number' ? step : undefined, column };
}

/** YAML takes `Language: English >= 3` for an object. */
function quotesHint(found: unknown): string {
  return isObject(found) ? '; in YAML, put a string that contains ": " in quotes' : '';
}
