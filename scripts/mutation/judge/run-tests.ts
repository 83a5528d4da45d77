import { TEST_PATIENCE_MS } from './protocol.ts';
import { type Observation, observed, startObserving } from './switches.ts';
import { type Block, type DeclaredTest, pathOf } from './test-api.ts';

/** The result of one test. */
export interface TestResult extends Observation {
  readonly index: number;
  /** Why it failed; undefined when it passed. */
  readonly failure?: string;
  /** Something of it may still be running. */
  readonly isHung: boolean;
  /** It took longer than `TEST_PATIENCE_MS`. */
  readonly isOutOfTime: boolean;
}

/** A test waits for something that never comes. */
class HungError extends Error {
  override readonly name: string = 'HungError';
}

class OutOfTimeError extends HungError {
  override readonly name = 'OutOfTimeError';
}

/**
 * Runs some tests of a file, in order, until one fails.
 *
 * @param indexes - which, ascending; the hooks of their blocks run around them.
 * @param workLimit - how much work each may do.
 */
export async function runTests(
  tests: readonly DeclaredTest[],
  indexes: readonly number[],
  workLimit: (index: number) => number,
  isToStop: (result: TestResult) => boolean,
): Promise<TestResult[]> {
  const results: TestResult[] = [];
  const open: Block[] = [];
  const close = async (count: number) => {
    while (open.length > count) for (const hook of open.pop()?.afterAll ?? []) await settle(hook);
  };
  for (const index of indexes) {
    const test = tests[index];
    if (!test) throw new RangeError(`No test ${index}`);
    startObserving(workLimit(index));
    let error: unknown;
    try {
      const path = pathOf(test.block);
      const shared = path.findIndex((block, depth) => open[depth] !== block);
      await close(shared === -1 ? path.length : shared);
      for (const block of path.slice(open.length)) {
        open.push(block);
        for (const hook of block.beforeAll) await settle(hook);
      }
      for (const hook of path.flatMap(({ beforeEach }) => beforeEach)) await settle(hook);
      try {
        await settle(test.run);
      } catch (thrown) {
        error = thrown ?? new Error('nothing was thrown');
      }
      // They might wait for what the test waits for.
      if (!isStuck(error)) {
        for (const hook of path.toReversed().flatMap(({ afterEach }) => afterEach)) await settle(hook);
      }
    } catch (thrown) {
      error ??= thrown ?? new Error('nothing was thrown');
    }
    const isHung = isStuck(error);
    const failure = error === undefined ? undefined : describeError(error);
    const isOutOfTime = error instanceof OutOfTimeError;
    const result = { index, failure, isHung, isOutOfTime, ...observed() };
    results.push(result);
    if (!isToStop(result)) continue;
    // The hooks might wait for what hangs, and the process is of no use any more.
    if (isHung) return results;
    break;
  }
  startObserving();
  await close(0).catch(() => {});
  return results;
}

/** Whether something may still be running, or waiting. */
function isStuck(error: unknown): boolean {
  return error instanceof HungError || (error instanceof Error && error.name === 'TooMuchWorkError');
}

/** Runs a function to its end, and fails when an error that nobody handles comes up meanwhile. */
function settle(run: () => unknown): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const onIdle = () => reject(new HungError('nothing is left to wait for'));
  const onTimeout = () => reject(new OutOfTimeError(`${TEST_PATIENCE_MS} ms have passed`));
  const timer = setTimeout(onTimeout, TEST_PATIENCE_MS).unref();
  process.on('beforeExit', onIdle).on('unhandledRejection', reject).on('uncaughtException', reject);
  // An idle process ends, unless the channel to its parent keeps it: then `beforeExit` tells.
  process.channel?.unref();
  (async () => await run())().then(() => resolve(), reject);
  return promise.finally(() => {
    process.channel?.ref();
    clearTimeout(timer);
    process.off('beforeExit', onIdle).off('unhandledRejection', reject).off('uncaughtException', reject);
  });
}

function describeError(error: unknown): string {
  return String(error instanceof Error ? error.message : error).slice(0, 300);
}
