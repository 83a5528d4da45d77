import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startHttpServer } from '../../../cli/watch/http-server.ts';

const TOKEN = 'a'.repeat(32);
const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };
const got: (readonly string[])[] = [];
const posted: string[] = [];

let server: Server;
let port: number;

beforeAll(async () => {
  server = await startHttpServer(0, TOKEN, {
    async get(path) {
      got.push(path);
      if (path[0] === 'broken') throw new TypeError('broken');
      return path[0] === '' ? { type: 'text/html', body: '<p>page' } : undefined;
    },
    async post(path, body) {
      posted.push(body);
      return path[0] === 'act' ? { type: 'text/plain', body: 'done' } : undefined;
    },
    stream: () => false,
  });
  ({ port } = server.address() as AddressInfo);
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

/** Sends a request as it stands, which no client would send. */
async function raw(request: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(request);
  const answer = await text(socket);
  return answer;
}

const head = (line: string, ...headers: string[]) =>
  `${[`${line} HTTP/1.1`, `host: 127.0.0.1:${port}`, 'connection: close', ...headers].join('\r\n')}\r\n\r\n`;
const statusOf = (answer: string) => Number(answer.split(' ')[1]);

describe('the server of the console', () => {
  test('listens on loopback alone', () => {
    expect((server.address() as AddressInfo).address).toBe('127.0.0.1');
  });

  test('answers with headers that keep the page to itself', async () => {
    const response = await fetch(`http://127.0.0.1:${port}/${TOKEN}/`);
    expect(await response.text()).toBe('<p>page');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'/);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'cache-control': 'no-store',
      'content-type': 'text/html; charset=utf-8',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });

  test('asks for nothing, and says nothing of what there is, without the token', async () => {
    const before = got.length;
    for (const path of ['/', '/broken', `/${TOKEN.slice(1)}/`]) {
      const response = await fetch(`http://127.0.0.1:${port}${path}`);
      expect([response.status, await response.text()]).toEqual([
        403,
        'Open the address as escalator watch prints it, to its end.\n',
      ]);
    }
    const other = await raw(head(`GET /${TOKEN}/`, 'origin: https://evil.example'));
    expect(statusOf(other)).toBe(403);
    expect(
      statusOf(await raw(head(`POST /${TOKEN}/act`, 'sec-fetch-site: cross-site', 'content-length: 0'))),
    ).toBe(403);
    expect(got).toHaveLength(before);
    expect(posted).toEqual([]);
  });

  test('passes on the parts of a path decoded, and nothing climbs out of it', async () => {
    const before = got.length;
    for (const path of ['/../../etc/passwd', '/..%2f..%2fetc%2fpasswd', '/a%20b/c?d=e', '/%00']) {
      expect(statusOf(await raw(head(`GET /${TOKEN}${path}`)))).toBe(404);
    }
    expect(got.slice(before)).toEqual([
      ['..', '..', 'etc', 'passwd'],
      ['../../etc/passwd'],
      ['a b', 'c'],
      ['\u0000'],
    ]);
  });

  test.each(['/%', '/%zz', '/%e0%a4%a', '/a/%ff'])(
    'refuses %s, which is not encoded as a path is',
    async (path) => {
      expect(statusOf(await raw(head(`GET /${TOKEN}${path}`)))).toBe(400);
    },
  );

  test.each(['PUT', 'DELETE', 'OPTIONS', 'HEAD'])('refuses %s', async (method) => {
    expect(statusOf(await raw(head(`${method} /${TOKEN}/`)))).toBe(405);
  });

  test('takes a body, and no long one, whether its length is said before or not', async () => {
    posted.length = 0;
    const post = async (body: string) => {
      return (
        await fetch(`http://127.0.0.1:${port}/${TOKEN}/act`, { method: 'POST', headers: JSON_TYPE, body })
      ).status;
    };
    expect(await post('é'.repeat(50_000))).toBe(200);
    expect(posted).toEqual(['é'.repeat(50_000)]);
    expect(await post('x'.repeat(200_001)).catch(() => 413)).toBe(413);
    const chunk = `${(60_000).toString(16)}\r\n${'x'.repeat(60_000)}\r\n`;
    const chunked =
      head(`POST /${TOKEN}/act`, 'content-type: application/json', 'transfer-encoding: chunked') +
      chunk.repeat(4);
    expect(statusOf(await raw(`${chunked}0\r\n\r\n`))).toBe(413);
    expect(posted).toHaveLength(1);
  });

  test.each([
    undefined,
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/jsonp',
    'text/plain; application/json',
  ])('takes no body of the type %s, which a page of another site may send unasked', async (type) => {
    posted.length = 0;
    const body = new Blob(['{}']);
    const headers: Record<string, string> = type === undefined ? {} : { 'content-type': type };
    const response = await fetch(`http://127.0.0.1:${port}/${TOKEN}/act`, { method: 'POST', headers, body });
    expect([response.status, posted]).toEqual([415, []]);
  });

  test('says what went wrong in itself, and goes on', async () => {
    const response = await fetch(`http://127.0.0.1:${port}/${TOKEN}/broken`);
    expect([response.status, await response.text()]).toEqual([500, 'TypeError: broken\n']);
    expect((await fetch(`http://127.0.0.1:${port}/${TOKEN}/`)).status).toBe(200);
  });
});
