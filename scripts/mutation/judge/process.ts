import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { releaseIdleServers } from './idle-servers.ts';
import { addressOf, installModuleHooks } from './modules.ts';
import {
  type JudgeRequest,
  type Reply,
  type Request,
  SEEDS,
  type Selection,
  type Setup,
} from './protocol.ts';
import { runTests, type TestResult } from './run-tests.ts';
import { installSwitches, observed, startObserving, switchOn } from './switches.ts';
import { collectTests, type DeclaredTest } from './test-api.ts';

/* A process that holds the code with all of its mutants and the suites, and judges one mutant after the other. */

/** Loading all modules again and again fills the memory. */
const MOST_MEMORY_BYTES = 1_500_000_000;

/** How much more work a test may do with a mutant than without. */
const WORK_FACTOR = 20;
const WORK_ALLOWANCE = 200_000;

const setup = JSON.parse(process.argv[2] ?? '') as Setup;
const directory = mkdtempSync(join(tmpdir(), 'mutation-'));
process.env.TEST_RUN_DIRECTORY = directory;
process.on('exit', () => rmSync(directory, { recursive: true }));
installSwitches();
releaseIdleServers();
installModuleHooks(new Map(setup.targets));
// The same values in each run. A failure is enough, its smallest example is not needed.
fc.configureGlobal({ seed: 1, endOnFailure: true });

const loaded = new Map<string, Promise<DeclaredTest[]>>();
let version = 0;
let queue = Promise.resolve();

process.on('message', (request: Request) => {
  queue = queue.then(async () => {
    try {
      process.send?.(request.kind === 'measure' ? await measure(request.file) : await judge(request));
    } catch (error) {
      console.error(error);
      process.exit(1);
    }
  });
});
process.on('disconnect', () => process.exit());
// What a mutant leaves behind may fail later, when nobody asks about it any more.
process.on('unhandledRejection', () => {}).on('uncaughtException', () => {});

async function measure(file: string): Promise<Reply> {
  startObserving();
  const tests = await load(file);
  const reachedOnLoad = [...observed().reached];
  const results = await runTests(
    tests,
    [...tests.keys()],
    () => Number.POSITIVE_INFINITY,
    () => false,
  );
  return {
    kind: 'measured',
    reachedOnLoad,
    tests: results.map(({ index, failure, work, reached }) => ({
      index,
      title: tests[index]?.title ?? '',
      failure,
      work,
      reached: [...reached],
    })),
  };
}

async function judge({ id, selections, work, isFresh }: JudgeRequest): Promise<Reply> {
  const verdict = (rest: Partial<Reply>): Reply => ({
    kind: 'verdict',
    isUnsound: false,
    isUsable: process.memoryUsage.rss() < MOST_MEMORY_BYTES,
    ...(rest as object),
  });
  if (isFresh) version += 1;
  for (const [position, selection] of selections.entries()) {
    const { file } = selection;
    let tests: DeclaredTest[];
    if (isFresh) {
      switchOn(id);
      startObserving(WORK_ALLOWANCE * WORK_FACTOR);
      try {
        tests = await load(file, version);
      } catch (error) {
        switchOn(0);
        await failingAgain(file, []);
        return verdict({ killer: { file, failure: String(error) } });
      }
    } else {
      tests = await load(file);
      switchOn(id);
    }
    // With a mutant of a table that tests are made from, there may be fewer of them.
    const indexes = indexesOf(tests, selection).filter((index) => index < tests.length);
    const limit = (index: number) => WORK_ALLOWANCE + WORK_FACTOR * (work[position]?.[index] ?? 0);
    const failed = (await runTests(tests, indexes, limit, isFailed)).find(isFailed);
    switchOn(0);
    if (!failed) continue;
    const killer = { file, index: failed.index, failure: failed.failure ?? '' };
    if (failed.isHung) return verdict({ killer, isOutOfTime: failed.isOutOfTime, isUsable: false });
    if (isFresh) return verdict({ killer, isUnsound: (await failingAgain(file, indexes)).has(failed.index) });
    const again = indexes.filter((index) => index <= failed.index);
    const isUnsound = (await runTests(tests, again, limit, isFailed)).some(isFailed);
    return verdict({ killer, isUnsound, ...(isUnsound ? { isUsable: false } : {}) });
  }
  return verdict({});
}

/**
 * The tests of a file that fail when it is loaded again without a mutant.
 *
 * @throws what loading it throws: then nothing is known of a mutant with which it cannot be loaded.
 */
async function failingAgain(file: string, indexes: readonly number[]): Promise<ReadonlySet<number>> {
  version += 1;
  startObserving();
  const tests = await load(file, version);
  const results = await runTests(
    tests,
    indexes,
    () => Number.POSITIVE_INFINITY,
    () => false,
  );
  return new Set(results.filter(isFailed).map(({ index }) => index));
}

function isFailed({ failure }: TestResult): boolean {
  return failure !== undefined;
}

/** In a file that prepares something for all of its tests, a test may need what those before it did. */
function indexesOf(tests: readonly DeclaredTest[], { indexes }: Selection): readonly number[] {
  const last = indexes.at(-1) ?? -1;
  const isShared = tests.some(
    ({ block }) => block.beforeAll.length > 0 || (block.parent?.beforeAll.length ?? 0) > 0,
  );
  return isShared ? [...tests.keys()].filter((index) => index <= last) : indexes;
}

/** @param version - other than 0: loads it once more, with all that it imports. */
function load(file: string, version = 0): Promise<DeclaredTest[]> {
  const address = addressOf(file, version);
  const loading =
    loaded.get(address) ?? (file === SEEDS ? seedsAsTests(address) : collectTests(() => import(address)));
  if (version === 0) loaded.set(address, loading);
  return loading;
}

async function seedsAsTests(address: string): Promise<DeclaredTest[]> {
  const { runSeed } = (await import(address)) as typeof import('../../../sim/dst/run-seed.ts');
  return collectTests(async () => {
    const { test } = await import('./test-api.ts');
    for (let seed = 1; seed <= setup.seeds; seed++) {
      test(`seed ${seed}`, async () => {
        const [violation] = (await runSeed(seed)).violations;
        if (violation) throw new Error(`invariant ${violation.invariant}: ${violation.message}`);
      });
    }
  });
}
