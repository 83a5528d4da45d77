import type { FunctionErrorPayload } from './function-error.ts';

/** What a worker thread is started with. */
export interface WorkerSetup {
  /** URL of the module that exports `handler`. */
  readonly module: string;
  /** The clock that the thread lives by. */
  readonly clock: SharedArrayBuffer;
  readonly functionName: string;
  readonly functionArn: string;
  readonly memoryMb: number;
}

/** To the thread: run the handler once. */
export interface InvocationMessage {
  readonly requestId: string;
  /** The event as JSON, as Lambda carries it. */
  readonly event: string;
  /** When the time is up, in milliseconds since the epoch. */
  readonly deadlineAt: number;
}

/** From the thread. */
export type WorkerMessage =
  | { readonly kind: 'ready' }
  | {
      readonly kind: 'result' /** As JSON; undefined where the handler returned nothing. */;
      readonly result: string | undefined;
    }
  | { readonly kind: 'error'; readonly error: FunctionErrorPayload }
  /** Nobody caught it, or the handler could not be imported: the thread ends. */
  | { readonly kind: 'crash'; readonly error: FunctionErrorPayload };
