import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { refusal } from './access.ts';

/** What answers a request: the body, and its type. */
export interface Answer {
  readonly status?: number;
  readonly type: string;
  readonly body: string;
}

/** Answers requests below the token. A path comes as its parts, decoded; that of the token itself is one empty part. */
export interface Routes {
  /** @returns undefined where there is nothing under that path. */
  get(path: readonly string[]): Promise<Answer | undefined>;
  /** @returns undefined where nothing takes a body under that path. */
  post(path: readonly string[], body: string): Promise<Answer | undefined>;
  /** Takes over a response that stays open. @returns whether it did. */
  stream(path: readonly string[], response: ServerResponse): boolean;
}

/** A body is never longer: ids of contacts that are shown, or one act. */
const MAX_BODY_BYTES = 200_000;

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

/** The headers of a response that stays open. */
export const STREAM_HEADERS = { ...HEADERS, 'content-type': 'text/event-stream; charset=utf-8' };

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
      else respond(response, plain(500, String(error)));
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
  const path = decodePath((request.url ?? '').slice(token.length + 1));
  if (refused !== undefined) respond(response, plain(403, refused));
  else if (path === undefined) respond(response, plain(400, 'The address is not valid.'));
  else if (request.method !== 'GET' || !routes.stream(path, response)) {
    const found = await dispatch(request, path, routes);
    respond(response, found ?? plain(404, 'There is nothing here.'));
  }
}

async function dispatch(
  request: IncomingMessage,
  path: readonly string[],
  routes: Routes,
): Promise<Answer | undefined> {
  if (request.method === 'GET') return routes.get(path);
  if (request.method !== 'POST') return plain(405, 'GET or POST.');
  // A page of another site cannot send this type without asking first, which is refused.
  if (!/^application\/json\s*(?:;|$)/i.test(request.headers['content-type'] ?? '')) {
    return plain(415, 'The content type is not application/json.');
  }
  const body = await readBody(request);
  return body === undefined ? plain(413, 'The body is too long.') : routes.post(path, body);
}

/** @returns undefined where it is too long. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

/** @returns the parts of a path without its query; undefined where it is not encoded as a path is. */
function decodePath(path: string): readonly string[] | undefined {
  const [, ...parts] = (path.split('?')[0] ?? '').split('/');
  try {
    return parts.map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

function plain(status: number, message: string): Answer {
  return { status, type: 'text/plain', body: `${message}\n` };
}

function respond(response: ServerResponse, { status = 200, type, body }: Answer): void {
  // The rest of a body that is too long is not read.
  if (status === 413) response.setHeader('connection', 'close');
  response.writeHead(status, { ...HEADERS, 'content-type': `${type}; charset=utf-8` });
  response.end(body);
}
