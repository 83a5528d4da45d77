import { askJudge, type NoVerdict } from './ask-judge.ts';
import { type Measure, type MeasuredFile, SEEDS, type Selection } from './judge/protocol.ts';
import { Judge } from './judge-pool.ts';
import type { Mutant } from './mutant.ts';
import { selectFresh } from './select-fresh.ts';
import type { Suites } from './suites.ts';

/** A mutant with its number, from 1. */
export interface NumberedMutant {
  readonly id: number;
  readonly mutant: Mutant;
}

/** What became of a mutant. `unreached`: no test comes by it. `undecided`: nothing is known of it. */
export interface Judged {
  readonly mutant: Mutant;
  readonly outcome: 'killed' | 'survived' | 'unreached' | 'undecided';
  /** The test that fails, for a mutant that was killed. */
  readonly killer?: string;
  /** Why a mutant is undecided. */
  readonly reason?: string;
}

export interface Progress {
  readonly phase: 'measuring' | 'judging';
  readonly done: number;
  readonly total: number;
  readonly killed: number;
}

/** How much is tried on a mutant before it counts as one that survives. */
export interface Effort {
  /**
   * How much work the quick tests do that are run on it, in calls of functions and rounds of loops; the slow ones do
   * half of that.
   */
  readonly work: number;
  /** How many seeds of the simulation under faults, of those that reach it. */
  readonly seeds: number;
  /** How many suites are loaded again for a mutant that acts while modules are loaded. */
  readonly freshSuites: number;
}

/** A file of tests with what each of them does without a mutant. */
interface MeasuredSuite {
  readonly tests: readonly Measure[];
  readonly byMutant: ReadonlyMap<number, readonly number[]>;
  /** By file with mutants: the tests that come by any of them. */
  readonly byFile: ReadonlyMap<string, ReadonlySet<number>>;
}

const NOT_MEASURED: MeasuredSuite = { tests: [], byMutant: new Map(), byFile: new Map() };

/** A test that does more work than that, in calls of functions and rounds of loops, is slow. */
const MOST_QUICK_WORK = 20_000;

/** A test that was blamed so often for what others left behind is no judge. */
const MOST_UNSOUND = 2;

/** Judges mutants on several processes. */
export class Campaign {
  readonly #suites: Suites;
  /** As in `Setup`. */
  readonly #targets: readonly (readonly [file: string, firstId: number])[];
  readonly #judges: readonly Judge[];
  readonly #effort: Effort;
  readonly #onProgress: (progress: Progress) => void;
  readonly #measured = new Map<string, MeasuredSuite>();
  /** Mutants that act while a module is loaded: only the first suite that loads it in a process comes by them. */
  readonly #reachedOnLoad = new Set<number>();
  readonly #unsound = new Map<string, number>();
  /** Tests that fail without a mutant, and are not used. */
  readonly failing: string[] = [];

  constructor(
    targets: ReadonlyMap<string, number>,
    suites: Suites,
    options: {
      readonly processes: number;
      readonly effort: Effort;
      readonly onProgress: (progress: Progress) => void;
    },
  ) {
    this.#suites = suites;
    this.#targets = [...targets];
    this.#effort = options.effort;
    this.#onProgress = options.onProgress;
    const setup = { targets: this.#targets, seeds: options.effort.seeds };
    this.#judges = Array.from({ length: options.processes }, () => new Judge(setup));
  }

  /** Judges mutants. Calls back for each, in the order in which they are done. */
  async run(mutants: readonly NumberedMutant[], onJudged: (judged: Judged) => void): Promise<void> {
    try {
      const files = [...new Set(mutants.map(({ mutant }) => mutant.file))];
      await this.#measure([...new Set(files.flatMap((file) => this.#suites.of(file)))]);
      let killed = 0;
      let done = 0;
      await this.#share(mutants, async (judge, { id, mutant }) => {
        const judged = await this.#judge(judge, id, mutant);
        done += 1;
        if (judged.outcome === 'killed') killed += 1;
        onJudged(judged);
        this.#onProgress({ phase: 'judging', done, total: mutants.length, killed });
      });
    } finally {
      for (const judge of this.#judges) judge.stop();
    }
  }

