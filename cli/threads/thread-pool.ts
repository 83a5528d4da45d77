import { existsSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { OutcomeOf, ThreadMessage, ThreadTask } from './messages.ts';
import { runTask } from './run-task.ts';

/** Receives the completed share of a task from time to time, from 0 to 1. */
export type OnTaskProgress = (index: number, share: number) => void;

/** Simulates runs on several cores. The outcomes are the same for any number of them. */
export interface ThreadPool {
  /**
   * Simulates the tasks, and passes each outcome on in the order of the tasks. A pool does one such run at a time.
   *
   * @throws whatever a task throws.
   */
  run<Task extends ThreadTask>(
    tasks: readonly Task[],
    onOutcome: (index: number, outcome: OutcomeOf<Task>) => void,
    onProgress?: OnTaskProgress,
  ): Promise<void>;
  close(): Promise<void>;
}

/** The sources have the thread beside this file; in the package all files of the command are in one folder. */
const SOURCE = new URL('./simulation-thread.ts', import.meta.url);
const THREAD = existsSync(SOURCE) ? SOURCE : new URL('./simulation-thread.js', import.meta.url);

/**
 * V8 would let the space for young objects of each thread grow to 192 MB over a long run, which lives on 20 MB. A third
 * of this is used at a time; runs take as long.
 */
const YOUNG_GENERATION_MB = 48;

/**
 * By how many percent what lives may grow before V8 collects garbage. By itself V8 waits until the garbage of a long run
 * takes several times as much memory as what lives; runs take as long. `npm run bench:memory` measures it.
 */
const GROWTH_PERCENT = 20;

/**
 * Creates a pool. Its threads start with the first tasks.
 *
 * @param cores - 1: this thread does the work itself.
 */
export function createThreadPool(cores: number): ThreadPool {
  const workers: Worker[] = [];
  setFlagsFromString(`--heap-growing-percent=${GROWTH_PERCENT}`);

  return {
    async run<Task extends ThreadTask>(
      tasks: readonly Task[],
      onOutcome: (index: number, outcome: OutcomeOf<Task>) => void,
      onProgress?: OnTaskProgress,
    ) {
      const inOrder = createOrder(onOutcome);
      let next = 0;
      const work = async (
        simulate: (task: Task, index: number) => Promise<OutcomeOf<Task>> | OutcomeOf<Task>,
      ) => {
        for (let index = next; index < tasks.length; index = next) {
          next += 1;
          inOrder(index, await simulate(tasks[index] as Task, index));
        }
      };
      if (cores === 1 || tasks.length === 1) {
        await work((task, index) => runTask(task, (share) => onProgress?.(index, share)));
        return;
      }
      while (workers.length < Math.min(cores, tasks.length)) {
        const resourceLimits = { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB };
        workers.push(new Worker(THREAD, { resourceLimits }));
      }
      try {
        await Promise.all(
          workers.map((worker) =>
            work((task, index) => request(worker, task, (share) => onProgress?.(index, share))),
          ),
        );
      } catch (error) {
        // The others give up their tasks.
        next = tasks.length;
        await terminate();
        throw error;
      }
    },
    close: terminate,
  };

  async function terminate(): Promise<void> {
    await Promise.all(workers.splice(0).map((worker) => worker.terminate()));
  }
}

/** Passes outcomes on in the order of their indexes, in whatever order they come. */
function createOrder<Outcome>(onOutcome: (index: number, outcome: Outcome) => void) {
  const waiting = new Map<number, Outcome>();
  let next = 0;
  return (index: number, outcome: Outcome) => {
    waiting.set(index, outcome);
    for (let first = waiting.get(next); first; first = waiting.get(next)) {
      waiting.delete(next);
      onOutcome(next, first);
      next += 1;
    }
  };
}

function request<Task extends ThreadTask>(
  worker: Worker,
  task: Task,
  onProgress: (share: number) => void,
): Promise<OutcomeOf<Task>> {
  return new Promise((resolve, reject) => {
    const onMessage = (message: ThreadMessage) => {
      if (message.kind === 'progress') onProgress(message.share);
      else settle(() => resolve(message.outcome as OutcomeOf<Task>));
    };
    const onError = (error: unknown) => settle(() => reject(error));
    const onExit = () => settle(() => reject(new Error('A thread ended before its run did.')));
    const settle = (then: () => void) => {
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      then();
    };
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    worker.postMessage(task);
  });
}
