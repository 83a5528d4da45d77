import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Draws a whole number from 0 up to, but not including, `count`. The same seed draws the same. */
export type Draw = (count: number) => number;

/** The draws of a seed. */
export function drawing(seed: number): Draw {
  // The first draws of neighbouring seeds are alike.
  const generator = xoroshiro128plus(Math.imul(seed ^ 0x5bd1e995, 0x9e3779b1));
  for (let skipped = 0; skipped < 8; skipped++) uniformInt(generator, 0, 1);
  return (count) => uniformInt(generator, 0, count - 1);
}

/** One of the values. */
export function one<T>(draw: Draw, values: readonly T[]): T {
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

/** Any JSON value, mostly small, with keys that patterns and events are likely to have. */
export function json(draw: Draw, keys: readonly string[], depth = 4): unknown {
  const kind = draw(depth > 0 ? 5 : 2);
  if (kind < 2) return scalar(draw);
  if (kind < 3) return Array.from({ length: draw(4) }, () => json(draw, keys, depth - 1));
  return object(draw, keys, () => json(draw, keys, depth - 1));
}

/** An event, now and then with lists in lists deeper than any real one. */
export function event(draw: Draw): object {
  const inner = draw(200) === 0 ? deep(draw) : undefined;
  const keys = draw(4) === 0 ? EVENT_KEYS : ['a', 'b', 'c'];
  return object(draw, keys, () => inner ?? json(draw, keys));
}

/** What has the form of a pattern; often a valid one. */
export function pattern(draw: Draw, depth = 3): unknown {
  if (depth > 0 && draw(3) === 0) {
    return { $or: Array.from({ length: 2 + draw(3) }, () => pattern(draw, depth - 1)) };
  }
  const keys = EVENT_KEYS.slice(0, draw(4) === 0 ? 7 : 3);
  return object(draw, keys, () => (depth > 0 && draw(4) === 0 ? pattern(draw, depth - 1) : list(draw)), 1);
}

function list(draw: Draw): unknown[] {
  return Array.from({ length: 1 + draw(3) }, () => (draw(2) === 0 ? scalar(draw) : operator(draw)));
}

/** By operator what it may take. */
const OPERANDS: Readonly<Record<string, (draw: Draw) => unknown>> = {
  prefix: text,
  suffix: text,
  'equals-ignore-case': text,
  wildcard: (draw) => one(draw, ['x*', '*x', '*', 'a*b*', '\\*', '**']),
  'anything-but': (draw) =>
    one(draw, [text(draw), [text(draw), text(draw)], { prefix: text(draw) }, [1, 2], 1]),
  numeric: (draw) =>
    one(draw, [
      ['=', number(draw)],
      ['>=', number(draw)],
      ['>', number(draw), '<=', number(draw)],
    ]),
  cidr: (draw) => one(draw, ['10.0.0.0/8', '::/1', '10.0.0.1/32', '::ffff:a00:0/104']),
  exists: (draw) => draw(2) === 0,
  exactly: text,
};

function operator(draw: Draw): object {
  const name = one(draw, Object.keys(OPERANDS));
  return { [name]: OPERANDS[name]?.(draw) };
}

function text(draw: Draw): string {
  return one(draw, draw(2) === 0 ? ['x', 'y'] : TEXTS);
}

function number(draw: Draw): number {
  return one(draw, draw(2) === 0 ? [0, 1, 2] : NUMBERS);
}

function scalar(draw: Draw): unknown {
  return one<unknown>(draw, draw(2) === 0 ? ['x', 'y', 1] : SCALARS);
}

/** A value with a few of its parts replaced, dropped or doubled. */
export function mutated(draw: Draw, value: unknown): unknown {
  if (draw(30) === 0) return json(draw, KEYS, 2);
  if (Array.isArray(value)) {
    const kept = value.map((part) => mutated(draw, part));
    return draw(20) === 0 ? [...kept, ...kept.slice(0, 1)] : kept.slice(draw(20) === 0 ? 1 : 0);
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(() => draw(30) > 0)
      .map(([key, part]) => [draw(30) === 0 ? one(draw, KEYS) : key, mutated(draw, part)]),
  );
}

function object(draw: Draw, keys: readonly string[], value: () => unknown, least = 0): object {
  return Object.fromEntries(
    Array.from({ length: least + draw(4 - 2 * least) }, () => [one(draw, keys), value()]),
  );
}

function deep(draw: Draw): unknown {
  let value: unknown = one(draw, SCALARS);
  for (let depth = one(draw, [63, 64, 65, 1_000, 20_000]); depth > 0; depth--) value = [value];
  return value;
}
