import type { Selection } from './judge/protocol.ts';

/** A suite with those of its tests that can judge. */
export interface UsableSuite {
  readonly file: string;
  readonly tests: readonly { readonly index: number; readonly isQuick: boolean }[];
  /** Those of its tests that come by a function of the mutated file. */
  readonly users: ReadonlySet<number>;
}

/**
 * The tests for a mutant that acts while its file is loaded, such as one of a table. In the nearest suite they are all
 * quick tests, since a test of a table calls no function; in the next ones, the quick tests that come by the functions
 * of the file, or all quick ones where nobody comes by any, as where the file is a table and nothing else. Where there is
 * none of these, they are all tests of these suites.
 *
 * @param suites - those that load the file, the nearest first.
 * @param most - of how many suites.
 */
export function selectFresh(suites: readonly UsableSuite[], most: number): Selection[] {
  const isTable = suites.every(({ users }) => users.size === 0);
  const quick = suites.map((suite, rank) => ({
    file: suite.file,
    tests: suite.tests.filter(
      ({ index, isQuick }) => isQuick && (isTable || rank === 0 || suite.users.has(index)),
    ),
  }));
  const using = quick.filter(({ tests }) => tests.length > 0);
  return (using.length > 0 ? using : suites)
    .slice(0, most)
    .map(({ file, tests }) => ({ file, indexes: tests.map(({ index }) => index) }));
}
