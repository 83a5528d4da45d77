import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { compilePattern, matches } from '../../../lambda/domain/pattern/index.ts';

interface Case {
  readonly name: string;
  readonly pattern: unknown;
  readonly event: unknown;
  readonly valid: boolean;
  readonly match?: boolean;
}

const file = new URL('../../fixtures/event-patterns.jsonl', import.meta.url);
const cases = readFileSync(file, 'utf8')
  .trimEnd()
  .split('\n')
  .map((line): Case => JSON.parse(line));

test('the fixture has all cases', () => {
  expect(cases).toHaveLength(496);
});

test.each(cases)('as Event Ruler: $name', ({ pattern: source, event, valid, match }) => {
  const { pattern, problems } = compilePattern(source);
  expect(problems.length === 0).toBe(valid);
  expect(pattern && matches(pattern, event)).toBe(match);
});
