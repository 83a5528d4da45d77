import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { PageState } from '../../../cli/watch/page-state.ts';
import type { PlaybackState } from '../../../cli/watch/playback/playback.ts';
import { PageStream } from '../fixtures/page-stream.ts';

const ROOT = join(import.meta.dirname, '../../..');

/** The data of the next event of a name that is as expected. */
async function next<T>(
  page: PageStream,
  expected: string,
  isExpected: (data: T) => boolean = () => true,
): Promise<T> {
  for (;;) {
    const { name, data } = await page.next();
    if (name === expected && isExpected(data as T)) return data as T;
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

    const first = await PageStream.open(url, 'first');
    await next<PlaybackState>(first, 'playback', ({ phase }) => phase === 'running');
    // There is no key to press without a terminal.
    expect(out).not.toContain('press Enter');
    expect(out).not.toContain('Keys:');
    const second = await PageStream.open(url, 'second');
    // A page gets the whole state first, and then what changes alone.
    const { state } = await next<PageState>(second, 'state');
    expect(state.policies.length).toBeGreaterThan(5);
    const playback = await next<PlaybackState>(second, 'playback');
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
