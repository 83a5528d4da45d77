import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { PageChange, PageState } from '../../../cli/watch/page-state.ts';
import type { PlaybackAct, PlaybackState } from '../../../cli/watch/playback/playback.ts';
import { applyChange } from '../../../console/page-change.ts';
import { runLive } from '../../../local/cli/run-live.ts';
import type { LocalTerminal } from '../../../local/cli/terminal.ts';
import { installClock, setClockFactor } from '../../../local/time/clock.ts';
import { PageStream } from '../fixtures/page-stream.ts';

const OPTIONS = { headless: false, demo: true, open: false, seed: 3, minutes: 1, speed: 12, port: 0 };

const io = { cwd: process.cwd(), err: () => {}, columns: 100 };

let uninstall: () => void;
let logDirectory: string;

beforeEach(() => {
  uninstall = installClock();
  logDirectory = mkdtempSync(join(tmpdir(), 'live-'));
});
afterEach(() => {
  setClockFactor(1);
  uninstall();
  rmSync(logDirectory, { recursive: true });
});

/** A terminal whose keys a test presses. */
class FakeTerminal implements LocalTerminal {
  readonly printed: string[] = [];
  readonly lines: string[] = [];
  #press: ((key: string) => void) | undefined;
  #interrupt: (() => void) | undefined;
  readonly #waiting: (() => void)[] = [];

  print = (text: string) => {
    this.printed.push(text);
    for (const check of this.#waiting) check();
  };

  status = (line: string) => this.lines.push(line);

  keys = (listener: (key: string) => void) => {
    this.#press = listener;
    return () => {
      this.#press = undefined;
    };
  };

  onInterrupt = (listener: () => void) => {
    this.#interrupt = listener;
    return () => {
      this.#interrupt = undefined;
    };
  };

  press(key: string): void {
    this.#press?.(key);
  }

  interrupt(): void {
    this.#interrupt?.();
  }

  get isListened(): boolean {
    return this.#press !== undefined || this.#interrupt !== undefined;
  }

  /** Resolves once a text was printed so often. */
  until(text: string, times = 1): Promise<void> {
    return new Promise((resolve) => {
      const check = () => {
        if (this.printed.filter((one) => one.includes(text)).length >= times) resolve();
      };
      this.#waiting.push(check);
      check();
    });
  }
}

/** A page that is open. */
class OpenPage {
  readonly #stream: PageStream;
  playback: PlaybackState | undefined;
  #state: PageState | undefined;

  constructor(stream: PageStream) {
    this.#stream = stream;
  }

  static async open(url: string): Promise<OpenPage> {
    return new OpenPage(await PageStream.open(url, 'page'));
  }

  /** The next state that is as expected. */
  async state(isExpected: (page: PageState) => boolean = () => true): Promise<PageState> {
    for (;;) {
      const name = await this.#event();
      if (name !== 'playback' && this.#state && isExpected(this.#state)) return this.#state;
    }
  }

  async untilPlayback(isExpected: (state: PlaybackState) => boolean): Promise<PlaybackState> {
    while (!this.playback || !isExpected(this.playback)) await this.#event();
    return this.playback;
  }

  close(): void {
    this.#stream.close();
  }

  async #event(): Promise<string> {
    const { name, data } = await this.#stream.next();
    if (name === 'playback') this.playback = data as PlaybackState;
    else if (name === 'state') this.#state = data as PageState;
    else if (name === 'change' && this.#state) this.#state = applyChange(this.#state, data as PageChange);
    return name;
  }
}

const waitingOf = ({ state }: PageState) => state.queues.flatMap(({ contacts }) => contacts);
const hasContacts = (page: PageState) => waitingOf(page).length > 0;

function start(terminal: LocalTerminal, options: Partial<typeof OPTIONS> = {}) {
  const { promise: address, resolve: onAddress, reject } = Promise.withResolvers<string>();
  const ended = runLive({ options: { ...OPTIONS, ...options }, io, logDirectory, terminal, onAddress });
  ended.catch(reject);
  return { address, ended };
}

async function act(url: string, what: PlaybackAct): Promise<void> {
  const response = await fetch(`${url}playback`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(what),
  });
  expect(response.status).toBe(200);
}

/* That it begins with the first page, where there is no key to press, and ends at Ctrl-C: `process.test.ts`. */
describe('npm start', () => {
  test('begins with a key; a page pauses it, which holds answers and the order; it can be repeated and ended', async () => {
    const terminal = new FakeTerminal();
    // A run of a minute lasts five seconds: on a slow machine it may end between two looks.
    const { address, ended } = start(terminal, { minutes: 5 });
    const url = await address;
    expect(terminal.printed[0]).toMatch(`Console:      ${url}\n`);
    await terminal.until('The demo begins when you open the console, or press Enter.');
    expect(terminal.printed.join('')).not.toContain('Simulating');
    terminal.press('\r');
    await terminal.until('Simulating ');

    const page = await OpenPage.open(url);
    const first = await page.state(hasContacts);
    await act(url, { act: 'pause' });
    const paused = await page.untilPlayback(({ isPaused }) => isPaused);
    expect(paused).toMatchObject({ phase: 'running', factor: 0, speed: 12, seed: 3 });
    // What was under way without waiting for a time comes to its end.
    let [before, after] = [await page.state(), await page.state()];
    while (after.state.at !== paused.at || JSON.stringify(before.state) !== JSON.stringify(after.state)) {
      [before, after] = [after, await page.state()];
    }
    expect(terminal.lines.at(-1)).toMatch(/ of 05:00 \| arrived .* \| paused$/);
    await act(url, { act: 'slower' });
    await act(url, { act: 'resume' });
    await page.untilPlayback(({ factor }) => factor === 8);
    const moved = await page.state(({ state }) => state.at > after.state.at);

    terminal.press('r');
    await page.untilPlayback(({ phase }) => phase === 'setting-up');
    await terminal.until('Simulating ', 2);
    const again = await OpenPage.open(url);
    expect((await again.untilPlayback(({ phase }) => phase === 'running')).speed).toBe(8);
    // A slow machine looks seldom: between two looks, nobody who was known may come and leave.
    await act(url, { act: 'slower' });
    await act(url, { act: 'slower' });
    // The same customers at the same times.
    const known = new Map([first, before, moved].flatMap(waitingOf).map((one) => [one.contactId, one]));
    const isKnown = ({ contactId }: { readonly contactId: string }) => known.has(contactId);
    const second = await again.state((page) => waitingOf(page).some(isKnown));
    const seenTwice = waitingOf(second).filter(isKnown);
    for (const { contactId, channel, tags, enqueuedAt } of seenTwice) {
      expect(known.get(contactId)).toMatchObject({ channel, tags, enqueuedAt });
    }

    // To the end, also while time stands still.
    terminal.press(' ');
    await again.untilPlayback(({ isPaused }) => isPaused);
    terminal.press('q');
    expect(await ended).toBe(0);
    expect(terminal.isListened).toBe(false);
    await expect(fetch(url)).rejects.toThrow();
  }, 300_000);

  test('serves an empty centre without the demo', async () => {
    const terminal = new FakeTerminal();
    const { address, ended } = start(terminal, { demo: false });
    const url = await address;
    await terminal.until('remain available until Ctrl-C');
    const response = await fetch(`${url}playback`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
    });
    expect(response.status).toBe(404);
    const page = await OpenPage.open(url);
    expect((await page.state(({ state }) => state.policies.length > 0)).state.queues).toEqual([]);
    expect(page.playback).toBeUndefined();
    terminal.interrupt();
    expect(await ended).toBe(0);
  }, 300_000);
});
