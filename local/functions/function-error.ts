/** The response payload of a failed invocation, when `FunctionError` is set. */
export interface FunctionErrorPayload {
  /** The name of the error that the handler threw, or one of Lambda's, such as `Sandbox.Timedout`. */
  readonly errorType: string;
  readonly errorMessage: string;
  /** The lines of the stack; empty when Lambda ended the invocation. */
  readonly trace: readonly string[];
}

/** An invocation failed. */
export class FunctionError extends Error {
  override readonly name = 'FunctionError';
  readonly payload: FunctionErrorPayload;

  constructor(payload: FunctionErrorPayload) {
    super(`${payload.errorType}: ${payload.errorMessage}`);
    this.payload = payload;
  }
}

/** Formats a value that a handler threw, which may be any value, as Lambda does. */
export function toErrorPayload(thrown: unknown): FunctionErrorPayload {
  if (!(thrown instanceof Error))
    return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
  return {
    errorType: thrown.name,
    errorMessage: thrown.message,
    trace: (thrown.stack ?? '').split('\n'),
  };
}

/** The error of an invocation that Lambda ended because the handler timed out. */
export function timeoutError(requestId: string, timeoutMs: number): FunctionError {
  const seconds = (timeoutMs / 1_000).toFixed(2);
  return new FunctionError({
    errorType: 'Sandbox.Timedout',
    errorMessage: `RequestId: ${requestId} Error: Task timed out after ${seconds} seconds`,
    trace: [],
  });
}

/** The error of an invocation whose process ended. */
export function exitError(requestId: string, exitCode: number): FunctionError {
  return new FunctionError({
    errorType: 'Runtime.ExitError',
    errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: exit status ${exitCode}`,
    trace: [],
  });
}
