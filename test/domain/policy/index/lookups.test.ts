import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { PartFinder } from '../../../../lambda/domain/policy/index/part-finder.ts';
import { PresenceLookup } from '../../../../lambda/domain/policy/index/presence-lookup.ts';
import { type Ranged, RangeLookup } from '../../../../lambda/domain/policy/index/range-lookup.ts';
import { type Anchored, TextLookup } from '../../../../lambda/domain/policy/index/text-lookup.ts';
import { Trie } from '../../../../lambda/domain/policy/index/trie.ts';

/** Few letters, one of them with two code units. */
const text = fc.string({ unit: fc.constantFrom('a', 'b', '😀'), maxLength: 6 });
const parts = fc.uniqueArray(
  text.filter((one) => one !== ''),
  { maxLength: 8 },
);

function found<T>(find: (into: T[]) => void): T[] {
  const all: T[] = [];
  find(all);
  return all;
}

test.each([
  ['prefixes', false, (of: string, part: string) => of.startsWith(part)],
  ['suffixes', true, (of: string, part: string) => of.endsWith(part)],
])('a trie finds all %s, each once', (_name, isBackward, has) => {
  fc.assert(
    fc.property(parts, text, (stored, of) => {
      const trie = new Trie<string>(isBackward);
      for (const part of stored) trie.add(part, part);
      const expected = stored.filter((part) => has(of, part)).sort();
      expect(found<string>((into) => trie.find(of, into)).sort()).toStrictEqual(expected);
    }),
  );
});

test('a finder of parts finds each that a text contains, and no other', () => {
  fc.assert(
    fc.property(parts, fc.array(text, { maxLength: 3 }), (stored, of) => {
      const whole = of.join('');
      const finder = new PartFinder(new Map(stored.map((part) => [part, part])));
      const all = new Set(found<string>((into) => finder.find(whole, into)));
      expect([...all].sort()).toStrictEqual(stored.filter((part) => whole.includes(part)).sort());
    }),
  );
});

describe('a look-up of texts', () => {
  const HAS = {
    text: (of: string, part: string) => of === part,
    prefix: (of: string, part: string) => of.startsWith(part),
    suffix: (of: string, part: string) => of.endsWith(part),
    part: (of: string, part: string) => of.includes(part),
  };
  const KINDS = ['text', 'prefix', 'suffix', 'part'] as const;

  /** What a look-up of these anchors finds, each by its description, and what it should find. */
  function lookedUp(anchors: readonly Anchored<string>['anchor'][], of: string) {
    const describeAnchor = (anchor: Anchored<string>['anchor']) => JSON.stringify(anchor);
    const lookup = new TextLookup(anchors.map((anchor) => ({ anchor, value: describeAnchor(anchor) })));
    const expected = anchors.filter(({ kind, text: part, ignoresCase }) =>
      HAS[kind](ignoresCase ? of.toLowerCase() : of, part),
    );
    return {
      // A part that a text has twice is found twice.
      actual: [...new Set(found<string>((into) => lookup.find(of, into)))].sort(),
      expected: expected.map(describeAnchor).sort(),
    };
  }

  test.each(KINDS.flatMap((kind) => [false, true].map((ignoresCase) => ({ kind, ignoresCase }))))(
    'finds a single anchor: $kind, ignores case: $ignoresCase',
    ({ kind, ignoresCase }) => {
      const { actual, expected } = lookedUp([{ kind, text: 'ab', ignoresCase }], 'ab');
      expect(expected).toHaveLength(1);
      expect(actual).toStrictEqual(expected);
    },
  );

  test('finds those that a text has, and no other', () => {
    const anchor = fc.record({
      kind: fc.constantFrom(...KINDS),
      text: fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 3 }),
      ignoresCase: fc.boolean(),
    });
    const anchors = fc.uniqueArray(anchor, { maxLength: 8, selector: (one) => JSON.stringify(one) });
    const of = fc.string({ unit: fc.constantFrom('a', 'b', 'B'), maxLength: 5 });
    fc.assert(
      fc.property(anchors, of, (all, value) => {
        const { actual, expected } = lookedUp(all, value);
        expect(actual).toStrictEqual(expected);
      }),
    );
  });
});

describe('a look-up of ranges', () => {
  const bound = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(-Infinity, 0.5, Infinity));
  const ranges = fc.array(
    fc.tuple(bound, bound).map(([a, b]) => ({ low: Math.min(a, b), high: Math.max(a, b) })),
    { maxLength: 20 },
  );
  const lookupOf = (all: readonly { low: number; high: number }[]): RangeLookup<readonly number[]> => {
    const ranged: Ranged<number>[] = all.map((range, value) => ({ ...range, value }));
    return RangeLookup.of(ranged, (values: readonly number[]): readonly number[] => values);
  };

  test('finds those in which the number lies, their bounds included, each once', () => {
    fc.assert(
      fc.property(ranges, fc.oneof(bound, fc.constantFrom(0.25, 2.5, 9)), (all, value) => {
        const indexes = found<readonly number[]>((into) => lookupOf(all).find(value, into)).flat();
        const expected = [...all.keys()].filter((index) => {
          const { low, high } = all[index] as Ranged<number>;
          return low <= value && value <= high;
        });
        expect(indexes.sort((a, b) => a - b)).toStrictEqual(expected);
      }),
    );
  });

  test('holds a thousand nested ranges in few nodes', () => {
    const nested = Array.from({ length: 1_000 }, (_, index) => ({ low: index, high: 2_000 - index }));
    const nodes = found<readonly number[]>((into) => lookupOf(nested).find(1_000, into));
    expect(nodes.length).toBeLessThan(15);
    expect(nodes.flat()).toHaveLength(1_000);
  });

  test('finds nothing where nothing is stored, and for what is not a number', () => {
    expect(found<readonly number[]>((into) => lookupOf([]).find(1, into))).toHaveLength(0);
    const one = lookupOf([{ low: 1, high: 2 }]);
    expect(found<readonly number[]>((into) => one.find(Number.NaN, into))).toHaveLength(0);
  });
});

describe('a look-up of presence', () => {
  const lookupOf = (excepts: readonly (readonly string[])[]) =>
    PresenceLookup.of(
      excepts.map((except, value) => ({ except, value })),
      (values) => values,
    );
  const repeated = (count: number, ...except: string[]) => Array.from({ length: count }, () => except);

  test('finds everything but what excludes the only text', () => {
    const lookup = lookupOf([...repeated(8, 'a'), ['b'], []]);
    expect(lookup.find('a')).toStrictEqual([8, 9]);
    expect(lookup.find('b')).toHaveLength(10);
    expect(lookup.find(undefined)).toHaveLength(10);
  });

  test('has a selection for the texts that most exclude, and for few', () => {
    const excepts = Array.from({ length: 40 }, (_, index) =>
      repeated(8 + index, `t-${index}`, `t-${index}`),
    ).flat();
    const lookup = lookupOf(excepts);
    const all = lookup.find(undefined);
    const selected = Array.from({ length: 40 }, (_, index) => lookup.find(`t-${index}`).length < all.length);
    expect(selected).toStrictEqual(Array.from({ length: 40 }, (_, index) => index >= 24));
    expect(lookupOf(repeated(7, 'a')).find('a')).toHaveLength(7);
  });
});
