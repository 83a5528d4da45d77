import { expect } from '@jest/globals';
import { compilePattern, matches, type Pattern } from '../../../lambda/domain/pattern/index.ts';

/** The pattern of a source that has no problems. */
export function compiled(source: unknown): Pattern {
  const { pattern, problems } = compilePattern(source);
  expect(problems).toEqual([]);
  return pattern as Pattern;
}

/** A pattern and an event, and whether they match. */
export type Case = readonly [source: string, event: string, expected: boolean];

/** Checks a case whose parts are JSON text, so that it can hold what JavaScript literals cannot. */
export function check([source, event, expected]: Case): void {
  expect(matches(compiled(JSON.parse(source)), JSON.parse(event))).toBe(expected);
}
