import { randomUUID } from 'node:crypto';
import type { LocalFunction } from './function.ts';
import { FunctionError, type FunctionErrorPayload } from './function-error.ts';

/**
 * How long Lambda waits before it tries an asynchronous invocation again that the function failed.
 *
 * Source: Lambda developer guide, "How Lambda handles errors and retries with asynchronous invocation".
 */
const RETRY_DELAYS_MS = [60_000, 120_000];

/** What Lambda sends to the on-failure destination of an asynchronous invocation. */
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
  /** Takes the record of an invocation that failed for the last time. */
  readonly onFailure: (record: FailureRecord) => Promise<void>;
  /** Told what went wrong where a record could not be handed over. */
  readonly onLost: (record: FailureRecord, error: unknown) => void;
}

/** Invokes a function as EventBridge and other services do: later, and again when it fails. */
export interface AsyncInvoker {
  /** Takes the event over. */
  send(event: unknown): void;
  /** Events that are not dealt with yet: running, waiting their turn, or waiting to be tried again. */
  pending(): number;
  /** Gives up the events that wait to be tried again. */
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

/** Resolves after the time or the abort, whichever is first. */
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
