import { describe, expect, test } from '@jest/globals';
import { parsePolicy } from '../../../lambda/domain/policy/parse.ts';
import { inTextOrder, readDocument, withReadings } from '../../../lambda/domain/validation/document.ts';
import { formatProblem } from '../../../lambda/domain/validation/problem.ts';

const NOT_READ = 'This is neither valid JSON nor valid YAML: ';

/** The problems of a text, each as its position, its code and its message. */
function problemsOf(text: string) {
  return readDocument(text).problems.map(({ line, column, code, path, message }) => {
    expect(path).toEqual([]);
    return `${line}:${column} ${code} ${message.replace(NOT_READ, '')}`;
  });
}

describe('a text with one problem of its syntax', () => {
  const LINE_END =
    'a line ends with a carriage return alone. Save the file with the line ends of Unix (LF) or of Windows (CRLF)';
  const inComment = (character: string) =>
    `a comment has the character ${character}, which looks like the end of a line and is none, so what comes after ` +
    'it is a part of the comment. End the line there';
  const SECOND = 'Write each policy to a file of its own, or remove what does not belong here.';
  test.each([
    ['['.repeat(20_000), '1:1 syntax it is nested too deeply'],
    ['a: 1\rb: 2', `1:5 syntax ${LINE_END}`],
    ['\ra: 1', `1:1 syntax ${LINE_END}`],
    ['a: 1 # x\u2028b: 2\n', `1:9 syntax ${inComment('U+2028')}`],
    ['# x\u0085y\na: 1\n', `1:4 syntax ${inComment('U+0085')}`],
    ['# x\u2029y\n\na: 1\n', `1:4 syntax ${inComment('U+2029')}`],
    ['a: 1\n# x\vy\n', `2:4 syntax ${inComment('U+000B')}`],
    ['a:\n  # x\fy\n  b: 1\n', `2:6 syntax ${inComment('U+000C')}`],
    [
      'a: 1\n---\nb: 2',
      `2:1 second-document Found a second document after "---"; expected one document. ${SECOND}`,
    ],
    [
      '{"a": 1}\n{"b": 2}',
      `2:1 second-document Found a second value after the end of the first one: "{\\"b\\": 2}"; expected one document. ${SECOND}`,
    ],
    [
      '%YAML 1.1\n---\na: 1',
      '1:1 yaml-version Found a %YAML directive of another version than 1.2, in which words and numbers read ' +
        'otherwise; expected YAML 1.2. Remove the line.',
    ],
    [
      'b: 1\na: *x',
      '2:4 syntax *x without quotes refers to an anchor, which is not there. Write "*x" in quotes for a text, or ' +
        '{ wildcard: "*x" } in a pattern for a wildcard',
    ],
    ['a: &a [*a]', '1:1 syntax it contains itself through an alias, or it is nested too deeply'],
    ['b: 1\n? [a]\n: 1', '2:3 syntax With stringKeys, all keys must be strings'],
    [
      'a: 1\nb:\u00a0x\n c: 2',
      '2:1 syntax Implicit keys need to be on a single line. The line has a space that is not the plain one: write a ' +
        'plain space',
    ],
    [
      'a: x\n\u3000b: c: d\n',
      expect.stringMatching(/^2:.*The line has a space that is not the plain one: write a plain space$/),
    ],
    [
      'b: "\u00a0"\na: b: c\n',
      '2:4 syntax Nested mappings are not allowed in compact mappings. Put a text that contains ": " in quotes, or ' +
        'begin the second key in a line of its own',
    ],
    ['a: 1\na: 2', '2:1 syntax Map keys must be unique. Write a once'],
    ['b: { a: 1, a: 2, a: 3 }', '1:12 syntax Map keys must be unique. Write a once'],
    ['a: *x\nb: 1\nb: 2', '3:1 syntax Map keys must be unique. Write b once'],
    ['a:\n\tb: [\n', '2:1 syntax Tabs are not allowed as indentation. Indent with spaces'],
    ['a:\n\tb: 1\n', '2:1 syntax Tabs are not allowed as indentation. Indent with spaces'],
    [
      'a:\n\tb: 1\n\tc: 2\n\td: 3\n',
      '2:1 syntax Tabs are not allowed as indentation. Indent with spaces. The same holds for 2 other lines',
    ],
    ['a: @x', expect.stringMatching(/^1:4 syntax .*\. Put the text in quotes$/)],
    ['a: `x`', expect.stringMatching(/^1:4 syntax .*\. Put the text in quotes$/)],
    ['url: http://x\nb: [', expect.stringMatching(/^2:5 syntax Flow sequence/)],
    ['// gold\n{ a: 1 }', expect.stringMatching(/^1:1 syntax it has a comment of JavaScript: "\/\/ gold"/)],
    [
      'a\u00a0b: @\nc: 1',
      expect.stringMatching(
        /^1:6 syntax .*The line has a space that is not the plain one: write a plain space$/,
      ),
    ],
    ['a: [\n  - b\n]', expect.stringMatching(/^2:3 syntax .*\. Write a comma before the next entry$/)],
    ['a:\n  b: 1\n c: 2', expect.stringMatching(/^3:1 syntax .*\. Indent the line as those beside it$/)],
    [
      'a:1\nb: 2',
      expect.stringMatching(/^1:1 syntax .*\. Write a key and its value as "key: value", with a space/),
    ],
    ['"a b": 1\n"a b": 2', '2:1 syntax Map keys must be unique. Write "a b" once'],
    ["'a: b': 1\n'a: b': 2", "2:1 syntax Map keys must be unique. Write 'a: b' once"],
    [': 1\n: 2', '2:1 syntax Map keys must be unique. Write the key once'],
    ['a: [\n~~~\n', '2:1 syntax it has a fence of Markdown. Remove the line: "~~~"'],
    ['\t```yaml\na: [', '1:1 syntax it has a fence of Markdown. Remove the line: "```"'],
    ...['=======', '>>>>>>>'].map((mark): [string, string] => [
      `a: [\n${mark}${mark === '=======' ? '' : ' x'}\n`,
      `2:1 syntax it has the mark of a merge conflict. Keep the lines of one side, and remove the marks: "${mark}"`,
    ]),
    [
      '{"a": 1} // x',
      '1:10 syntax it has a comment of JavaScript: "// x". Remove it, or put it in a line of its own that begins with #',
    ],
    [
      'a: 1\n...\nb: 2',
      `3:1 second-document Found a second document after "---"; expected one document. ${SECOND}`,
    ],
    [
      'a:\n\t\tb: 1\n\tc: [\n',
      '2:1 syntax Tabs are not allowed as indentation. Indent with spaces. The same holds for 1 other line',
    ],
  ])('%j', (text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });

  test('of many aliases of aliases is refused before it fills the memory', () => {
    const ten = (name: string) => `[${Array(10).fill(name)}]`;
    const text = `a: &a ${ten('1')}\nb: &b ${ten('*a')}\nc: &c ${ten('*b')}\nd: ${ten('*c')}`;
    expect(problemsOf(text)).toEqual([expect.stringContaining('1:1 syntax Excessive alias count')]);
  });

  test('has neither a value nor readings, and every problem in it is at its start', () => {
    const document = readDocument('a: 0x10\rb: 2');
    expect(document.value).toBeUndefined();
    expect(document.readings).toEqual([]);
    expect(document.written(['a'])).toBeUndefined();
    const problem = { code: 'missing', path: ['b'], message: 'b is missing.' };
    expect(document.locate(problem)).toEqual({ ...problem, line: 1, column: 1 });
    expect(readDocument('a: 0x10\na: 1').readings).toEqual([]);
  });

  test('says what was found', () => {
    const found = (text: string) => readDocument(text).problems[0];
    expect(found('{"a": 1} {"b": 2}')).toMatchObject({ found: '{"b": 2}', allowed: 'one document' });
    expect(found('{"a": 1 /* c */}')).toMatchObject({ found: '/* c */' });
    expect(found('%YAML 1.1\n---\na: 1')).toMatchObject({ allowed: 'YAML 1.2' });
    expect(found('<<<<<<< HEAD\na: [')).toMatchObject({
      found: '<<<<<<< ',
      message: expect.stringMatching(/remove the marks: "<<<<<<<"$/),
    });
  });
});

