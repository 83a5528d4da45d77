import { isObject } from '../json.ts';
import type { Problem } from '../validation/problem.ts';
import { countCombinations, expandOr } from './expand-or.ts';
import type { Pattern } from './pattern.ts';
import { addProblem, type Cursor } from './problem.ts';
import { readObject, reportNoFields } from './read.ts';

/**
 * The maximum number of rules that the `$or` lists of a pattern expand to.
 *
 * Source: EventBridge user guide, on `$or`: no "over 1000 rule combinations".
 */
const MAX_COMBINATIONS = 1000;

/**
 * Validates and compiles an event pattern. Never throws; reports every problem at once.
 *
 * @param source - any value, as parsed from JSON or YAML.
 * @param example - a pattern over what is matched, for messages.
 * @returns the pattern, or the problems.
 */
export function compilePattern(
  source: unknown,
  example = '{"channel": ["VOICE"]}',
): { pattern?: Pattern; problems: Problem[] } {
  const problems: Problem[] = [];
  const top: Cursor = { path: [], problems, example };
  if (!isObject(source)) {
    reportNoFields(top, 'not-an-object', source);
    return { problems };
  }
  const entries = readObject(top, source, [], false);
  const combinations = countCombinations(entries);
  if (combinations > MAX_COMBINATIONS) {
    addProblem(top, {
      code: 'too-many-combinations',
      message:
        `The $or lists multiply out to ${combinations <= 1_000_000 ? combinations : 'over a million'} ` +
        `combinations; at most ${MAX_COMBINATIONS} are allowed. ` +
        'Write a field with several values in its list instead of several $or branches for the same field.',
      found: combinations,
      allowed: `at most ${MAX_COMBINATIONS} combinations`,
    });
  }
  return problems.length > 0 ? { problems } : { pattern: { rules: expandOr(entries) }, problems };
}
