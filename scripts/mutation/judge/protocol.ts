/** Some tests of one file. */
export interface Selection {
  readonly file: string;
  /** Ascending. */
  readonly indexes: readonly number[];
}

/** What a judge is started with. */
export interface Setup {
  /** The files that have mutants, with the number of the first one of each. */
  readonly targets: readonly (readonly [file: string, firstId: number])[];
  /** The seeds of the simulation, which are the tests of the file `SEEDS`. */
  readonly seeds: number;
}

/** What a judge is asked to do. */
export type Request = { readonly kind: 'measure'; readonly file: string } | JudgeRequest;

export interface JudgeRequest {
  readonly kind: 'judge';
  /** The number of the mutant; 0: the code is unchanged. */
  readonly id: number;
  readonly selections: readonly Selection[];
  /** What each test did without a mutant. */
  readonly work: readonly (readonly number[])[];
  /** Whether the modules are loaded again, for a mutant that acts while they are loaded. */
  readonly isFresh: boolean;
}

/** What a test does without a mutant. */
export interface Measure {
  readonly index: number;
  readonly title: string;
  readonly failure?: string;
  readonly work: number;
  readonly reached: readonly number[];
}

/** The tests of a file, with the mutants that were reached when it was loaded. */
export interface MeasuredFile {
  readonly kind: 'measured';
  readonly tests: readonly Measure[];
  readonly reachedOnLoad: readonly number[];
}

/** What became of a mutant. */
export interface Verdict {
  readonly kind: 'verdict';
  /** The test that failed; undefined when the mutant survived. */
  readonly killer?: { readonly file: string; readonly index?: number; readonly failure: string };
  /** The test failed because it took longer than `TEST_PATIENCE_MS`, which a slow machine may do, too. */
  readonly isOutOfTime?: boolean;
  /** The test fails without the mutant, too: something was left behind. Nothing is known of the mutant. */
  readonly isUnsound: boolean;
  /** Whether the process can go on to judge. */
  readonly isUsable: boolean;
}

/**
 * The longest time of a test, in milliseconds, as long as Jest waits. Only a test that holds a connection open takes so
 * long; others are noticed when nothing is left to do.
 */
export const TEST_PATIENCE_MS = 30_000;

export type Reply = MeasuredFile | Verdict;

/** The runs of the simulation under faults, one test for each seed. */
export const SEEDS = 'sim/dst/run-seed.ts';
