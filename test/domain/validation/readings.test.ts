import { describe, expect, test } from '@jest/globals';
import { readDocument } from '../../../lambda/domain/validation/document.ts';

/** What reads otherwise than it looks, each as its path and what was found. */
const found = (text: string) =>
  readDocument(text).readings.map((reading) => [reading.code, reading.path, reading.found]);

describe('what reads otherwise than it looks is found', () => {
  test.each<[text: string, code: string, path: (string | number)[], found: unknown]>([
    ['a: !Sub x', 'yaml-tag', ['a'], '!Sub'],
    ['a: !!int "3"', 'yaml-tag', ['a'], '!!int'],
    ['a: !x { b: 1 }', 'yaml-tag', ['a'], '!x'],
    ['a: [1, !x [2]]', 'yaml-tag', ['a', 1], '!x'],
    ['a: &b c', 'yaml-anchor', ['a'], '&b'],
    ['a: { b: [x, &y ] }', 'yaml-anchor', ['a', 'b', 1], '&y'],
    ['a: &b c\nd: b', 'yaml-anchor', ['a'], '&b'],
    ['a: [1, [!x 2]]', 'yaml-tag', ['a', 1, 0], '!x'],
    ['&b a: 1', 'yaml-anchor', ['a'], '&b'],
    ['a: 0x10', 'number-form', ['a'], 16],
    ['a: 1e400', 'number-form', ['a'], Number.POSITIVE_INFINITY],
    ['a: 12345678901234567890', 'number-form', ['a'], 12345678901234567000],
    ['a: 0.123456789012345678', 'number-form', ['a'], 0.12345678901234568],
  ])('%j', (text, code, path, value) => {
    expect(found(text)).toEqual([[code, path, value]]);
  });

  test('and nothing else', () => {
    for (const text of [
      'a: !!str 7',
      'a: &b c\nd: *b',
      'a: &b { c: 1 }',
      'a: &b [1]',
      'a: "0x10"',
      'a: 0.12345678901234567',
      'a: -0.00012345678901234567',
      'a: 1.5e300',
      'a: 9007199254740991',
      'a: [-0.5, 0, true, null]',
    ])
      expect([text, found(text)]).toEqual([text, []]);
  });
});

test('the message says how the text is read, and what to write instead', () => {
  const reading = (text: string) => readDocument(text).readings[0];
  expect(reading('a: !!binary x')).toMatchObject({
    message:
      'Found the tag "!!binary", which has no meaning here; expected the value itself. Remove the tag, and write a ' +
      'text in quotes. What a template fills in, fill in before.',
    allowed: 'no tags',
  });
  expect(reading('a: &gold members')).toMatchObject({
    message:
      'Found the anchor "&gold", which is dropped, and nothing refers to it; expected the value itself. Remove the ' +
      'anchor, or write "&gold members" in quotes for a text.',
    allowed: 'no anchor that nothing refers to',
  });
  expect(reading('a: &gold')?.message).toContain('write "&gold" in quotes');
  const number = (text: string) => reading(`a: ${text}`)?.message;
  expect(reading('a: 010')).toMatchObject({
    message:
      'Found 010, which is read as the number 10; expected a number in decimal notation. Write 10, or "010" in quotes ' +
      'for a text.',
    allowed: 'a number in decimal notation',
  });
  expect(number('0.123456789012345678')).toContain(
    'Write 0.12345678901234568, or "0.123456789012345678" in quotes',
  );
  expect(number('12345678901234567890')).toContain(
    '9007199254740991. Write "12345678901234567890" in quotes',
  );
  expect(number('9007199254740992')).toMatch(/^Found 9007199254740992; expected a whole number /);
  expect(number('1e400')).toContain('1.8e308. Write "1e400" in quotes');
});
