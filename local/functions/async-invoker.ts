import { randomUUID } from 'node:crypto';
import type { LocalFunction } from './function.ts';
import { FunctionError, type FunctionErrorPayload } from './function-error.ts';

/**
 * How long Lambda waits before each retry of a failed asynchronous invocation.
 *
 * Source: Lambda developer guide, "How Lambda handles errors and retries with asynchronous invocation".
 */
const RETRY_DELAYS_MS = [60_000, 120_000];

/** The record that Lambda sends to the on-failure destination of an asynchronous invocation. */
export interface FailureRecord {
  readonly version: '1.0';
  readonly timestamp: string;
  readonly requestContext: {
    readonly requestId: string;
    readonly functionArn: string;
    readonly condition: 'RetriesExhausted';
    readonly approximateInvokeCount: number;
  };
  readonly requestPayload: unknown;
  readonly responseContext: {
    readonly statusCode: 200;
    readonly executedVersion: '$LATEST';
    readonly functionError: 'Unhandled';
  };
  readonly responsePayload: FunctionErrorPayload;
}

export interface AsyncInvokerOptions {
  readonly fn: LocalFunction;
  /** Receives the record of an invocation whose last attempt failed. */
  readonly onFailure: (record: FailureRecord) => Promise<void>;
  /** Called when `onFailure` fails. */
  readonly onLost: (record: FailureRecord, error: unknown) => void;
}

/** Invokes a function asynchronously, as EventBridge does, and retries failed invocations. */
export interface AsyncInvoker {
  /** Accepts an event. */
  send(event: unknown): void;
  /** Number of events in progress: running, waiting for a free thread, or waiting for a retry. */
  pending(): number;
  /** Cancels the retries. */
  stop(): void;
}

export function createAsyncInvoker({ fn, onFailure, onLost }: AsyncInvokerOptions): AsyncInvoker {
  const stopped = new AbortController();
  let pending = 0;

  async function run(event: unknown): Promise<void> {
    const requestId = randomUUID();
    for (let attempt = 1; !stopped.signal.aborted; attempt += 1) {
      try {
        await fn.invoke(event, requestId);
        return;
      } catch (error) {
        if (!(error instanceof FunctionError)) throw error;
        if (stopped.signal.aborted) return;
        const delayMs = RETRY_DELAYS_MS[attempt - 1];
        if (delayMs === undefined)
          return sendFailureRecord(failureRecord(fn, requestId, attempt, event, error));
        await delay(delayMs, stopped.signal);
      }
    }
  }

  async function sendFailureRecord(record: FailureRecord): Promise<void> {
    try {
      await onFailure(record);
    } catch (error) {
      onLost(record, error);
    }
  }

  return {
    send(event) {
      pending += 1;
      run(event).finally(() => {
        pending -= 1;
      });
    },
    pending: () => pending,
    stop: () => stopped.abort(),
  };
}

/** Resolves after the delay or when the signal aborts. */
function delay(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, delayMs);
    signal.addEventListener('abort', done);
  });
}

function failureRecord(
  fn: LocalFunction,
  requestId: string,
  attempts: number,
  event: unknown,
  { payload }: FunctionError,
): FailureRecord {
  return {
    version: '1.0',
    timestamp: new Date().toISOString(),
    requestContext: {
      requestId,
      functionArn: `${fn.arn}:$LATEST`,
      condition: 'RetriesExhausted',
      approximateInvokeCount: attempts,
    },
    requestPayload: event,
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    responsePayload: payload,
  };
}
