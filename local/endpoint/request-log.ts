import type { IncomingMessage, ServerResponse } from 'node:http';

/** A request to the endpoint with its response. */
export interface RequestLogEntry {
  /** `service.operation`. */
  readonly name: string;
  requestBody(): string;
  /** HTTP status of the response. */
  readonly status: number;
  responseBody(): string;
  /**
   * When the request arrived and when its response was sent, as `performance.now()`, which is always real
   * time.
   */
  readonly startedAt: number;
  readonly endedAt: number;
}

/** Calls `onEntry` when the response is sent. It does not call it when the client disconnects first. */
export function logRequest(
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
  onEntry: (entry: RequestLogEntry) => void,
): void {
  const startedAt = performance.now();
  const requestChunks: Buffer[] = [];
  const responseChunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => requestChunks.push(chunk));
  const { write, end } = response;
  const collect = (chunk: unknown) => {
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) responseChunks.push(Buffer.from(chunk));
  };
  response.write = function (this: ServerResponse, ...args: Parameters<typeof write>) {
    collect(args[0]);
    return write.apply(this, args);
  } as typeof write;
  response.end = function (this: ServerResponse, ...args: Parameters<typeof end>) {
    collect(args[0]);
    return end.apply(this, args);
  } as typeof end;
  response.once('finish', () =>
    onEntry({
      name,
      requestBody: () => Buffer.concat(requestChunks).toString(),
      status: response.statusCode,
      responseBody: () => Buffer.concat(responseChunks).toString(),
      startedAt,
      endedAt: performance.now(),
    }),
  );
}
