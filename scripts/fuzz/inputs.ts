import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Draws an integer from 0 to `count - 1`. The same seed gives the same sequence. */
export type Draw = (count: number) => number;

/** Creates the random generator of a seed. */
export function createDraw(seed: number): Draw {
  // The first draws of neighbouring seeds are similar, so they are skipped.
  const generator = xoroshiro128plus(Math.imul(seed ^ 0x5bd1e995, 0x9e3779b1));
  for (let skipped = 0; skipped < 8; skipped++) uniformInt(generator, 0, 1);
  return (count) => uniformInt(generator, 0, count - 1);
}

/** Draws one of the values. */
export function pickOne<T>(draw: Draw, values: readonly T[]): T {
  return values[draw(values.length)] as T;
}

const KEYS = [
  'a',
  'b',
  'c',
  'a.b',
  '',
  '$or',
  '__proto__',
  'constructor',
  'prefix',
  'exists',
  '\u0000',
  '\ud800',
];
const EVENT_KEYS = ['a', 'b', 'c', 'a.b', '', '__proto__', 'constructor'];
const TEXTS = [
  'x',
  'y',
  'X',
  '',
  '*',
  'a*b',
  '\\',
  '10.0.0.1',
  '::ffff:a00:1',
  '10.0.0.0/8',
  'ß',
  '😀',
  '\u0000',
  '<',
  '=',
];
const NUMBERS = [0, -0, 1, 2, 1.5, -1, 1e-7, 5e11, 500_000_000_001, 2 ** 53, 1e308, 5e-324];
const SCALARS: readonly unknown[] = [...TEXTS, ...NUMBERS, true, false, null];

/** Generates a JSON value, mostly small, with the given keys. */
export function generateJson(draw: Draw, keys: readonly string[], depth = 4): unknown {
  const kind = draw(depth > 0 ? 5 : 2);
  if (kind < 2) return generateScalar(draw);
  if (kind < 3) return Array.from({ length: draw(4) }, () => generateJson(draw, keys, depth - 1));
  return generateObject(draw, keys, () => generateJson(draw, keys, depth - 1));
}

/** Generates an event, rarely with deeply nested lists. */
export function generateEvent(draw: Draw): object {
  const inner = draw(200) === 0 ? generateDeepList(draw) : undefined;
  const keys = draw(4) === 0 ? EVENT_KEYS : ['a', 'b', 'c'];
  return generateObject(draw, keys, () => inner ?? generateJson(draw, keys));
}

/** Generates a value with the form of a pattern. It is often valid. */
export function generatePattern(draw: Draw, depth = 3): unknown {
  if (depth > 0 && draw(3) === 0) {
    return { $or: Array.from({ length: 2 + draw(3) }, () => generatePattern(draw, depth - 1)) };
  }
  const keys = EVENT_KEYS.slice(0, draw(4) === 0 ? 7 : 3);
  return generateObject(
    draw,
    keys,
    () => (depth > 0 && draw(4) === 0 ? generatePattern(draw, depth - 1) : generateList(draw)),
    1,
  );
}

function generateList(draw: Draw): unknown[] {
  return Array.from({ length: 1 + draw(3) }, () =>
    draw(2) === 0 ? generateScalar(draw) : generateOperator(draw),
  );
}

/** Generators of operands, by operator. */
const OPERANDS: Readonly<Record<string, (draw: Draw) => unknown>> = {
  prefix: generateText,
  suffix: generateText,
  'equals-ignore-case': generateText,
  wildcard: (draw) => pickOne(draw, ['x*', '*x', '*', 'a*b*', '\\*', '**']),
  'anything-but': (draw) =>
    pickOne(draw, [
      generateText(draw),
      [generateText(draw), generateText(draw)],
      { prefix: generateText(draw) },
      [1, 2],
      1,
    ]),
  numeric: (draw) =>
    pickOne(draw, [
      ['=', generateNumber(draw)],
      ['>=', generateNumber(draw)],
      ['>', generateNumber(draw), '<=', generateNumber(draw)],
    ]),
  cidr: (draw) => pickOne(draw, ['10.0.0.0/8', '::/1', '10.0.0.1/32', '::ffff:a00:0/104']),
  exists: (draw) => draw(2) === 0,
  exactly: generateText,
};

function generateOperator(draw: Draw): object {
  const name = pickOne(draw, Object.keys(OPERANDS));
  return { [name]: OPERANDS[name]?.(draw) };
}

function generateText(draw: Draw): string {
  return pickOne(draw, draw(2) === 0 ? ['x', 'y'] : TEXTS);
}

function generateNumber(draw: Draw): number {
  return pickOne(draw, draw(2) === 0 ? [0, 1, 2] : NUMBERS);
}

function generateScalar(draw: Draw): unknown {
  return pickOne<unknown>(draw, draw(2) === 0 ? ['x', 'y', 1] : SCALARS);
}

/** Replaces, drops or duplicates a few parts of a value. */
export function mutateValue(draw: Draw, value: unknown): unknown {
  if (draw(30) === 0) return generateJson(draw, KEYS, 2);
  if (Array.isArray(value)) {
    const parts = value.map((part) => mutateValue(draw, part));
    return draw(20) === 0 ? [...parts, ...parts.slice(0, 1)] : parts.slice(draw(20) === 0 ? 1 : 0);
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(() => draw(30) > 0)
      .map(([key, part]) => [draw(30) === 0 ? pickOne(draw, KEYS) : key, mutateValue(draw, part)]),
  );
}

function generateObject(draw: Draw, keys: readonly string[], value: () => unknown, min = 0): object {
  return Object.fromEntries(
    Array.from({ length: min + draw(4 - 2 * min) }, () => [pickOne(draw, keys), value()]),
  );
}

function generateDeepList(draw: Draw): unknown {
  let value: unknown = pickOne(draw, SCALARS);
  for (let depth = pickOne(draw, [63, 64, 65, 1_000, 20_000]); depth > 0; depth--) value = [value];
  return value;
}
