import type { ServerResponse } from 'node:http';
import { STREAM_HEADERS } from './http-server.ts';

/** Comments keep a connection open, and show the server that a page is gone. */
const HEARTBEAT_MS = 10_000;

/** A page that has so much to read still does not keep up. */
const BACKLOG_BYTES = 16_384;

/** What happens as pages come and go. */
export interface PageListener {
  /** A page was opened, and no other was open. */
  onFirst(): void;
  onOpen(): void;
  onClose(page: string): void;
}

/**
 * Sends events to the pages that are open, as server-sent events.
 *
 * https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export class EventStream {
  readonly #pages = new Map<ServerResponse, string>();
  readonly #listener: PageListener;
  #last: string | undefined;
  #heartbeat: NodeJS.Timeout | undefined;

  constructor(listener: PageListener) {
    this.#listener = listener;
  }

  get isOpen(): boolean {
    return this.#pages.size > 0;
  }

  /** Whether a page of that name is open. */
  has(page: string): boolean {
    return [...this.#pages.values()].includes(page);
  }

  /** Adds a page. Where another one is open, it gets the last state at once. */
  add(page: string, response: ServerResponse): void {
    response.writeHead(200, STREAM_HEADERS);
    // A page that lost its connection tries again after a second.
    response.write('retry: 1000\n\n');
    if (this.#last !== undefined) response.write(this.#last);
    this.#pages.set(response, page);
    response.on('close', () => this.#remove(response));
    this.#heartbeat ??= setInterval(() => this.#beat(), HEARTBEAT_MS);
    if (this.#pages.size === 1) this.#listener.onFirst();
    this.#listener.onOpen();
  }

  /** Sends an event to all pages. */
  send(name: string, data: object): void {
    if (!this.isOpen) return;
    const event = `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
    if (name === 'state') this.#last = event;
    for (const response of this.#pages.keys()) {
      // A page that does not keep up gets a later state: it needs no old ones. Other events are short.
      if (name !== 'state' || response.writableLength < BACKLOG_BYTES) response.write(event);
    }
  }

  /** Ends all connections. */
  close(): void {
    for (const response of this.#pages.keys()) response.end();
  }

  #beat(): void {
    for (const response of this.#pages.keys()) response.write(':\n\n');
  }

  #remove(response: ServerResponse): void {
    const page = this.#pages.get(response);
    this.#pages.delete(response);
    // A page that lost its connection may have come back before this is noticed.
    if (page !== undefined && !this.has(page)) this.#listener.onClose(page);
    if (this.isOpen) return;
    clearInterval(this.#heartbeat);
    this.#heartbeat = undefined;
    this.#last = undefined;
  }
}
