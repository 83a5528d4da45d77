import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { refusal } from './access.ts';

/** What answers a request: the body, and its type. */
export interface Answer {
  readonly status?: number;
  readonly type: string;
  readonly body: string;
}

/** Answers requests below the token. */
export interface Routes {
  /** @returns undefined where there is nothing under that path. */
  get(path: string): Promise<Answer | undefined>;
  /** @returns undefined where nothing takes a body under that path. */
  post(path: string, body: string): Promise<Answer | undefined>;
  /** Takes over a response that stays open. @returns whether it did. */
  stream(path: string, response: ServerResponse): boolean;
}

/** A body is never longer: ids of contacts that are shown, or one act. */
const MAX_BODY_BYTES = 100_000;

/** The page runs its own script and style alone, calls this server alone, and stands in no frame. */
const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};

/**
 * Serves routes on loopback, to those who have the token.
 *
 * @param port - 0 for a free one.
 * @returns the server once it listens.
 * @throws the error of the operating system where the port cannot be had.
 */
export async function startHttpServer(port: number, token: string, routes: Routes): Promise<Server> {
  const server = createServer((request, response) => {
    answer(request, response, token, routes).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else respond(response, { status: 500, type: 'text/plain', body: `${error}\n` });
    });
  });
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(port, '127.0.0.1', listening);
  });
  return server;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  token: string,
  routes: Routes,
): Promise<void> {
  const refused = refusal(request, token);
  if (refused !== undefined) {
    respond(response, { status: 403, type: 'text/plain', body: `${refused}\n` });
    return;
  }
  const path = decodePath((request.url ?? '').slice(token.length + 1));
  if (path === undefined) {
    respond(response, { status: 400, type: 'text/plain', body: 'The address is not valid.\n' });
    return;
  }
  if (request.method === 'GET' && routes.stream(path, response)) return;
  const found = await dispatch(request, path, routes);
  respond(response, found ?? { status: 404, type: 'text/plain', body: 'There is nothing here.\n' });
}

async function dispatch(request: IncomingMessage, path: string, routes: Routes): Promise<Answer | undefined> {
  if (request.method === 'GET') return routes.get(path);
  if (request.method !== 'POST') return { status: 405, type: 'text/plain', body: 'GET or POST.\n' };
  if (Number(request.headers['content-length'] ?? Number.NaN) > MAX_BODY_BYTES) {
    return { status: 413, type: 'text/plain', body: 'The body is too long.\n' };
  }
  return routes.post(path, await text(request));
}

/** @returns the path without its query; undefined where it is not encoded as a path is. */
function decodePath(path: string): string | undefined {
  try {
    return decodeURIComponent(path.split('?')[0] ?? '');
  } catch {
    return undefined;
  }
}

function respond(response: ServerResponse, { status = 200, type, body }: Answer): void {
  response.writeHead(status, { ...HEADERS, 'content-type': `${type}; charset=utf-8` });
  response.end(body);
}

/** The headers of a response that stays open. */
export const STREAM_HEADERS = { ...HEADERS, 'content-type': 'text/event-stream; charset=utf-8' };
