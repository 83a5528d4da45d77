import { parentPort } from 'node:worker_threads';

/** Answers the requests of `askThreads` in a thread. An error ends the thread, and so all the work. */
export function answerRequests<Request, Answer>(
  answer: (request: Request) => Answer | Promise<Answer>,
): void {
  parentPort?.on('message', async (request: Request) => parentPort?.postMessage(await answer(request)));
}
