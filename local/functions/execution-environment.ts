import { finished } from 'node:stream/promises';
import { Worker } from 'node:worker_threads';
import { exitError, FunctionError, timeoutError, toErrorPayload } from './function-error.ts';
import type { InvocationMessage, WorkerMessage, WorkerSetup } from './worker-messages.ts';

export interface ExecutionEnvironmentOptions {
  readonly setup: WorkerSetup;
  readonly environment: Record<string, string>;
  readonly timeoutMs: number;
  /** Takes what the thread writes to stdout and stderr. */
  readonly log: NodeJS.WritableStream;
}

/** One thread with the handler in it. It runs one invocation at a time. */
export interface ExecutionEnvironment {
  /** False once the thread has ended or was told to: it cannot run the handler any more. */
  isAlive(): boolean;
  /** Resolves when the handler is imported, or cannot be. */
  readonly initialized: Promise<void>;
  /**
   * Runs the handler once it is imported; the time is counted from then on. Resolves to its result.
   *
   * @throws FunctionError when the handler or its import fails, takes too long, or ends the thread.
   */
  run(requestId: string, event: string): Promise<unknown>;
  stop(): Promise<void>;
}

export function startExecutionEnvironment(options: ExecutionEnvironmentOptions): ExecutionEnvironment {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: options.setup,
    env: options.environment,
    stdout: true,
    stderr: true,
  });
  worker.stdout.pipe(options.log, { end: false });
  worker.stderr.pipe(options.log, { end: false });

  let alive = true;
  let current: CurrentInvocation | undefined;
  const { promise: settled, resolve: settle } = Promise.withResolvers<void>();
  worker.on('message', (message: WorkerMessage) => {
    if (message.kind === 'crash') alive = false;
    if (message.kind === 'ready') settle();
    else current?.settle(message);
  });
  // What a handler leaves uncaught comes as a message; this is Node.js itself, such as for lack of memory.
  worker.on('error', (error) => {
    alive = false;
    current?.settle(new FunctionError(toErrorPayload(error)));
  });
  worker.on('exit', (exitCode) => {
    alive = false;
    current?.settle(exitError(current.requestId, exitCode));
    settle();
  });

  async function stop(): Promise<void> {
    alive = false;
    await worker.terminate();
    await Promise.all([finished(worker.stdout), finished(worker.stderr)]);
  }

  return {
    isAlive: () => alive,
    initialized: settled,
    async run(requestId, event) {
      const { promise, resolve } = Promise.withResolvers<InvocationResult>();
      current = { requestId, settle: resolve };
      let timer: NodeJS.Timeout | undefined;
      settled.then(() => {
        if (!alive) return;
        timer = setTimeout(() => {
          resolve(timeoutError(requestId, options.timeoutMs));
          stop();
        }, options.timeoutMs);
        const invocation: InvocationMessage = {
          requestId,
          event,
          deadlineAt: Date.now() + options.timeoutMs,
        };
        worker.postMessage(invocation);
      });
      try {
        return unwrapResult(await promise);
      } finally {
        clearTimeout(timer);
        current = undefined;
      }
    },
    stop,
  };
}

type InvocationResult = Exclude<WorkerMessage, { kind: 'ready' }> | FunctionError;

interface CurrentInvocation {
  readonly requestId: string;
  readonly settle: (outcome: InvocationResult) => void;
}

function unwrapResult(outcome: InvocationResult): unknown {
  if (outcome instanceof FunctionError) throw outcome;
  if (outcome.kind !== 'result') throw new FunctionError(outcome.error);
  return outcome.result === undefined ? null : JSON.parse(outcome.result);
}
