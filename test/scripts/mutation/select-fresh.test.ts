import { expect, test } from '@jest/globals';
import { selectFresh, type UsableSuite } from '../../../scripts/mutation/select-fresh.ts';

/** A suite whose tests are quick, except those with these numbers. */
const suite = (
  file: string,
  count: number,
  users: readonly number[] = [],
  slow: readonly number[] = [],
): UsableSuite => ({
  file,
  tests: Array.from({ length: count }, (_, index) => ({ index, isQuick: !slow.includes(index) })),
  users: new Set(users),
});

test('a mutant that acts on loading is judged by all tests of the nearest suite, and by users in the others', () => {
  const suites = [suite('a', 3, [], [1]), suite('b', 3, [0, 2], [2]), suite('c', 2), suite('d', 1, [0])];
  expect(selectFresh(suites, 4)).toStrictEqual([
    { file: 'a', indexes: [0, 2] },
    { file: 'b', indexes: [0] },
    { file: 'd', indexes: [0] },
  ]);
  expect(selectFresh(suites, 1)).toStrictEqual([{ file: 'a', indexes: [0, 2] }]);
});

test('one of a file without functions is judged by the quick tests of several suites', () => {
  expect(selectFresh([suite('a', 1), suite('b', 2, [], [0]), suite('c', 1)], 2)).toStrictEqual([
    { file: 'a', indexes: [0] },
    { file: 'b', indexes: [1] },
  ]);
});

test('where all tests are slow, they judge', () => {
  expect(selectFresh([suite('a', 2, [1], [0, 1])], 4)).toStrictEqual([{ file: 'a', indexes: [0, 1] }]);
});
