import { describe, expect, test } from '@jest/globals';
import { visibleLine, visibleText } from '../../lambda/domain/visible-text.ts';

describe('a text from any author, as a terminal may show it', () => {
  test.each([
    ['an escape sequence', '\u001b[31mred', '\\u001b[31mred'],
    ['a control character of C1', '\u009b31m', '\\u009b31m'],
    ['a return to the start of the line', 'a\rb', 'a\\u000db'],
    ['a bell and a deletion', '\u0007\u007f', '\\u0007\\u007f'],
    ['a change of direction', 'a\u202eb\u2066c\u200f', 'a\\u202eb\\u2066c\\u200f'],
    ['a line end of Unicode', 'a\u2028b\u2029c', 'a\\u2028b\\u2029c'],
    ['tabs and line feeds, which stay', 'a\tb\nc', 'a\tb\nc'],
    ['letters of all scripts, which stay', 'Grüße 東京 👩‍🚒', 'Grüße 東京 👩‍🚒'],
  ])('%s', (_name, text, shown) => {
    expect(visibleText(text)).toBe(shown);
  });

  test('stays the same JSON', () => {
    const value = { name: '\u001b]0;x\u0007\u202e', of: '\u0085\u2028' };
    expect(JSON.parse(visibleText(JSON.stringify(value)))).toEqual(value);
  });
});

test('within one line, a line feed looks like no new line', () => {
  expect(visibleLine('a\nb\r\nc\td')).toBe('a\\nb\\u000d\\nc\td');
});
