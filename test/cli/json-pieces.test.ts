import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { jsonPieces } from '../../cli/json-pieces.ts';

describe('JSON in pieces', () => {
  test('is what JSON.stringify writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 8 }), (value) => {
        expect([...jsonPieces(value)].join('')).toBe(`${JSON.stringify(value, null, 2)}\n`);
      }),
    );
  });

  test.each([
    [{ absent: undefined, list: [undefined, []], at: new Date(0), empty: {} }],
    [[[[[[[{ deep: ['line\nend'] }]]]]]]],
    [[]],
    [{ only: undefined }],
  ])('leaves out what JSON does not have: %j', (value) => {
    expect([...jsonPieces(value)].join('')).toBe(`${JSON.stringify(value, null, 2)}\n`);
  });

  test('no piece is much longer than a member', () => {
    const value = { list: Array.from({ length: 10_000 }, (_, index) => ({ index, text: 'x'.repeat(50) })) };
    const lengths = [...jsonPieces(value)].map(({ length }) => length);
    expect(lengths.length).toBeGreaterThan(10);
    expect(Math.max(...lengths)).toBeLessThan(2 ** 16 + 200);
  });
});
