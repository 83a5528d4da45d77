import { defined, isObject } from '../../json.ts';
import type { RoutingCriteria, RoutingCriteriaStep } from '../../routing/criteria.ts';
import { routingCriteriaProblems } from '../../routing/criteria-problems.ts';
import { lengthProblem, noListProblem, noTextProblem } from '../../validation/list-problems.ts';
import type { Path, Problem } from '../../validation/problem.ts';
import type { RouteContext, StepContext } from './clauses.ts';
import { parseStep } from './parse-step.ts';
import { type RouteProblem, withColumn } from './problem.ts';
import { placesIn, type RoutePlace } from './values.ts';

const FORM = 'a list of 1 to 5 strings, each a step such as "Language:English >= 3 for 30s"';

/** Replaces a step that cannot be parsed, so that the other steps keep their positions. */
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
 * Parses the short form of routing criteria: a list of 1 to 5 strings, each of which is a step. Never throws;
 * reports every problem at once, with the path of the step and with the column in the step's text. The result
 * also satisfies {@link routingCriteriaProblems}.
 *
 * ```
 * step      = branch *2( "or" branch ) [ "for" duration ]   ; only the last step may omit "for"
 * branch    = condition *7( "and" condition )               ; "and" binds tighter than "or"; no parentheses
 * condition = [ "not" ] ( attribute | agents )
 * attribute = name ":" value ( ">=" level | level ".." level )   ; levels are whole numbers from 1 to 5
 * agents    = "agents" agent *9( "," agent )
 * agent     = id | "@" list | value                              ; ids of users, which are UUIDs
 * value     = "{" field "." name "}"                             ; also in place of a name or a value
 * ```
 *
 * `@list` stands for the ids of a list of the settings. A value such as `{tags.language}` stands for a whole name or
 * value, or for one id: that string of the contact.
 *
 * Names and values are those of Connect, in the same case. They are words with single spaces between them:
 * the name ends at the first colon, the value before `>=` or the range. A name or a value needs quotes if it
 * contains a keyword (and, or, not, for; in any case), a sign (`< > = ! , ; ( ) { } ..`), a colon or a quote. A
 * name also needs quotes if it begins with `agents`, or if it has several words and begins with `no` or the
 * like. Names and values of Connect's own attributes begin with `connect:` and need no quotes for that colon:
 * `connect:Language:connect:French >= 3`. A quoted text may contain anything; quotes and escapes are those of JSON.
 *
 * @param source - any value, as parsed from JSON or YAML.
 * @param path - the position of the list in its document.
 * @param context - the lists of agents. Without it, the route may name neither lists nor values of the contact.
 * @returns the criteria, and where in them values of the contact stand; or the problems.
 * @example parseRoute(['Language:English >= 4 and Skill:Tax >= 2 for 30s', 'Language:English 2..4'], [])
 * @example parseRoute(['agents 11111111-2222-3333-4444-555555555555 for 1m', 'not "Skill":"a, b" >= 1'], [])
 */
export function parseRoute(
  source: unknown,
  path: Path,
  context?: RouteContext,
): { criteria?: RoutingCriteria; values?: readonly RoutePlace[]; problems: Problem[] } {
  if (!Array.isArray(source)) {
    return { problems: [noListProblem(path, source, FORM, entriesOf(source, context))] };
  }
  if (source.length === 0) return { problems: [lengthProblem(path, source, FORM)] };
  const step: StepContext = { sourceMap: new Map(), values: new Map(), ...defined({ context }) };
  const parsedSteps = source.map((text: unknown, index) => {
    const at = [...path, index];
    return typeof text === 'string'
      ? parseStep(text, index === source.length - 1, at, step)
      : {
          problems: [
            { column: 0, problem: noTextProblem(at, text, `a string${quotesHint(text)}`, textOf(text)) },
          ],
        };
  });
  const criteria: RoutingCriteria = { Steps: parsedSteps.map(({ step }) => step ?? PLACEHOLDER_STEP) };
  const checked = routingCriteriaProblems(criteria).map((problem) =>
    locateInStep(problem, criteria, step.sourceMap),
  );
  const problems = [
    ...checked.filter(({ step }) => step === undefined).map(({ problem }) => ({ ...problem, path })),
    ...parsedSteps.flatMap((parsedStep, index) => [
      ...sortByColumn([
        ...parsedStep.problems,
        ...checked
          .filter(({ step }) => step === index)
          .map(({ problem, column }) => withColumn(column, { ...problem, path: [...path, index] })),
      ]),
    ]),
  ];
  if (problems.length > 0) return { problems };
  const values = placesIn(criteria, step.values);
  return { criteria, ...(values.length > 0 ? { values } : {}), problems };
}

function sortByColumn(problems: readonly RouteProblem[]): Problem[] {
  return problems.toSorted((a, b) => a.column - b.column).map(({ problem }) => problem);
}

/** Returns the index of the step with a problem, and the column in the step's text. */
function locateInStep(problem: Problem, criteria: RoutingCriteria, sourceMap: StepContext['sourceMap']) {
  const [, step] = problem.path;
  let column = 1;
  let node: unknown = criteria;
  for (const key of problem.path) {
    const columns = sourceMap.get(node);
    node = (node as Record<string | number, unknown> | undefined)?.[key];
    column = sourceMap.get(node)?.start ?? columns?.[key] ?? column;
  }
  return { problem, step: typeof step === 'number' ? step : undefined, column };
}

/** What to write into the list in place of one text. */
function entriesOf(source: unknown, context: RouteContext | undefined): readonly string[] | undefined {
  const text = typeof source === 'string' ? source : textOf(source);
  return text !== undefined && parseRoute([text], [], context).problems.length === 0 ? [text] : undefined;
}

/** The text that YAML read as an object. */
function textOf(found: unknown): string | undefined {
  const [entry, ...others] = isObject(found) ? Object.entries(found) : [];
  return entry && others.length === 0 && typeof entry[1] === 'string' ? entry.join(':') : undefined;
}

/** YAML reads `Language: English >= 3` without quotes as an object. */
function quotesHint(found: unknown): string {
  return isObject(found) ? '; in YAML, put a string that contains ": " in quotes' : '';
}
