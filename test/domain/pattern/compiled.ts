import { expect } from '@jest/globals';
import { compilePattern, matches, type Pattern } from '../../../lambda/domain/pattern/index.ts';

/** Compiles a valid pattern; fails the test if it has problems. */
export function compiled(source: unknown): Pattern {
  const { pattern, problems } = compilePattern(source);
  expect(problems).toEqual([]);
  return pattern as Pattern;
}

/** A pattern and an event, and whether they match. */
export type Case = readonly [source: string, event: string, expected: boolean];

/** Checks a case. Its parts are JSON texts, because JavaScript literals cannot express some of them. */
export function check([source, event, expected]: Case): void {
  expect(matches(compiled(JSON.parse(source)), JSON.parse(event))).toBe(expected);
}
