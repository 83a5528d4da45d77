import type { AddressInfo } from 'node:net';
import { sleep } from '../sleep.ts';
import type { StateReader } from '../state/read-state.ts';
import { newToken } from './access.ts';
import { createActRoutes } from './acts/act-routes.ts';
import type { ConsoleOperator } from './acts/operator.ts';
import { EventStream } from './event-stream.ts';
import { startHttpServer } from './http-server.ts';
import { readPageFiles } from './page-files.ts';
import type { ConsolePlayback } from './playback/playback.ts';
import { createRoutes } from './routes.ts';
import { Watcher } from './watcher.ts';

/** The console, while it is served. */
export interface ConsoleServer {
  /** Where it is, with the token that lets in. */
  readonly url: string;
  /** Resolves once it is closed; rejects with a defect of a look. */
  readonly ended: Promise<void>;
  close(): Promise<void>;
}

export interface ConsoleOptions {
  /** On loopback; 0 for a free one. */
  readonly port: number;
  /** Seconds between two looks while a page is open. */
  readonly every: number;
  /** The part of the address that lets in. Default: a new one. */
  readonly token?: string;
  /** The run that the console shows. Default: a deployment, which is not a run. */
  readonly playback?: ConsolePlayback;
  /** What the page acts through. Default: it can change nothing. */
  readonly operator?: ConsoleOperator | undefined;
}

/** While no page is open, nothing is read: the wait ends as one is opened. */
const IDLE_MS = 24 * 86_400_000;

/**
 * Serves the console of a state on loopback. The state is read while a page is open, and at no other time.
 *
 * @throws the error of the operating system where the port cannot be had.
 */
export async function startConsole(
  reader: StateReader,
  { port, every, token = newToken(), playback, operator }: ConsoleOptions,
): Promise<ConsoleServer> {
  const watcher = new Watcher(reader, (page) => events.send('state', page));
  const end = new AbortController();
  let pause = new AbortController();
  const events = new EventStream({
    onFirst: () => pause.abort(),
    onOpen: () => {
      playback?.opened();
      sendPlayback();
    },
    onClose: (page) => watcher.forget(page),
  });
  function sendPlayback(): void {
    if (playback) events.send('playback', playback.state);
  }
  playback?.onChange(() => {
    sendPlayback();
    pause.abort();
  });
  async function keepLooking(): Promise<void> {
    while (!end.signal.aborted) {
      pause = new AbortController();
      if (events.isOpen) {
        const { name, data } = await watcher.look();
        events.send(name, data);
        sendPlayback();
      }
      await sleep(events.isOpen ? every * 1_000 : IDLE_MS, AbortSignal.any([end.signal, pause.signal]));
    }
  }
  const files = await readPageFiles(operator?.who);
  const acts = operator && createActRoutes(operator, watcher, reader);
  const server = await startHttpServer(
    port,
    token,
    createRoutes({ files, events, watcher, reader, playback, acts }),
  );
  const { port: actual } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${actual}/${token}/`,
    ended: keepLooking(),
    async close() {
      end.abort();
      events.close();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
