import { isObject, type JsonObject } from '../../lambda/domain/json.ts';
import {
  inTextOrder,
  type LocatedProblem,
  readDocument,
  withReadings,
} from '../../lambda/domain/validation/document.ts';
import {
  createProblem,
  emptyProblem,
  type Path,
  type Problem,
} from '../../lambda/domain/validation/problem.ts';
import { closestMatch } from '../../lambda/domain/validation/suggestion.ts';
import { EVERYBODY, type Goal } from './goal.ts';
import { GOAL_FORM, parseGoal } from './parse-goal.ts';

/** The goals of a file in its order, or all problems in the order of the text. */
export type ParsedGoals =
  | { readonly goals: readonly Goal[]; readonly problems: readonly [] }
  | { readonly goals?: undefined; readonly problems: readonly LocatedProblem[] };

/**
 * Parses goals in YAML or JSON: an object with a goal, or a list of goals, for each tier. Never throws; reports all
 * problems at once.
 *
 * @param tiers - those of the scenario.
 * @example parseGoals('gold: 90 % within 60s', ['gold'])
 */
export function parseGoals(text: string, tiers: readonly string[]): ParsedGoals {
  const document = readDocument(text);
  if (document.problems.length > 0) return { problems: document.problems };
  if (!isObject(document.value) || Object.keys(document.value).length === 0) {
    return { problems: [document.locate(noGoals(document.value))] };
  }
  const parsed = writtenGoals(document.value).map((one) => goalOrProblem(one, tiers));
  const problems = parsed.flatMap(({ problem }) => problem ?? []);
  if (problems.length + document.readings.length > 0) {
    return { problems: inTextOrder(withReadings(problems.map(document.locate), document.readings)) };
  }
  return { goals: parsed.flatMap(({ goal }) => goal ?? []), problems: [] };
}

function noGoals(value: unknown): Problem {
  const allowed = 'goals by tier, such as gold: 90 % within 60s';
  const isEmpty = value === null || isObject(value);
  return isEmpty ? emptyProblem(allowed) : createProblem('wrong-type', [], value, allowed);
}

interface WrittenGoal {
  readonly tier: string;
  readonly text: unknown;
  readonly path: Path;
}

function writtenGoals(byTier: JsonObject): WrittenGoal[] {
  return Object.entries(byTier).flatMap(([tier, texts]) =>
    Array.isArray(texts) && texts.length > 0
      ? texts.map((text: unknown, index) => ({ tier, text, path: [tier, index] }))
      : [{ tier, text: texts, path: [tier] }],
  );
}

function goalOrProblem(
  { tier, text, path }: WrittenGoal,
  tiers: readonly string[],
): { goal?: Goal; problem?: Problem } {
  const known = [...tiers, EVERYBODY];
  if (!known.includes(tier)) {
    const expected = `a tier of the scenario: one of ${known.join(', ')}`;
    return { problem: createProblem('unknown-tier', [tier], tier, expected, closestMatch(tier, known)) };
  }
  const goal = typeof text === 'string' ? parseGoal(tier, text) : undefined;
  return goal ? { goal } : { problem: createProblem('goal', path, text, GOAL_FORM) };
}
