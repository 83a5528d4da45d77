import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from '@jest/globals';
import { EQUIVALENTS } from '../../../scripts/mutation/equivalents/index.ts';
import { findMutants } from '../../../scripts/mutation/find-mutants.ts';
import { instrument } from '../../../scripts/mutation/instrument.ts';
import { KNOWN_SURVIVORS } from '../../../scripts/mutation/known-survivors/index.ts';
import type { ListedMutant } from '../../../scripts/mutation/listed-mutant.ts';

const ROOT = join(import.meta.dirname, '../../..');

const changesIn = (text: string) => findMutants('a.ts', text).map(({ change }) => change);

describe('the mutants of', () => {
  test.each([
    ['a boundary', 'x(a < b);', ['drop x(a < b);', 'a < b => a <= b']],
    ['a condition', "if (a === 'b') {}", ["a === 'b' => true", "a === 'b' => false"]],
    [
      'operands of a condition',
      'if (a && !b) {}',
      ['a && !b => true', 'a && !b => false', 'a && !b => a', 'a && !b => !b'],
    ],
    ['an equality that is a value', 'const c = a === b;', ['a === b => a !== b']],
    ['a default', 'const c = a ?? b;', ['a ?? b => a', 'a ?? b => b']],
    ['a sum of parts', 'const c = (a - b) / d;', ['(a - b) / d => (a - b) * d', 'a - b => a + b']],
    ['a text that is put together', "const c = 'a ' + b;", []],
    ['a greatest value', 'const c = Math.max(a, b);', ['Math.max(a, b) => Math.min(a, b)']],
    [
      'an order',
      'const c = a.toSorted(f);',
      ['a.toSorted(f) => a', 'a.toSorted(f) => (a.toSorted(f)).reverse()'],
    ],
    ['an optional chain', 'const c = a?.b(d);', ['a?.b(d) => a.b(d)']],
    ['a code', "const c = f('kind');", ["'kind' => 'kind~'"]],
    ['a text for people', "const c = f('A text');", []],
    [
      'a key',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: this is source.
      'const c = `${a}#${b}`;',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: this is source.
      ['`${a}#${b}` => `#${b}`', '`${a}#${b}` => `${a}#`'],
    ],
    ['the members of an object', 'const c = { a, ...b };', ['without a', 'without ...b']],
    ['the documentation of a schema', "const c = { description: 'code' };", ["'code' => 'code~'"]],
    ['a list', 'const c = [a, b];', ['without a', 'without b']],
    ['an awaited call', 'await a();', ['drop await a();', 'do not await a()']],
    ['a loop', 'for (const a of b) c(a);', ['b => []', 'drop c(a);']],
    ['a function', 'function f() { a(); return b; }', ['return at the start', 'drop a();']],
    ['a short function', 'const f = () => a.b;', ['a.b => undefined']],
    ['the text of an error', "const c = new RangeError(a ?? 'b');", []],
    ['the text of a log line', "logger.info(a ?? 'b');", ["drop logger.info(a ?? 'b');"]],
    ['the name of an error', "class AError extends Error { name = 'AError' }", []],
    ['types', "type A = 'a' | 'b';", []],
  ])('%s', (_, text, changes) => {
    expect(changesIn(text)).toEqual(changes);
  });

  test('equal changes of one function have different names', () => {
    expect(changesIn('function f() { return [0, 0]; }')).toEqual([
      'return at the start',
      'without 0',
      'without 0 (2)',
      '0 => 1',
      '0 => 1 (2)',
    ]);
  });

  test('a change is found by its function and line', () => {
    const text = 'class A {\n  #b() {\n    return c < d;\n  }\n}\nconst e = () => c < d;';
    expect(
      findMutants('a.ts', text).map(({ line, functionName, change }) => [line, functionName, change]),
    ).toEqual([
      [2, 'A.#b', 'return at the start'],
      [3, 'A.#b', 'c < d => c <= d'],
      [6, 'e', 'c < d => c <= d'],
      [6, 'e', 'c < d => undefined'],
    ]);
  });
});

describe('instrumented code', () => {
  const source = `
    interface Point { readonly x: number; readonly y?: number }
    function sum(points: readonly Point[], { total = 0 } = {}): number {
      for (const { x, y } of points) if (x > 0) total += x + (y ?? 0);
      return total;
    }
    sum([{ x: 0, y: 5 }, { x: 1 }, { x: 2, y: 3 }]);`;
  const mutants = findMutants('a.ts', source);

  function run(active: number) {
    const reached = new Set<number>();
    let work = 0;
    const result = runInNewContext(instrument(source, mutants, 1), {
      __isMutantOn(id: number) {
        reached.add(id);
        return id === active;
      },
      __countWork() {
        work += 1;
      },
    });
    return { result, reached, work };
  }

  test('does what the source does while all mutants are off', () => {
    expect(run(0)).toMatchObject({ result: 6, work: 4 });
  });

  test.each([
    ['return at the start', undefined],
    ['x > 0 => x >= 0', 11],
    ['x > 0 => false', 0],
    ['points => []', 0],
    ['total += x + (y ?? 0) => total -= x + (y ?? 0)', -6],
    ['drop total += x + (y ?? 0);', 0],
    ['y ?? 0 => y', Number.NaN],
    ['0 => 1', 7],
    ['without { x: 2, y: 3 }', 1],
  ])('with %s', (change, result) => {
    expect(run(1 + mutants.findIndex((mutant) => mutant.change === change)).result).toBe(result);
  });

  test('tells which mutants it comes by', () => {
    const { reached } = run(0);
    expect(reached.size).toBe(mutants.length);
    const [first] = run(mutants.findIndex(({ change }) => change === 'return at the start') + 1).reached;
    expect(first).toBeDefined();
  });
});

test('every mutant of the lists exists, is in one list once, and has a reason', () => {
  const listed = [...EQUIVALENTS, ...KNOWN_SURVIVORS];
  const files = [...new Set(listed.map(({ file }) => file))];
  const mutants = Map.groupBy(
    files.flatMap((file) => findMutants(file, readFileSync(join(ROOT, file), 'utf8'))),
    nameOf,
  );
  const wrong = listed.filter((one) => mutants.get(nameOf(one))?.length !== 1);
  expect(wrong).toEqual([]);
  expect(new Set(listed.map(nameOf)).size).toBe(listed.length);
  expect(listed.filter(({ reason }) => !/^[A-Z].+\.$/.test(reason))).toEqual([]);
});

function nameOf({ file, functionName, change }: Omit<ListedMutant, 'reason'>): string {
  return JSON.stringify([file, functionName, change]);
}
