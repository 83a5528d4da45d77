/** What Lambda answers for an invocation that failed: `FunctionError` is set and this is the payload. */
export interface FunctionErrorPayload {
  /** The name of what the handler threw, or Lambda's own, such as `Sandbox.Timedout`. */
  readonly errorType: string;
  readonly errorMessage: string;
  /** The lines of the stack; empty where Lambda itself ended the invocation. */
  readonly trace: readonly string[];
}

/** An invocation that failed. */
export class FunctionError extends Error {
  override readonly name = 'FunctionError';
  readonly payload: FunctionErrorPayload;

  constructor(payload: FunctionErrorPayload) {
    super(`${payload.errorType}: ${payload.errorMessage}`);
    this.payload = payload;
  }
}

/** What a handler threw, which need not be an error, as Lambda tells of it. */
export function toErrorPayload(thrown: unknown): FunctionErrorPayload {
  if (!(thrown instanceof Error))
    return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
  return {
    errorType: thrown.name,
    errorMessage: thrown.message,
    trace: (thrown.stack ?? '').split('\n'),
  };
}

/** An invocation that Lambda ended, since the handler took too long. */
export function timeoutError(requestId: string, timeoutMs: number): FunctionError {
  return new FunctionError({
    errorType: 'Sandbox.Timedout',
    errorMessage: `RequestId: ${requestId} Error: Task timed out after ${(timeoutMs / 1_000).toFixed(2)} seconds`,
    trace: [],
  });
}

/** An invocation whose process ended under it. */
export function exitError(requestId: string, exitCode: number): FunctionError {
  return new FunctionError({
    errorType: 'Runtime.ExitError',
    errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: exit status ${exitCode}`,
    trace: [],
  });
}
