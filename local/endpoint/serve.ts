import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { AwsError } from './aws-error.ts';
import type { LocalRequest, LocalResponse, LocalService } from './http.ts';
import { errorResponse } from './json-service.ts';

/** Reads the request, calls the service and writes its response. If the service throws, responds with 500. */
export function serve(service: LocalService, request: IncomingMessage, response: ServerResponse): void {
  text(request).then(
    async (body) => writeResponse(response, await callService(service, request, body)),
    // The client disconnected.
    () => response.destroy(),
  );
}

async function callService(
  service: LocalService,
  request: IncomingMessage,
  body: string,
): Promise<LocalResponse> {
  try {
    return await service(readRequest(request, body));
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return errorResponse(new AwsError('InternalFailure', reason, 500));
  }
}

function readRequest(request: IncomingMessage, body: string): LocalRequest {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : value,
    ]),
  );
  return { method: request.method ?? 'GET', path: url.pathname, query: url.searchParams, headers, body };
}

function writeResponse(response: ServerResponse, { status, headers, body }: LocalResponse): void {
  response
    .writeHead(status, {
      'content-type': 'application/json',
      ...headers,
      'content-length': Buffer.byteLength(body),
    })
    .end(body);
}
