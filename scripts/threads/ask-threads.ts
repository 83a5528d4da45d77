import { Worker } from 'node:worker_threads';

/**
 * Has threads answer requests. Each works on one request at a time, and takes the next one when it has answered.
 *
 * @param module - the entry point of a thread, which calls `answerRequests`.
 * @param requests - what `structuredClone` copies, taken one by one as threads are free.
 * @param onAnswer - gets each answer as it comes, with the position of its request, from 0.
 * @throws what a thread throws; the others are ended.
 */
export async function askThreads<Request, Answer>(
  module: URL,
  threads: number,
  requests: Iterable<Request>,
  onAnswer: (answer: Answer, index: number) => void,
): Promise<void> {
  const waiting = numbered(requests);
  const workers = Array.from({ length: threads }, () => new Worker(module));
  try {
    await Promise.all(
      workers.map(async (worker) => {
        for (let next = waiting.next(); !next.done; next = waiting.next()) {
          const [index, request] = next.value;
          onAnswer(await ask<Answer>(worker, request), index);
        }
      }),
    );
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

function* numbered<T>(values: Iterable<T>): Generator<[index: number, value: T], undefined> {
  let index = 0;
  for (const value of values) {
    yield [index, value];
    index += 1;
  }
}

function ask<Answer>(worker: Worker, request: unknown): Promise<Answer> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', (answer: Answer) => {
      worker.off('error', reject);
      resolve(answer);
    });
    worker.postMessage(request);
  });
}
