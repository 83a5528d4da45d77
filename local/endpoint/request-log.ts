import type { IncomingMessage, ServerResponse } from 'node:http';

/** A request to the endpoint with its answer. */
export interface RequestLogEntry {
  /** `service.operation`. */
  readonly name: string;
  /** Body of the request. */
  requestBody(): string;
  /** HTTP status of the answer. */
  readonly status: number;
  /** Body of the answer. */
  responseBody(): string;
  /** When the request came in and when its answer was handed over, as `performance.now()`: always real time. */
  readonly startedAt: number;
  readonly endedAt: number;
}

/** Tells of the exchange once it is answered. One that the client gives up is not told. */
export function logRequest(
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
  onExchange: (exchange: RequestLogEntry) => void,
): void {
  const beganAt = performance.now();
  const asked: Buffer[] = [];
  const answered: Buffer[] = [];
  request.on('data', (chunk: Buffer) => asked.push(chunk));
  const { write, end } = response;
  const keep = (chunk: unknown) => {
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) answered.push(Buffer.from(chunk));
  };
  response.write = function (this: ServerResponse, ...given: Parameters<typeof write>) {
    keep(given[0]);
    return write.apply(this, given);
  } as typeof write;
  response.end = function (this: ServerResponse, ...given: Parameters<typeof end>) {
    keep(given[0]);
    return end.apply(this, given);
  } as typeof end;
  response.once('finish', () =>
    onExchange({
      name,
      requestBody: () => Buffer.concat(asked).toString(),
      status: response.statusCode,
      responseBody: () => Buffer.concat(answered).toString(),
      startedAt: beganAt,
      endedAt: performance.now(),
    }),
  );
}
