import { describe, expect, test } from '@jest/globals';
import { parsePolicy } from '../../../lambda/domain/policy/parse.ts';
import { isMeantAsJson, jsonFault, withoutComments } from '../../../lambda/domain/validation/json-text.ts';

describe('a text that is meant as JSON', () => {
  test.each([
    ['{ }', true],
    [' \n[1]', true],
    ['// a\n/* b\n */ {', true],
    ['// a', false],
    ['a: {', false],
    ['# a\n{', false],
    ['', false],
  ])('is %j: %s', (text, isMeant) => {
    expect(isMeantAsJson(text)).toBe(isMeant);
  });

  test.each([
    ['{"a": 1} {"b": 2}', { kind: 'second-value', offset: 9, found: '{"b": 2}' }],
    ['[1]\n, [2]', { kind: 'second-value', offset: 6, found: '[2]' }],
    ['{"a": [1]}; "b"', { kind: 'second-value', offset: 12, found: '"b"' }],
    ['[[1], [2]] ]', { kind: 'second-value', offset: 11, found: ']' }],
    [`[1] "${'x'.repeat(50)}"`, { kind: 'second-value', offset: 4, found: `"${'x'.repeat(39)}` }],
    ['// gold  \n{}', { kind: 'comment', offset: 0, found: '// gold' }],
    ['{ /* a\n b */ }', { kind: 'comment', offset: 2, found: '/* a\n b */' }],
    ['{"a": 1,// b\n"c": 2}', { kind: 'comment', offset: 8, found: '// b' }],
    ['{"a"/* b */: 1}', { kind: 'comment', offset: 4, found: '/* b */' }],
    [`{} // ${'x'.repeat(50)}`, { kind: 'comment', offset: 3, found: `// ${'x'.repeat(37)}` }],
    ['{} b [1]', undefined],
    ['[1]: [2]', undefined],
    ['{"a": "// no {", "b": [1]}', undefined],
    ['{a: b//c, d: e/*f}', undefined],
    ['{"a": "\\" // no"}', undefined],
    ['{"a": 1', undefined],
  ])('%j stops being one JSON document', (text, fault) => {
    expect(jsonFault(text)).toEqual(fault);
  });

  test('has spaces in place of its comments, so that all else stays in its place', () => {
    const text = '{ // a b\n"c": "// no", /* d\n */ "e": 1 }';
    const bare = withoutComments(text);
    expect(bare).toBe(`{${' '.repeat(7)}\n"c": "// no", ${' '.repeat(4)}\n${' '.repeat(4)}"e": 1 }`);
    expect(JSON.parse(bare)).toEqual({ c: '// no', e: 1 });
  });
});

const STEPS = '"steps":[{"after":"0s","set":{"priority":1}}]';
const problemsOf = (text: string) =>
  parsePolicy('p', text).problems.map(({ line, column, code, message }) => ({ line, column, code, message }));

describe('a policy in JSON', () => {
  test.each([
    [`{${STEPS}}\n{${STEPS}}\n`, 2, 1],
    [`{${STEPS}}{${STEPS}}`, 1, 48],
    [`{${STEPS}},\n{${STEPS}}`, 2, 1],
    [`{\n  ${STEPS}\n}\n\n[{${STEPS}}]\n`, 5, 1],
    [`${`{${STEPS}}\n`.repeat(20)}`, 2, 1],
  ])('has one problem where a second value follows: %j', (text, line, column) => {
    expect(problemsOf(text)).toEqual([
      {
        line,
        column,
        code: 'second-document',
        message: expect.stringContaining('Found a second value after'),
      },
    ]);
  });

  test.each([
    [`// gold\n{${STEPS}}`, 1, 1],
    [`{ // gold\n${STEPS}}`, 1, 3],
    [`{${STEPS} /* gold\n callers */ }`, 1, 48],
    [`{\n  // a\n  // b\n  ${STEPS} // c\n}`, 2, 3],
    [`{"description":"http://x" // y\n, ${STEPS}}`, 1, 27],
  ])('has one problem where it has comments: %j', (text, line, column) => {
    expect(problemsOf(text)).toEqual([
      {
        line,
        column,
        code: 'syntax',
        message: expect.stringContaining('it has a comment of JavaScript: "/'),
      },
    ]);
  });

  test.each([
    `{"description":"// no /* comment */ \\" //",${STEPS}}`,
    `{description: http://x/*, ${STEPS}}`,
    `{ # a comment of YAML // with slashes\n ${STEPS},\n}`,
    `description: a // b\nsteps: [{ after: 0s, set: { priority: 1 } }] # // x`,
  ])('has none where slashes are part of a text or a comment of YAML: %j', (text) => {
    expect(problemsOf(text)).toEqual([]);
  });
});

describe('a policy in YAML', () => {
  const steps = 'steps: [{ after: 0s, set: { priority: 1 } }]\n';

  test.each([
    [`<<<<<<< HEAD\n${steps}=======\n${steps}>>>>>>> other\n`, 1, 'the mark of a merge conflict'],
    [
      `description: a\n<<<<<<< HEAD\n${steps}=======\n${steps}>>>>>>> other\n`,
      2,
      'the mark of a merge conflict',
    ],
    [`\`\`\`yaml\n${steps}\`\`\`\n`, 1, 'a fence of Markdown'],
  ])('has one problem where another program left its marks: %j', (text, line, message) => {
    expect(problemsOf(text)).toEqual([
      { line, column: 1, code: 'syntax', message: expect.stringContaining(message) },
    ]);
  });

  test('has one problem where it is indented with tabs', () => {
    const text = 'steps:\n\t- after: 0s\n\t  set: { priority: 1 }\n\t- after: 1m\n';
    expect(problemsOf(text)).toEqual([
      {
        line: 2,
        column: 1,
        code: 'syntax',
        message: expect.stringMatching(
          /Tabs are not allowed as indentation\. Indent with spaces\. The same holds for 2 other lines$/,
        ),
      },
    ]);
  });

  test('may have such marks in a text', () => {
    expect(problemsOf(`description: "a ======= b \`\`\`"\n${steps}`)).toEqual([]);
  });
});
