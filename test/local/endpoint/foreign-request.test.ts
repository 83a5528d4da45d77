import { once } from 'node:events';
import { globSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestEndpoint } from '../fixtures/aws.ts';

const ROOT = join(import.meta.dirname, '../../..');

let endpoint: Awaited<ReturnType<typeof startTestEndpoint>>;
let port: string;

beforeAll(async () => {
  endpoint = await startTestEndpoint({
    ssm: () => ({ status: 200, body: '{"Parameter":{"Name":"x"}}' }),
  });
  ({ port } = new URL(endpoint.url));
});

afterAll(() => endpoint.stop());

/** The status of the answer to a request with exactly these lines of headers. */
async function statusFor(headers: readonly string[], version = '1.1'): Promise<string | undefined> {
  const socket = connect(Number(port), '127.0.0.1');
  await once(socket, 'connect');
  const lines = [
    `POST / HTTP/${version}`,
    'Content-Type: application/x-amz-json-1.1',
    'X-Amz-Target: AmazonSSM.GetParameter',
    'Connection: close',
    'Content-Length: 2',
    ...headers,
  ];
  socket.write(`${lines.join('\r\n')}\r\n\r\n{}`);
  return /^HTTP\/1\.1 (\d+)/.exec(await text(socket))?.[1];
}

describe('a request with the header Host', () => {
  test.each([
    '127.0.0.1',
    '127.0.0.1:PORT',
    '127.0.0.1:80',
    'localhost',
    'localhost:PORT',
    'LOCALHOST:PORT',
    'LocalHost',
    '[::1]',
    '[::1]:PORT',
  ])('%s is answered', async (host) => {
    expect(await statusFor([`Host: ${host.replace('PORT', port)}`])).toBe('200');
  });

  test.each([
    'evil.example',
    'evil.example:PORT',
    'EVIL.EXAMPLE',
    'localhost.evil.example',
    'evil.localhost.example:PORT',
    '127.0.0.1.evil.example',
    '127.0.0.1@evil.example',
    'evil.example@127.0.0.1',
    '127.0.0.1:PORT.evil.example',
    '192.168.0.10:PORT',
    '0.0.0.0:PORT',
    '[::]:PORT',
    '[::1].evil.example',
    '::1',
    '',
  ])('%j is refused', async (host) => {
    expect(await statusFor([`Host: ${host.replace('PORT', port)}`])).toBe('403');
  });

  test('twice is refused', async () => {
    expect(await statusFor(['Host: 127.0.0.1', 'Host: evil.example'])).toMatch(/^40[03]$/);
  });

  test.each([
    ['1.0', '403'],
    ['1.1', '400'],
  ])('missing is refused, in HTTP/%s', async (version, status) => {
    expect(await statusFor([], version)).toBe(status);
  });
});

describe('a request with the header Origin', () => {
  test.each([
    'https://evil.example',
    'http://evil.example',
    'null',
    'file://',
    'HTTP://EVIL.EXAMPLE',
    'http://localhost:3000',
    'http://127.0.0.1',
    'https://127.0.0.1:PORT',
    'http://127.0.0.1:PORT.evil.example',
    'chrome-extension://abcdef',
  ])('%s is refused', async (origin) => {
    const headers = [`Host: 127.0.0.1:${port}`, `Origin: ${origin.replace('PORT', port)}`];
    expect(await statusFor(headers)).toBe('403');
  });

  test('of the endpoint itself is answered', async () => {
    const headers = [`Host: LOCALHOST:${port}`, `Origin: http://localhost:${port}`];
    expect(await statusFor(headers)).toBe('200');
  });
});

test.each([
  ['cross-site', '403'],
  ['same-site', '403'],
  ['same-origin', '200'],
  ['none', '200'],
])('a request of a browser whose Sec-Fetch-Site is %s gets %s', async (site, status) => {
  expect(await statusFor([`Host: 127.0.0.1:${port}`, `Sec-Fetch-Site: ${site}`])).toBe(status);
});

test('a refusal names the header and what to write, and reaches no service', async () => {
  const before = endpoint.requests.size;
  const answer = await fetch(`${endpoint.url}/search-contacts`, {
    method: 'POST',
    headers: { origin: 'https://evil.example' },
  });
  expect(await answer.json()).toEqual({
    __type: 'AccessDeniedException',
    message:
      'The local endpoint answers this machine alone: the header Origin is "https://evil.example". ' +
      'Call the endpoint from no web page.',
  });
  expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  expect(endpoint.requests.size).toBe(before);
});

test.each(['127.0.0.1', 'localhost'])('a client of the SDK is answered at %s', async (host) => {
  const client = new SSMClient({ ...endpoint.clientConfig, endpoint: `http://${host}:${port}` });
  try {
    const { Parameter } = await client.send(new GetParameterCommand({ Name: 'x' }));
    expect(Parameter).toEqual({ Name: 'x' });
  } finally {
    client.destroy();
  }
});

test('the project opens no server but this one and the console, and both on loopback alone', () => {
  const folders = ['bin', 'cli', 'console', 'lambda', 'lib', 'local', 'scripts', 'sim', 'bench'];
  const opening = folders
    .flatMap((folder) => globSync(`${folder}/**/*.{ts,tsx,js,cjs}`, { cwd: ROOT }))
    .map((file) => ({ file, source: readFileSync(join(ROOT, file), 'utf8') }))
    .filter(({ source }) =>
      /createServer|createSecureServer|\.listen\(|\b(?:http2?|net)\.Server\b/.test(source),
    );
  expect(
    opening.map(({ file, source }) => [file, ...(source.match(/\.listen\([^,]*, '[^']*'/g) ?? [])]),
  ).toEqual([
    ['cli/watch/http-server.ts', ".listen(port, '127.0.0.1'"],
    ['local/endpoint/endpoint.ts', ".listen(options.port, '127.0.0.1'"],
  ]);
});