  async #measure(files: readonly string[]): Promise<void> {
    let done = 0;
    // The slowest first, so that all processes end at about the same time.
    const ordered = files.toSorted((a, b) => Number(b === SEEDS) - Number(a === SEEDS));
    await this.#share(ordered, async (judge, file) => {
      const { tests, reachedOnLoad } = (await judge.ask({ kind: 'measure', file })) as MeasuredFile;
      const byMutant = new Map<number, number[]>();
      const byFile = new Map<string, Set<number>>();
      for (const { index, title, failure, reached } of tests) {
        if (failure !== undefined) {
          this.failing.push(`${file}: ${title}: ${failure}`);
          continue;
        }
        for (const id of reached) {
          push(byMutant, id, index);
          // Also by one that is not in the sample: what matters is that the test runs code of the file.
          const target = this.#targets.findLast(([, firstId]) => firstId <= id)?.[0] ?? '';
          byFile.set(target, (byFile.get(target) ?? new Set()).add(index));
        }
      }
      this.#measured.set(file, { tests, byMutant, byFile });
      for (const id of reachedOnLoad) this.#reachedOnLoad.add(id);
      done += 1;
      this.#onProgress({ phase: 'measuring', done, total: files.length, killed: 0 });
    });
  }

  async #judge(judge: Judge, id: number, mutant: Mutant): Promise<Judged> {
    const suites = this.#suites.of(mutant.file);
    const selections = this.#select(id, suites);
    const warm = await this.#ask(judge, id, selections, false);
    if (warm) return judgedBy(mutant, warm);
    if (!this.#reachedOnLoad.has(id))
      return { mutant, outcome: selections.length > 0 ? 'survived' : 'unreached' };
    const fresh = await this.#ask(judge, id, this.#selectFresh(mutant.file, suites), true);
    return fresh ? judgedBy(mutant, fresh) : { mutant, outcome: 'survived' };
  }

  /** @returns the test that fails; undefined when none does. */
  async #ask(
    judge: Judge,
    id: number,
    selections: readonly Selection[],
    isFresh: boolean,
  ): Promise<string | NoVerdict | undefined> {
    if (selections.length === 0) return undefined;
    const work = selections.map(({ file }) => this.#measured.get(file)?.tests.map(({ work }) => work) ?? []);
    const verdict = await askJudge(judge, { kind: 'judge', id, selections, work, isFresh });
    if (verdict.kind === 'no verdict') return verdict;
    const { killer, isUnsound } = verdict;
    if (!killer) return undefined;
    const name = this.#nameOf(killer.file, killer.index);
    if (!isUnsound) return `${name}: ${killer.failure}`;
    const blamed = (this.#unsound.get(name) ?? 0) + 1;
    this.#unsound.set(name, blamed);
    if (blamed === MOST_UNSOUND) this.failing.push(`${name}: it does not pass twice in one process`);
    const usable = selections
      .map(({ file, indexes }) => ({
        file,
        indexes: indexes.filter((index) => !this.#isLeftOut(file, index)),
      }))
      .filter(({ indexes }) => indexes.length > 0);
    return this.#ask(judge, id, usable, isFresh);
  }

  /**
   * The tests that reach a mutant: the quick ones, the nearest first, then the slow ones, then the seeds. The tests of
   * the nearest suite are all run.
   */
  #select(id: number, suites: readonly string[]): Selection[] {
    const reaching = suites.flatMap((file, rank) => {
      const { tests, byMutant } = this.#measured.get(file) ?? NOT_MEASURED;
      const indexes = byMutant.get(id)?.filter((index) => !this.#isLeftOut(file, index)) ?? [];
      return indexes.map((index) => ({ file, index, rank, work: tests[index]?.work ?? 0 }));
    });
    const nearest = reaching[0]?.rank;
    const suiteTests = reaching.filter(({ file }) => file !== SEEDS);
    const quick = suiteTests.filter(({ work }) => work <= MOST_QUICK_WORK);
    const slow = suiteTests.filter(({ work }) => work > MOST_QUICK_WORK).sort((a, b) => a.work - b.work);
    const withinEffort = (tests: typeof suiteTests, work: number) => {
      let left = work;
      return tests.filter(({ work, rank }) => {
        left -= work;
        return left > 0 || rank === nearest;
      });
    };
    return groupByFile([
      ...withinEffort(quick, this.#effort.work),
      ...withinEffort(slow, this.#effort.work / 2),
      ...reaching.filter(({ file }) => file === SEEDS),
    ]);
  }

  #selectFresh(target: string, suites: readonly string[]): Selection[] {
    const usable = suites
      .filter((file) => file !== SEEDS)
      .map((file) => {
        const { tests, byFile } = this.#measured.get(file) ?? NOT_MEASURED;
        const passing = tests.filter(({ index, failure }) => !failure && !this.#isLeftOut(file, index));
        return {
          file,
          tests: passing.map(({ index, work }) => ({ index, isQuick: work <= MOST_QUICK_WORK })),
          users: byFile.get(target) ?? new Set<number>(),
        };
      });
    return selectFresh(usable, this.#effort.freshSuites);
  }

  #isLeftOut(file: string, index: number): boolean {
    return (this.#unsound.get(this.#nameOf(file, index)) ?? 0) >= MOST_UNSOUND;
  }

  #nameOf(file: string, index: number | undefined): string {
    const title = index === undefined ? undefined : this.#measured.get(file)?.tests[index]?.title;
    return title === undefined ? file : `${file}: ${title}`;
  }

  /** Gives each process the next item, until none is left. */
  async #share<T>(items: readonly T[], work: (judge: Judge, item: T) => Promise<void>): Promise<void> {
    const rest = items.values();
    await Promise.all(
      this.#judges.map(async (judge) => {
        for (const item of rest) await work(judge, item);
      }),
    );
  }
}

function judgedBy(mutant: Mutant, answer: string | NoVerdict): Judged {
  return typeof answer === 'string'
    ? { mutant, outcome: 'killed', killer: answer }
    : { mutant, outcome: 'undecided', reason: answer.reason };
}

function push<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

/** Neighbours of one file become one selection. */
function groupByFile(tests: readonly { readonly file: string; readonly index: number }[]): Selection[] {
  const selections: { file: string; indexes: number[] }[] = [];
  for (const { file, index } of tests) {
    const last = selections.at(-1);
    if (last?.file === file) last.indexes.push(index);
    else selections.push({ file, indexes: [index] });
  }
  for (const { indexes } of selections) indexes.sort((a, b) => a - b);
  return selections;
}
