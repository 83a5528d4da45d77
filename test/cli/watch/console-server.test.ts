import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type ConsoleServer, startConsole } from '../../../cli/watch/console-server.ts';
import { MemoryReader } from '../../../scripts/console/memory-reader.ts';
import { T0 } from '../../support/contacts.ts';
import { awsForCli } from '../support/aws.ts';
import { cli } from '../support/run-cli.ts';

/** Counts how often it is read. */
class CountingReader extends MemoryReader {
  reads = 0;

  override read(...args: Parameters<MemoryReader['read']>) {
    this.reads += 1;
    return super.read(...args);
  }
}

let reader: CountingReader;
let server: ConsoleServer;

beforeEach(async () => {
  reader = new CountingReader(T0, { policies: {}, since: T0 }, ['i-1']);
  server = await startConsole(reader, { port: 0, every: 3_600 });
});
afterEach(() => server.close());

/** Opens the stream of a page. */
async function openPage(name: string) {
  const stop = new AbortController();
  const { body } = await fetch(`${server.url}events/${name}`, { signal: stop.signal });
  const chunks = body?.pipeThrough(new TextDecoderStream())[Symbol.asyncIterator]();
  return {
    /** The next event, with its data. */
    async next(): Promise<string> {
      let text = '';
      while (!/^data: .*\n\n$/m.test(text)) {
        const { value, done } = (await chunks?.next()) ?? { done: true };
        if (done) throw new Error('The stream ended.');
        text += value;
      }
      return text;
    },
    close: () => stop.abort(),
  };
}

describe('the console', () => {
  test('reads nothing until a page is opened, then at once, and again at once when one is opened later', async () => {
    await fetch(server.url);
    expect(reader.reads).toBe(0);
    const first = await openPage('a');
    expect(await first.next()).toContain('event: state\ndata: {"state":{"at":');
    expect(reader.reads).toBe(1);
    // A page beside it is shown what is known.
    const beside = await openPage('b');
    expect(await beside.next()).toContain('event: state');
    expect(reader.reads).toBe(1);
    first.close();
    beside.close();
    // The server notices soon that both are closed; the next look would come in an hour.
    while (reader.reads < 2) {
      const later = await openPage('c');
      await later.next();
      later.close();
    }
  });

  test('serves a page that runs its own files alone, which is all that it needs', async () => {
    const html = await (await fetch(server.url)).text();
    const files = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file = '']) => file);
    expect(files.toSorted()).toEqual(['console.css', 'console.js', 'icon.svg']);
    expect(html).not.toMatch(/<script>|<style|style=|\son\w+=/);
    for (const file of files) {
      const response = await fetch(server.url + file);
      expect(response.status).toBe(200);
      // The namespace of SVG is a name, and leads nowhere.
      const text = (await response.text()).replaceAll('http://www.w3.org/', '');
      expect(text).not.toMatch(/https?:\/\/(?!preactjs\.com)/);
    }
  });

  test('can change nothing without an operator, and does not say to the page that it can', async () => {
    const page = await openPage('p-1');
    await page.next();
    const post = async (path: string) => {
      const headers = { 'content-type': 'application/json' };
      return (await fetch(server.url + path, { method: 'POST', headers, body: '[]' })).status;
    };
    expect(await post('shown/p-1')).toBe(200);
    for (const path of [
      '',
      'acts',
      'acts/preview',
      'acts/send',
      'acts/send/1',
      'contacts',
      'events/p-1',
      'x',
    ]) {
      expect([path, await post(path)]).toEqual([path, 404]);
    }
    for (const method of ['PUT', 'DELETE', 'PATCH']) {
      expect((await fetch(`${server.url}acts/preview`, { method })).status).toBe(405);
    }
    expect((await fetch(`${server.url}acts/1`)).status).toBe(404);
    expect(await (await fetch(server.url)).text()).not.toContain('name="operator"');
    page.close();
  });

  test('ends with a defect of a look', async () => {
    reader.failure = new TypeError('a defect');
    const ended = expect(server.ended).rejects.toThrow(new TypeError('a defect'));
    const page = await openPage('a');
    await ended;
    page.close();
  });

  test('ends while pages are open', async () => {
    const page = await openPage('a');
    await page.next();
    await server.close();
    await expect(server.ended).resolves.toBeUndefined();
    await expect(page.next()).rejects.toThrow();
  });
});

test('escalator watch says when its port is in use', async () => {
  const aws = await awsForCli();
  await aws.deploy();
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const { code, out, err } = await cli(['watch', '--port', String(port), ...aws.where]);
  other.close();
  await aws.stop();
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(
    `escalator: Port ${port} of 127.0.0.1 cannot be used (EADDRINUSE). Pass another --port, or 0 for any free one.\n`,
  );
});

test.each([
  ['--port', '65536'],
  ['--port', '-1'],
  ['--every', '0'],
  ['--every', '1.5'],
])('escalator watch refuses %s %s', async (option, value) => {
  const { code, err } = await cli(['watch', option, value]);
  expect(code).toBe(2);
  expect(err).toContain('Expected a whole number from');
});
