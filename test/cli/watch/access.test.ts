import { describe, expect, test } from '@jest/globals';
import { newToken, refusal } from '../../../cli/watch/access.ts';

const TOKEN = newToken();
const HOST = '127.0.0.1:4680';

function refused(headers: Readonly<Record<string, string | readonly string[]>>, url = `/${TOKEN}/`) {
  const headersDistinct = Object.fromEntries(
    Object.entries({ host: HOST, ...headers }).map(([name, value]) => [name, [value].flat()]),
  );
  return refusal({ headersDistinct, url }, TOKEN);
}

describe('the console', () => {
  test('gives each run a token of 192 bits that needs no escape in an address', () => {
    expect(TOKEN).toMatch(/^[\w-]{32}$/);
    expect(newToken()).not.toBe(TOKEN);
  });

  test.each([
    [{}],
    [{ host: 'localhost:4680' }],
    [{ host: 'LOCALHOST:1' }],
    [{ host: '[::1]:4680' }],
    [{ origin: `http://${HOST}` }],
    [{ 'sec-fetch-site': 'same-origin' }],
    [{ 'sec-fetch-site': 'none' }],
  ])('answers a browser of this machine: %j', (headers) => {
    expect(refused(headers)).toBeUndefined();
  });

  test.each([
    // A name of another site that resolves to this machine.
    [{ host: 'evil.example:4680' }],
    [{ host: 'localhost.evil.example:4680' }],
    [{ host: '127.0.0.1.evil.example:4680' }],
    [{ host: 'evil.example#127.0.0.1:4680' }],
    [{ host: '127.0.0.1' }],
    [{ host: '' }],
    [{ host: [HOST, 'evil.example'] }],
    [{ host: '192.168.1.4:4680' }],
    // A page of another site.
    [{ origin: 'https://evil.example' }],
    [{ origin: 'null' }],
    [{ origin: 'http://127.0.0.1:8080' }],
    [{ origin: `https://${HOST}` }],
    [{ origin: [`http://${HOST}`, 'https://evil.example'] }],
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
  ])('refuses %j, although the token is right', (headers) => {
    expect(refused(headers)).toMatch(/^(?:Open the address as|Pages of other sites)/);
  });

  test.each([
    '/',
    '',
    `/${TOKEN.slice(1)}/`,
    `/${TOKEN}x/`,
    `/x/${TOKEN}/`,
    `//${TOKEN}/`,
    `/?${TOKEN}`,
    `/%2e%2e/${TOKEN}/`,
    `http://${HOST}/${TOKEN}/`,
    `/${TOKEN.toUpperCase()}/`,
  ])('refuses the path %s', (url) => {
    expect(refused({}, url)).toBe('Open the address as escalator watch prints it, to its end.');
  });
});
