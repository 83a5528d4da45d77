import { describe, expect, test } from '@jest/globals';
import { formatFinding, formatFindings, formatSummary, toFindingsJson } from '../../../cli/check/format.ts';
import type { Finding } from '../../../cli/sources/validate.ts';

function finding(options: {
  text?: string;
  line?: number;
  column?: number;
  file?: string;
  severity?: 'warning';
}): Finding {
  const { text = 'abc', line = 1, column = 1, file = 'p.yaml', severity = 'error' } = options;
  const source = { file, name: 'p', kind: 'policy', text } as const;
  return { severity, source, code: 'odd', path: ['steps'], message: 'It is odd.', line, column };
}

describe('formatFinding', () => {
  test.each([
    { name: 'the caret is below the column', given: { column: 3 }, snippet: ' 1 | abc\n   |   ^\n' },
    {
      name: 'tabs are kept before the caret',
      given: { text: '\ta\tbc', column: 4 },
      snippet: ' 1 | \ta\tbc\n   | \t \t^\n',
    },
    {
      name: 'CRLF is a line end',
      given: { text: 'a\r\nb\r\n', line: 2 },
      snippet: ' 2 | b\n   | ^\n',
    },
    { name: 'an empty line is omitted', given: { text: 'a\n\n', line: 2 }, snippet: '' },
    { name: 'a line that does not exist is omitted', given: { text: 'a', line: 9 }, snippet: '' },
    {
      name: 'a longer line number moves the caret',
      given: { text: '\n'.repeat(99).concat('x'), line: 100 },
      snippet: ' 100 | x\n     | ^\n',
    },
  ])('$name', ({ given, snippet }) => {
    const { line, column } = finding(given);
    expect(formatFinding(finding(given))).toBe(`p.yaml:${line}:${column}: error odd: It is odd.\n${snippet}`);
  });

  test('a finding about the whole policy has no source line', () => {
    expect(formatFinding({ ...finding({}), path: [] })).toBe('p.yaml:1:1: error odd: It is odd.\n');
  });

  test.each([
    { columns: 8, shown: true },
    { columns: 7, shown: false },
  ])('a terminal of $columns columns shows the source line: $shown', ({ columns, shown }) => {
    expect(formatFinding(finding({}), columns).includes('^')).toBe(shown);
  });
});

test('a line that is too long for any terminal is omitted', () => {
  const text = '['.repeat(400_000);
  expect(formatFinding(finding({ text })).length).toBeLessThan(100);
  expect(formatFindings([finding({ text })]).length).toBeLessThan(100);
});

describe('of a file with thousands of findings', () => {
  const many = Array.from({ length: 8_193 }, (_, index) => finding({ text: 'a\nb', line: index + 1 }));
  const other = finding({ file: 'q.yaml' });

  test('the first are printed, and how many more there are', () => {
    const lines = formatFindings([...many, other]).split('\n');
    expect(lines.filter((line) => line.startsWith('p.yaml:')).length).toBe(101);
    expect(lines).toContain('p.yaml: There are 8093 more problems.');
    expect(lines).toContain('q.yaml:1:1: error odd: It is odd.');
  });

  test('the first are in JSON, with the number of the others', () => {
    const { findings, omitted } = toFindingsJson([...many, other]);
    expect([findings.length, omitted]).toEqual([101, 8_093]);
    expect(toFindingsJson([other])).not.toHaveProperty('omitted');
  });
});

describe('formatSummary', () => {
  test.each([
    { findings: [], files: 1, text: 'No problems in 1 file.\n' },
    { findings: [finding({})], files: 2, text: '1 problem in 1 of 2 files.\n' },
    { findings: [finding({ severity: 'warning' })], files: 1, text: '1 warning in 1 of 1 file.\n' },
    {
      findings: [finding({}), finding({ file: 'q.yaml' }), finding({ severity: 'warning' })],
      files: 3,
      text: '2 problems and 1 warning in 2 of 3 files.\n',
    },
  ])('$text', ({ findings, files, text }) => {
    expect(formatSummary(findings, files)).toBe(text);
  });
});
