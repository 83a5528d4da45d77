import { isObject } from '../../lambda/domain/json.ts';
import { compilePattern, matches } from '../../lambda/domain/pattern/index.ts';
import { firstProblems, formatProblem } from '../../lambda/domain/validation/problem.ts';

/** The result of a line: whether its pattern is valid, and whether the event matches it. */
export interface PatternResult {
  readonly valid: boolean;
  /** False if the pattern is not valid. */
  readonly match: boolean;
  /** The first problems of the line and its pattern. */
  readonly error?: string;
}

/** Evaluates a line `{"pattern":…,"event":…}`. Never throws. */
export function evaluateLine(line: string): PatternResult {
  let input: unknown;
  try {
    input = JSON.parse(line);
  } catch (error) {
    return invalid(`The line is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!isObject(input) || !Object.hasOwn(input, 'pattern') || !Object.hasOwn(input, 'event')) {
    return invalid('Expected an object with the members "pattern" and "event".');
  }
  const { pattern, problems } = compilePattern(input.pattern);
  if (pattern) return { valid: true, match: matches(pattern, input.event) };
  const { first, rest } = firstProblems(problems);
  return invalid([...first.map(formatProblem), ...rest].join(' '));
}

function invalid(error: string): PatternResult {
  return { valid: false, match: false, error };
}
