import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { cli } from '../support/run-cli.ts';

const CASES = readFileSync(new URL('../../fixtures/event-patterns.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n');

const resultsOf = async (stdin: string) => {
  const { out, ...rest } = await cli(['test-pattern'], { stdin });
  expect(rest).toEqual({ code: 0, err: '' });
  expect(out === '' || out.endsWith('\n')).toBe(true);
  return out
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
};

describe('escalator test-pattern', () => {
  test("it gives the results of AWS's own matcher, line by line and in order", async () => {
    const lines = Array.from({ length: 10_000 }, (_, index) => CASES[index % CASES.length] ?? '');
    const results = await resultsOf(`${lines.join('\n')}\n`);
    const expected = lines
      .map((line) => JSON.parse(line))
      .map(({ valid, match }) => ({ valid, match: match ?? false }));
    expect(results.map(({ valid, match }) => ({ valid, match }))).toEqual(expected);
    expect(results.every(({ valid, error }) => valid === (error === undefined))).toBe(true);
  });

  test.each([
    { line: '{"pattern":{"a":[1]},"event":{"a":1}}', result: { valid: true, match: true } },
    { line: '{"pattern":{"a":["é"]},"event":{"a":"é"}}\r', result: { valid: true, match: true } },
    {
      line: '{"pattern":{"a":1},"event":{}}',
      result: {
        valid: false,
        match: false,
        error: 'a: Found 1. A field takes a list of values: write [1]. (not-a-list)',
      },
    },
    {
      line: '{"pattern":',
      result: { valid: false, match: false, error: expect.stringMatching(/^The line is not JSON: /) },
    },
    {
      line: '',
      result: { valid: false, match: false, error: expect.stringMatching(/^The line is not JSON: /) },
    },
    {
      line: '{"pattern":{"a":[1]}}',
      result: {
        valid: false,
        match: false,
        error: 'Expected an object with the members "pattern" and "event".',
      },
    },
    {
      line: '[1]',
      result: {
        valid: false,
        match: false,
        error: 'Expected an object with the members "pattern" and "event".',
      },
    },
  ])('the line $line', async ({ line, result }) => {
    const other = { line: '{"pattern":{"a":[1]},"event":{"a":2}}', result: { valid: true, match: false } };
    expect(await resultsOf(`${line}\n${other.line}`)).toEqual([result, other.result]);
  });

  test('an empty input has no output, and a word of what is expected', async () => {
    expect(await cli(['test-pattern'], { stdin: '' })).toEqual({
      code: 0,
      out: '',
      err: 'Stdin is empty: expected lines {"pattern":…,"event":…}.\n',
    });
  });
});
