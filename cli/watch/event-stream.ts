import type { ServerResponse } from 'node:http';
import { STREAM_HEADERS } from './http-server.ts';

/** Comments keep a connection open through proxies, and show a page that the server is gone. */
const HEARTBEAT_MS = 10_000;

/** Sends events to the pages that are open, as server-sent events. https://html.spec.whatwg.org/multipage/server-sent-events.html */
export class EventStream {
  readonly #pages = new Set<ServerResponse>();
  readonly #onFirst: () => void;
  #last: string | undefined;
  #heartbeat: NodeJS.Timeout | undefined;

  /** @param onFirst - called when a page opens and no other was open. */
  constructor(onFirst: () => void) {
    this.#onFirst = onFirst;
  }

  get isOpen(): boolean {
    return this.#pages.size > 0;
  }

  /** Adds a page, which gets the last event at once. */
  add(response: ServerResponse): void {
    response.writeHead(200, STREAM_HEADERS);
    // A page that lost its connection tries again after a second.
    response.write('retry: 1000\n\n');
    if (this.#last !== undefined) response.write(this.#last);
    this.#pages.add(response);
    response.on('close', () => this.#remove(response));
    this.#heartbeat ??= setInterval(() => this.#write(':\n\n'), HEARTBEAT_MS);
    if (this.#pages.size === 1) this.#onFirst();
  }

  /** Sends an event to all pages. */
  send(name: string, data: object): void {
    const event = `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
    if (name === 'state') this.#last = event;
    this.#write(event);
  }

  /** Ends all connections. */
  close(): void {
    for (const page of this.#pages) page.end();
  }

  #write(text: string): void {
    for (const page of this.#pages) {
      // A page that does not read gets the next event: it needs no old ones.
      if (page.writableLength === 0) page.write(text);
    }
  }

  #remove(response: ServerResponse): void {
    this.#pages.delete(response);
    if (this.#pages.size > 0) return;
    clearInterval(this.#heartbeat);
    this.#heartbeat = undefined;
    this.#last = undefined;
  }
}
