import { isObject } from '../../lambda/domain/json.ts';
import { compilePattern, matches } from '../../lambda/domain/pattern/index.ts';
import { formatProblem } from '../../lambda/domain/validation/problem.ts';

/** Whether a pattern is valid, and whether the event matches it. */
export interface PatternResult {
  readonly valid: boolean;
  /** False where the pattern is not valid. */
  readonly match: boolean;
  /** All that is wrong with the line or its pattern. */
  readonly error?: string;
}

/** Answers one line, `{"pattern":…,"event":…}`. Never throws. */
export function evaluateLine(line: string): PatternResult {
  let asked: unknown;
  try {
    asked = JSON.parse(line);
  } catch (error) {
    return invalid(`The line is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!isObject(asked) || !Object.hasOwn(asked, 'pattern') || !Object.hasOwn(asked, 'event')) {
    return invalid('Expected an object with the members "pattern" and "event".');
  }
  const { pattern, problems } = compilePattern(asked.pattern);
  return pattern
    ? { valid: true, match: matches(pattern, asked.event) }
    : invalid(problems.map(formatProblem).join(' '));
}

function invalid(error: string): PatternResult {
  return { valid: false, match: false, error };
}
