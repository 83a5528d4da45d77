import { describe, expect, test } from '@jest/globals';
import { formatFinding, formatSummary } from '../../../cli/check/format.ts';
import type { Finding } from '../../../cli/sources/validate.ts';

function finding(given: {
  text?: string;
  line?: number;
  column?: number;
  file?: string;
  severity?: 'warning';
}): Finding {
  const { text = 'abc', line = 1, column = 1, file = 'p.yaml', severity = 'error' } = given;
  const source = { file, name: 'p', kind: 'policy', text } as const;
  return { severity, source, code: 'odd', path: ['steps'], message: 'It is odd.', line, column };
}

describe('a finding as text', () => {
  test.each([
    { name: 'the caret stands below the column', given: { column: 3 }, snippet: ' 1 | abc\n   |   ^\n' },
    { name: 'tabs stay tabs', given: { text: '\ta\tbc', column: 4 }, snippet: ' 1 | \ta\tbc\n   | \t \t^\n' },
    {
      name: 'line ends of Windows are no part of it',
      given: { text: 'a\r\nb\r\n', line: 2 },
      snippet: ' 2 | b\n   | ^\n',
    },
    { name: 'an empty line is not shown', given: { text: 'a\n\n', line: 2 }, snippet: '' },
    { name: 'nor is a line that is not there', given: { text: 'a', line: 9 }, snippet: '' },
    {
      name: 'numbers of more digits move the caret',
      given: { text: '\n'.repeat(99).concat('x'), line: 100 },
      snippet: ' 100 | x\n     | ^\n',
    },
  ])('$name', ({ given, snippet }) => {
    const { line, column } = finding(given);
    expect(formatFinding(finding(given))).toBe(`p.yaml:${line}:${column}: error odd: It is odd.\n${snippet}`);
  });

  test('what is said of the policy as a whole shows no line', () => {
    expect(formatFinding({ ...finding({}), path: [] })).toBe('p.yaml:1:1: error odd: It is odd.\n');
  });

  test.each([
    { columns: 8, shown: true },
    { columns: 7, shown: false },
  ])('of $columns columns', ({ columns, shown }) => {
    expect(formatFinding(finding({}), columns).includes('^')).toBe(shown);
  });
});

describe('the summary', () => {
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
