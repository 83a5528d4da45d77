import type { FunctionErrorPayload } from './function-error.ts';

/** The `workerData` of a worker thread. */
export interface WorkerSetup {
  /** URL of the module that exports `handler`. */
  readonly module: string;
  /** The clock that the thread shares. */
  readonly clock: SharedArrayBuffer;
  readonly functionName: string;
  readonly functionArn: string;
  readonly memoryMb: number;
}

/** A message to the thread: run the handler once. */
export interface InvocationMessage {
  readonly requestId: string;
  /** The event as JSON. */
  readonly event: string;
  /** When the invocation times out, in milliseconds since the epoch. */
  readonly deadlineAt: number;
}

/** A message from the thread. */
export type WorkerMessage =
  | { readonly kind: 'ready' }
  /** The result as JSON; undefined if the handler returned nothing. */
  | { readonly kind: 'result'; readonly result: string | undefined }
  | { readonly kind: 'error'; readonly error: FunctionErrorPayload }
  /** An error was not caught, or the import of the handler failed. The thread ends. */
  | { readonly kind: 'crash'; readonly error: FunctionErrorPayload };
