import { parentPort } from 'node:worker_threads';
import type { ThreadMessage, ThreadTask } from './messages.ts';
import { runTask } from './run-task.ts';

/* The entry point of a thread: it simulates one run for each message. */

const send = (message: ThreadMessage) => parentPort?.postMessage(message);

parentPort?.on('message', (task: ThreadTask) => {
  const outcome = runTask(task, (share) => send({ kind: 'progress', share }));
  send({ kind: 'outcome', outcome });
});
