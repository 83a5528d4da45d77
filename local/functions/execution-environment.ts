import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';
import { Worker } from 'node:worker_threads';
import { exitError, FunctionError, timeoutError, toErrorPayload } from './function-error.ts';
import type { InvocationMessage, WorkerMessage, WorkerSetup } from './worker-messages.ts';

export interface ExecutionEnvironmentOptions {
  readonly setup: WorkerSetup;
  readonly environment: Record<string, string>;
  readonly timeoutMs: number;
  /** Receives the stdout and stderr of the thread. */
  readonly log: NodeJS.WritableStream;
  /** Called with each line of stdout. */
  readonly onLine?: (line: string) => void;
}

/** A thread that runs the handler, one invocation at a time. */
export interface ExecutionEnvironment {
  /** False when the thread has ended or is ending. */
  isAlive(): boolean;
  /** Resolves when the import of the handler has succeeded or failed. */
  readonly initialized: Promise<void>;
  /**
   * Runs the handler as soon as it is imported, and resolves to its result. The timeout begins after the
   * import.
   *
   * @throws FunctionError when the handler or its import fails, the handler times out, or the thread ends.
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
  if (options.onLine) createInterface({ input: worker.stdout }).on('line', options.onLine);
  worker.stderr.pipe(options.log, { end: false });

  let alive = true;
  let current: CurrentInvocation | undefined;
  const { promise: initialized, resolve: setInitialized } = Promise.withResolvers<void>();
  worker.on('message', (message: WorkerMessage) => {
    if (message.kind === 'crash') alive = false;
    if (message.kind === 'ready') setInitialized();
    else current?.settle(message);
  });
  // Node.js itself failed, for example because it is out of memory. Uncaught errors of a handler are
  // messages.
  worker.on('error', (error) => {
    alive = false;
    current?.settle(new FunctionError(toErrorPayload(error)));
  });
  worker.on('exit', (exitCode) => {
    alive = false;
    current?.settle(exitError(current.requestId, exitCode));
    setInitialized();
  });

  async function stop(): Promise<void> {
    alive = false;
    await worker.terminate();
    await Promise.all([finished(worker.stdout), finished(worker.stderr)]);
  }

  return {
    isAlive: () => alive,
    initialized,
    async run(requestId, event) {
      const { promise, resolve } = Promise.withResolvers<InvocationResult>();
      current = { requestId, settle: resolve };
      let timer: NodeJS.Timeout | undefined;
      initialized.then(() => {
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
  readonly settle: (result: InvocationResult) => void;
}

function unwrapResult(result: InvocationResult): unknown {
  if (result instanceof FunctionError) throw result;
  if (result.kind !== 'result') throw new FunctionError(result.error);
  return result.result === undefined ? null : JSON.parse(result.result);
}
