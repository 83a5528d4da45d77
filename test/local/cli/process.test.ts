import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { PageState } from '../../../cli/watch/page-state.ts';
import type { PlaybackState } from '../../../cli/watch/playback/playback.ts';

const ROOT = join(import.meta.dirname, '../../..');

/** A page that is open, and what it has been sent. */
class OpenPage {
  readonly #chunks: AsyncIterator<string>;
  #text = '';

  constructor(chunks: AsyncIterator<string>) {
    this.#chunks = chunks;
  }

  static async open(url: string, name: string): Promise<OpenPage> {
    const { body } = await fetch(`${url}events/${name}`);
    const chunks = body?.pipeThrough(new TextDecoderStream())[Symbol.asyncIterator]();
    if (!chunks) throw new Error('The stream has no body.');
    return new OpenPage(chunks);
  }

  /** The next event of a name that is as expected. */
  async next<T>(name: string, isExpected: (data: T) => boolean = () => true): Promise<T> {
    for (;;) {
      const end = this.#text.indexOf('\n\n');
      if (end === -1) {
        const { value, done } = await this.#chunks.next();
        if (done) throw new Error('The stream ended.');
        this.#text += value;
        continue;
      }
      const event = this.#text.slice(0, end);
      this.#text = this.#text.slice(end + 2);
      const [, found, data = ''] = /^(?:id: \d+\n)?event: (\w+)\ndata: (.*)$/s.exec(event) ?? [];
      if (found === name && isExpected(JSON.parse(data))) return JSON.parse(data);
    }
  }

  /** Resolves when the server has closed it. */
  async closed(): Promise<void> {
    for (;;) {
      try {
        if ((await this.#chunks.next()).done) return;
      } catch {
        return;
      }
    }
  }
}

test('the process of npm start plays the demo for all pages, and ends at Ctrl-C with its ports', async () => {
  const child = spawn(process.execPath, ['local/cli/main.ts', '--port', '0', '--speed', '12'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  try {
    let [out, err] = ['', ''];
    const { promise: address, resolve, reject } = Promise.withResolvers<string[]>();
    child.stderr.on('data', (chunk: Buffer) => {
      err += chunk;
    });
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk;
      const found = /^Console: +(\S+)\nAWS endpoint: (\S+)\n/.exec(out);
      if (found) resolve(found.slice(1));
    });
    const exit = once(child, 'exit');
    exit.then(() => reject(new Error(`It ended: ${out}${err}`)));
    const [url = '', endpoint = ''] = await address;

    const first = await OpenPage.open(url, 'first');
    await first.next<PlaybackState>('playback', ({ phase }) => phase === 'running');
    // There is no key to press without a terminal.
    expect(out).not.toContain('press Enter');
    expect(out).not.toContain('Keys:');
    const second = await OpenPage.open(url, 'second');
    // A page gets the whole state first, and then what changes alone.
    const { state } = await second.next<PageState>('state');
    expect(state.policies.length).toBeGreaterThan(5);
    const playback = await second.next<PlaybackState>('playback');
    expect(playback).toMatchObject({ phase: 'running', speed: 12, seed: 1 });

    child.kill('SIGINT');
    expect(await exit).toEqual([0, null]);
    expect(err).toBe('');
    await Promise.all([first.closed(), second.closed()]);
    for (const address of [url, endpoint]) await expect(fetch(address)).rejects.toThrow();
  } finally {
    child.kill('SIGKILL');
  }
}, 300_000);
