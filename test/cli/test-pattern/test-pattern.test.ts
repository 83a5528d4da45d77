import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { cli } from '../support/run-cli.ts';

const CASES = readFileSync(new URL('../../fixtures/event-patterns.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n');

const answers = async (stdin: string) => {
  const { out, ...rest } = await cli(['test-pattern'], { stdin });
  expect(rest).toEqual({ code: 0, err: '' });
  expect(out === '' || out.endsWith('\n')).toBe(true);
  return out
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
};

describe('escalator test-pattern', () => {
  test("it answers as AWS's own matcher does, line by line and in order", async () => {
    const lines = Array.from({ length: 10_000 }, (_, index) => CASES[index % CASES.length] ?? '');
    const answered = await answers(`${lines.join('\n')}\n`);
    const wanted = lines
      .map((line) => JSON.parse(line))
      .map(({ valid, match }) => ({ valid, match: match ?? false }));
    expect(answered.map(({ valid, match }) => ({ valid, match }))).toEqual(wanted);
    expect(answered.every(({ valid, error }) => valid === (error === undefined))).toBe(true);
  });

  test.each([
    { line: '{"pattern":{"a":[1]},"event":{"a":1}}', answer: { valid: true, match: true } },
    { line: '{"pattern":{"a":["é"]},"event":{"a":"é"}}\r', answer: { valid: true, match: true } },
    {
      line: '{"pattern":{"a":1},"event":{}}',
      answer: {
        valid: false,
        match: false,
        error: 'a: Found 1. A field takes a list of values: write [1]. (not-a-list)',
      },
    },
    {
      line: '{"pattern":',
      answer: { valid: false, match: false, error: expect.stringMatching(/^The line is no JSON: /) },
    },
    {
      line: '',
      answer: { valid: false, match: false, error: expect.stringMatching(/^The line is no JSON: /) },
    },
    {
      line: '{"pattern":{"a":[1]}}',
      answer: {
        valid: false,
        match: false,
        error: 'Expected an object with the members "pattern" and "event".',
      },
    },
    {
      line: '[1]',
      answer: {
        valid: false,
        match: false,
        error: 'Expected an object with the members "pattern" and "event".',
      },
    },
  ])('the line $line', async ({ line, answer }) => {
    const fine = { line: '{"pattern":{"a":[1]},"event":{"a":2}}', answer: { valid: true, match: false } };
    expect(await answers(`${line}\n${fine.line}`)).toEqual([answer, fine.answer]);
  });

  test('nothing in is nothing out', async () => {
    expect(await answers('')).toEqual([]);
  });
});
