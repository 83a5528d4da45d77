import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { AwsError } from '../../../../cli/errors.ts';
import type { Act, ActPreview } from '../../../../cli/watch/acts/act.ts';
import { type ConsoleOperator, InvalidActError } from '../../../../cli/watch/acts/operator.ts';
import { type ConsoleServer, startConsole } from '../../../../cli/watch/console-server.ts';
import { MemoryReader } from '../../../../scripts/console/memory-reader.ts';
import { T0 } from '../../../support/contacts.ts';

const RELEASE = { type: 'release', instanceId: 'i-1', contactId: 'c-1' };

let previewed: Act[];
let sent: ActPreview[];
let failure: Error | undefined;
let server: ConsoleServer;

beforeEach(async () => {
  previewed = [];
  sent = [];
  failure = undefined;
  const operator: ConsoleOperator = {
    who: 'ann "<&>"',
    async preview(act, id) {
      if (failure) throw failure;
      previewed.push(act);
      return { id, type: act.type, words: ['Done.'], warnings: [], target: { kind: 'deletion', name: '/p' } };
    },
    async send(preview) {
      if (failure) throw failure;
      sent.push(preview);
      return { at: T0, words: [] };
    },
  };
  const reader = new MemoryReader(T0, { policies: {}, since: T0 }, ['i-1']);
  server = await startConsole(reader, { port: 0, every: 3_600, operator });
});

afterEach(() => server.close());

async function post(path: string, body: unknown, headers: Readonly<Record<string, string>> = {}) {
  const response = await fetch(`${server.url}acts/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : text };
}

describe('the acts of the console', () => {
  test('are previewed, then sent once', async () => {
    const { status, body } = await post('preview', RELEASE);
    expect({ status, body }).toMatchObject({ status: 200, body: { type: 'release', words: ['Done.'] } });
    expect([previewed, sent]).toEqual([[RELEASE], []]);
    const answers = await Promise.all([post(`send/${body.id}`, {}), post(`send/${body.id}`, {})]);
    expect(answers[0]).toMatchObject({ status: 200, body: { id: body.id, at: T0, title: 'Done.' } });
    expect(answers[1]).toEqual(answers[0]);
    expect(sent).toHaveLength(1);
  });

  test('are named to the page with the person, whose name is no HTML', async () => {
    expect(await (await fetch(server.url)).text()).toContain(
      '<meta name="operator" content="ann &#34;&#60;&#38;&#62;&#34;">\n</head>',
    );
  });

  test.each([
    '',
    '{',
    '[]',
    '{}',
    '{"type":"reevaluate"}',
    '{"type":"adopt","contactId":"c"}',
    '{"type":"wake","contactId":"c"}',
    '{"type":"pause"}',
    '{"type":"pause","reason":"r","who":"eve"}',
    '{"type":"resume","reason":"r"}',
    `{"type":"release","reason":"${'x'.repeat(20_000)}"}`,
  ])('refuse the body %s', async (body) => {
    expect(await post('preview', body)).toEqual({ status: 400, body: { message: 'This is no act.' } });
    expect(previewed).toEqual([]);
  });

  test('say what is wrong, and what failed', async () => {
    const { body } = await post('preview', RELEASE);
    failure = new AwsError('Denied.');
    expect(await post(`send/${body.id}`, {})).toEqual({ status: 502, body: { message: 'Denied.' } });
    failure = new InvalidActError([{ path: 'ttl', message: 'Found x.' }]);
    expect(await post('preview', RELEASE)).toEqual({
      status: 400,
      body: { message: 'The act is not valid.', problems: [{ path: 'ttl', message: 'Found x.' }] },
    });
    failure = new TypeError('a defect');
    expect(await post('preview', RELEASE)).toEqual({ status: 500, body: 'TypeError: a defect\n' });
    expect(await post('send/other', {})).toMatchObject({ status: 410 });
  });

  test('have no other routes', async () => {
    for (const path of ['', 'send', 'preview/1', 'send/1/2', 'x']) {
      expect([path, (await post(path, RELEASE)).status]).toEqual([path, 404]);
    }
    expect((await fetch(`${server.url}acts/1`)).status).toBe(404);
  });

  test.each<Record<string, string>>([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ])('refuse a page of another site that knows the address: %j', async (headers) => {
    const { body } = await post('preview', RELEASE);
    previewed.length = 0;
    expect((await post('preview', RELEASE, headers)).status).toBe(403);
    expect((await post(`send/${body.id}`, {}, headers)).status).toBe(403);
    expect([previewed, sent]).toEqual([[], []]);
  });

  test('refuse a form, which a page of another site may send unasked', async () => {
    const { body } = await post('preview', RELEASE);
    expect((await post(`send/${body.id}`, {}, { 'content-type': 'text/plain' })).status).toBe(415);
    expect(sent).toEqual([]);
  });
});