describe('a text without a problem', () => {
  test.each([
    ['%YAML 1.2\n---\na: 1', { a: 1 }],
    ['base: &b { x: 1 }\nc: { <<: *b, y: 2 }', { base: { x: 1 }, c: { x: 1, y: 2 } }],
    ['a: |\n  ```\n  <<<<<<< x\n', { a: '```\n<<<<<<< x\n' }],
    ['a: "x // y"\nb: 2', { a: 'x // y', b: 2 }],
    ['a: 1\r\nb: 2\r\n', { a: 1, b: 2 }],
    ['# x\na: "\u2028" # y\n', { a: '\u2028' }],
    ['1: x', { 1: 'x' }],
    ['{ # }\n "a": 1 }', { a: 1 }],
    ['', null],
  ])('%j', (text, value) => {
    expect([problemsOf(text), readDocument(text).value]).toEqual([[], value]);
  });
});

describe('a problem stands', () => {
  const TEXT = 'a: 1\nlist:\n  - b: { c: 1 }\n    d: 2\n  - {}\n';
  const at = (path: (string | number)[], code = 'wrong-type', text = TEXT) => {
    const { line, column } = readDocument(text).locate({ code, path, message: '' });
    return `${line}:${column}`;
  };

  test.each([
    ['at the value of its path', ['list', 0, 'b', 'c'], '3:13'],
    ['at the object around it where there is no value', ['list', 1, 'missing', 0], '5:5'],
    ['at the top where there is none of it', ['nothing', 'there'], '1:1'],
    ['at the top without a path', [], '1:1'],
  ])('%s', (_name, path, position) => {
    expect(at(path)).toBe(position);
  });

  test('at an unknown key itself', () => {
    expect(at(['list'], 'unknown-key')).toBe('2:1');
    expect(at(['list', 0, 'd'], 'unknown-key')).toBe('4:5');
    expect(at(['list', 0, 'd'])).toBe('4:8');
    expect(at(['list', 0, 'e'], 'unknown-key')).toBe('3:5');
    expect(at(['x'], 'unknown-key', '7')).toBe('1:1');
  });

  test.each([
    'unknown-key',
    'misplaced-key',
    'unknown-operator',
    'reserved-name',
    'agent-list-name',
    'unknown-field',
    'operator-outside-list',
    'nothing-to-accept',
  ])('at the key, where its code is %s', (code) => {
    expect(at(['list'], code)).toBe('2:1');
    expect(at(['list', 0, 'b', 'c'], code)).toBe('3:10');
  });

  test('behind comments and blank lines', () => {
    expect(at(['x'], 'missing', '# a comment\n\na: 1\n')).toBe('3:1');
    expect(at(['x'], 'missing', '# only a comment\n')).toBe('1:1');
    expect(at([], 'wrong-type', '')).toBe('1:1');
  });

  test('in order of lines and columns, and a reading in the place of what it explains', () => {
    const problem = (line: number, column: number, path: string[] = []) => ({
      code: 'x',
      path,
      message: `${line}:${column}`,
      line,
      column,
    });
    const [first, second, third] = [problem(1, 9), problem(2, 1), problem(2, 5)];
    expect(inTextOrder([third, first, second])).toEqual([first, second, third]);
    const reading = problem(2, 3, ['a', 'b']);
    expect(withReadings([problem(2, 3, ['a', 'b']), third, first], [reading])).toEqual([
      first,
      reading,
      third,
    ]);
    expect(withReadings([third, first], [])).toEqual([first, third]);
  });

  test.each([
    [
      'description: 0x10',
      'Found 0x10, which is read as the number 16; expected a string. Write "16". (number-form)',
    ],
    [
      'precedence: 0x10',
      'Found 0x10, which is read as the number 16; expected a number in decimal notation. Write 16, or "0x10" in quotes for a text. (number-form)',
    ],
    [
      'description: !x [5]',
      'Found the tag "!x", which has no meaning here; expected the value itself. Remove the tag, and write a text in quotes. What a template fills in, fill in before. (yaml-tag)',
    ],
  ])('once where a value reads otherwise than it looks, with what its place takes: %s', (field, message) => {
    const { problems } = parsePolicy('p', `${field}\nsteps: [{ after: 0s, set: { priority: 1 } }]`);
    expect(problems.map(formatProblem)).toEqual([`${field.replace(/:.*/, '')}: ${message}`]);
  });

  test('once where the whole text is such a value', () => {
    expect(parsePolicy('p', '0x10').problems.map(formatProblem)).toEqual([
      'Found 0x10, which is read as the number 16; expected a number in decimal notation. Write 16, or "0x10" in quotes for a text. (number-form)',
    ]);
  });
});

describe('the text of a value as it is written', () => {
  test.each([
    ['a: 007', '007'],
    ['a: gold #1', 'gold #1'],
    ['a: gold # 1', 'gold'],
    ['a: 7 #1', '7'],
    ['a: "gold"', undefined],
    ['a: [x]', undefined],
    ['b: 1', undefined],
  ])('%j', (text, written) => {
    expect(readDocument(text).written(['a'])).toBe(written);
  });
});

test('a reading stands at the value that reads otherwise than it looks', () => {
  expect(readDocument('a: 1\nb: [x, 0x10]').readings).toEqual([
    expect.objectContaining({ code: 'number-form', path: ['b', 1], line: 2, column: 8 }),
  ]);
});

test.each(['unknown-key', 'unknown-tier', 'misplaced-key', 'agent-list-name'])(
  'a problem of a key, such as %s, stands at the key, and one of a value at the value',
  (code) => {
    const { locate } = readDocument('gold: 1\ngould: 2\n');
    const problem = { code, path: ['gould'], message: 'It is not known.' };
    expect(locate(problem)).toStrictEqual({ ...problem, line: 2, column: 1 });
    expect(locate({ ...problem, code: 'out-of-range' })).toMatchObject({ line: 2, column: 8 });
  },
);
