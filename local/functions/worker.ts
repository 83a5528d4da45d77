import { parentPort, workerData } from 'node:worker_threads';
import { installClock } from '../time/clock.ts';
import { createContext, type LocalContext } from './context.ts';
import { toErrorPayload } from './function-error.ts';
import type { InvocationMessage, WorkerMessage, WorkerSetup } from './worker-messages.ts';

/* The thread of an execution environment: it imports the handler once and runs it for each invocation. */

type Handler = (event: unknown, context: LocalContext) => unknown;

const setup = workerData as WorkerSetup;

process.on('uncaughtException', (error) => {
  post({ kind: 'crash', error: toErrorPayload(error) });
  process.exit(1);
});

// Must run before the handler's module is imported, so that no module keeps a reference to the real clock.
installClock(setup.clock);
const handler = requireHandler(await import(setup.module));

parentPort?.on('message', async (invocation: InvocationMessage) => post(await invokeHandler(invocation)));
post({ kind: 'ready' });

async function invokeHandler(invocation: InvocationMessage): Promise<WorkerMessage> {
  try {
    const result = await handler(JSON.parse(invocation.event), createContext(setup, invocation));
    return { kind: 'result', result: JSON.stringify(result) };
  } catch (thrown) {
    return { kind: 'error', error: toErrorPayload(thrown) };
  }
}

function post(message: WorkerMessage): void {
  parentPort?.postMessage(message);
}

function requireHandler(module: { handler?: unknown }): Handler {
  if (typeof module.handler === 'function') return module.handler as Handler;
  const error = new TypeError(`${setup.module} does not export a function named handler.`);
  error.name = 'Runtime.HandlerNotFound';
  throw error;
}
