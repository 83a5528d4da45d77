import type { IncomingMessage, ServerResponse } from 'node:http';

/** A service that reads the request and writes the response itself. */
export interface RawService {
  handle(request: IncomingMessage, response: ServerResponse): void;
  stop(): Promise<void>;
}
