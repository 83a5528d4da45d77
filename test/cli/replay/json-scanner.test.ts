import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { JsonScanner, type Piece } from '../../../cli/replay/recording/json-scanner.ts';

function scan(text: string, limit?: number, chunkLength = text.length || 1) {
  const scanner = new JsonScanner(limit);
  const pieces: Piece[] = [];
  for (let start = 0; start < text.length; start += chunkLength) {
    pieces.push(...scanner.push(text.slice(start, start + chunkLength)));
  }
  pieces.push(...scanner.end());
  return { pieces, visited: scanner.visited, peak: scanner.peak };
}

const textsOf = (pieces: readonly Piece[]) =>
  pieces.map((piece) => ('text' in piece ? `${piece.kind} ${piece.text}` : piece.kind));

/** Fragments that together make JSON, broken JSON, log lines and CSV. */
const fragment = fc.constantFrom(
  ...['{', '}', '[', ']', ',', ':', '"', '""', '\\', '\\"', '\n', '\r\n', ' ', '\t'],
  ...['"a"', '"detail":', '"detail-type":"x"', '"eventType":"q"', '"contactId":"c"', '{"a":1}', '[1,2]'],
  ...[
    '{"a":"x\\"y"}',
    'true',
    '-1.5e3',
    '2026-11-23T10:00:00Z',
    'INFO',
    '"{""a"":1}"',
    '\ufeff',
    'é',
    '{"a":\n',
  ],
  ...['"a long text, long enough to be kept"', '{"b":"a long text, long enough to be kept"}'],
);
const text = fc.array(fragment, { maxLength: 40 }).map((parts) => parts.join(''));

describe('the scanner of JSON', () => {
  test('has the same pieces however the text is cut into chunks', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 7 }), (given, chunkLength) => {
        expect(scan(given, 1_000, chunkLength).pieces).toEqual(scan(given, 1_000).pieces);
      }),
      { numRuns: 3_000 },
    );
  });

  test('visits a character at most three times, and holds no more than the limit and a chunk', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 30 }), (given, limit) => {
        const repeated = given.repeat(20);
        const { visited, peak } = scan(repeated, limit, 16);
        expect(visited).toBeLessThanOrEqual(3 * repeated.length);
        // A value, or a name of at most a chunk more; a chunk; and the text before them on their line.
        expect(peak).toBeLessThanOrEqual(2 * (limit + 16));
      }),
      { numRuns: 1_000 },
    );
  });

  test('finds every value of a list of JSON texts, whatever separates them', () => {
    const value = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { minKeys: 1 });
    const separator = fc.constantFrom('', '\n', ',', ' ', '\r\n\r\n', '\t', ' log: ');
    fc.assert(
      fc.property(fc.array(value), separator, fc.constantFrom(undefined, 2), (values, between, indent) => {
        const joined = values.map((one) => JSON.stringify(one, null, indent)).join(between);
        const found = scan(joined, undefined, 5).pieces.map(
          (piece) => 'text' in piece && JSON.parse(piece.text),
        );
        expect(found).toEqual(JSON.parse(JSON.stringify(values)));
      }),
    );
  });

  test.each([
    ['a list', JSON.stringify(Array.from({ length: 50 }, (_, a) => ({ a }))), 50],
    ['a list in an object', JSON.stringify({ Messages: Array.from({ length: 50 }, (_, a) => ({ a })) }), 50],
    ['lists in a list', JSON.stringify({ results: Array.from({ length: 50 }, (_, a) => [{ a }]) }), 50],
    [
      'deep objects',
      JSON.stringify({ a: { b: { c: [{ d: Array.from({ length: 50 }, (_, a) => ({ a })) }] } } }),
      50,
    ],
  ])('takes %s apart that exceeds the limit', (_, given, count) => {
    for (const chunkLength of [1, 10, 1_000]) {
      const { pieces } = scan(given, 40, chunkLength);
      expect(pieces.filter(({ kind }) => kind === 'json')).toHaveLength(count);
      expect(pieces.filter(({ kind }) => kind !== 'json')).toEqual([]);
    }
  });

  test('skips an event, a text and a number that exceed the limit, and says where they are', () => {
    const long = 'x'.repeat(100);
    const given = `[{"detail":{"a":{}},"b":"${long}"},\n{"a":1},"${long}",${'1'.repeat(100)},{"b":2}]`;
    expect(scan(given, 40, 10).pieces).toEqual([
      { kind: 'large', place: { line: 1, column: 2 } },
      expect.objectContaining({ kind: 'json', text: '{"a":1}', place: { line: 2, column: 1 } }),
      { kind: 'large', place: { line: 2, column: 9 } },
      { kind: 'large', place: { line: 2, column: 112 } },
      expect.objectContaining({ kind: 'json', text: '{"b":2}' }),
    ]);
  });

  test.each([
    ['{"a":{"b":[{"c":1},', ['json {"c":1}', 'broken {"a":{"b":[{"c":1},']],
    ['{"a":\n{"b":1}\n{"c":2}', ['broken {"a":', 'json {"b":1}', 'json {"c":2}']],
    ['[INFO] {x} {"a":1} y', ['json {"a":1}']],
    ['nothing {here}', ['text nothing {here}']],
    ['" {"a":1}', ['json {"a":1}']],
    ['x,"{""a"":""b\\""c""}",y', ['csv {"a":"b\\"c"}']],
    ['"{""a"":\n\n{"b":1}\n', ['broken "{""a"":', 'json {"b":1}']],
  ])('%j', (given, expected) => {
    expect(textsOf(scan(given).pieces)).toEqual(expected);
  });
});
