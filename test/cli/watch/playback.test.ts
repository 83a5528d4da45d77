import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type ConsoleServer, startConsole } from '../../../cli/watch/console-server.ts';
import { MemoryReader } from '../../../scripts/console/memory-reader.ts';
import { T0 } from '../../support/contacts.ts';
import { FakePlayback } from '../../support/fake-playback.ts';

const PAUSED = {
  phase: 'running',
  at: T0,
  factor: 0,
  speed: 4,
  isPaused: true,
  startedAt: T0,
  durationMs: 600_000,
  seed: 1,
} as const;

let playback: FakePlayback;
let server: ConsoleServer;

beforeEach(async () => {
  playback = new FakePlayback(PAUSED);
  server = await startConsole(reader(), { port: 0, every: 3_600, playback });
});
afterEach(() => server.close());

const reader = () => new MemoryReader(T0, { policies: {}, since: T0 }, ['i-1']);

const post = (body: unknown, url = server.url) =>
  fetch(`${url}playback`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

/** Opens the stream of a page. */
async function open(name: string) {
  const stop = new AbortController();
  const { body } = await fetch(`${server.url}events/${name}`, { signal: stop.signal });
  const chunks = body?.pipeThrough(new TextDecoderStream())[Symbol.asyncIterator]();
  let text = '';
  return {
    /** Reads until a text has come, and over it. */
    async until(expected: string): Promise<void> {
      while (!text.includes(expected)) {
        const { value, done } = (await chunks?.next()) ?? { done: true };
        if (done) throw new Error(`The stream ended without ${expected}.`);
        text += value;
      }
      text = text.slice(text.indexOf(expected) + expected.length);
    },
    close: () => stop.abort(),
  };
}

describe('the console of a run', () => {
  test('says to each page how far the run is, when it opens, at each look and at each change', async () => {
    const first = await open('a');
    await first.until(`event: playback\ndata: ${JSON.stringify(PAUSED)}\n\n`);
    await first.until('event: state');
    await first.until('event: playback');
    const second = await open('b');
    await second.until('event: playback');
    expect(playback.pages).toBe(2);
    playback.change({ isPaused: false, factor: 4 });
    // It is looked at once more, at once.
    for (const page of [first, second]) {
      await page.until('"isPaused":false');
      await page.until('event: change');
    }
    first.close();
    second.close();
  });

  test('passes on what a page does to it', async () => {
    const acts = [
      ...['begin', 'pause', 'resume', 'slower', 'faster', 'again'].map((act) => ({ act })),
      { act: 'again', seed: 2 },
    ];
    for (const act of acts) expect((await post(act)).status).toBe(200);
    expect(playback.acts).toEqual(acts);
  });

  test.each([
    '',
    'pause',
    '{}',
    { act: 'stop' },
    { act: 'again', seed: -1 },
    { act: 'again', seed: 0.5 },
    { act: 'pause', seed: 1 },
  ])('refuses %j', async (body) => {
    expect((await post(body)).status).toBe(400);
    expect(playback.acts).toEqual([]);
  });

  test('of another site cannot do anything to it', async () => {
    const response = await fetch(`${server.url}playback`, {
      method: 'POST',
      headers: { origin: 'http://example.com', 'content-type': 'application/json' },
      body: '{"act":"pause"}',
    });
    expect(response.status).toBe(403);
    expect(playback.acts).toEqual([]);
  });

  test('comes back to its address', async () => {
    const { port, pathname } = new URL(server.url);
    await server.close();
    const token = pathname.replaceAll('/', '');
    server = await startConsole(reader(), { port: Number(port), every: 3_600, token, playback });
    expect(server.url).toBe(`http://127.0.0.1:${port}${pathname}`);
    expect((await fetch(server.url)).status).toBe(200);
  });
});

test('a console of a deployment has no run to control', async () => {
  const deployed = await startConsole(reader(), { port: 0, every: 3_600 });
  try {
    expect((await post({ act: 'pause' }, deployed.url)).status).toBe(404);
  } finally {
    await deployed.close();
  }
});
