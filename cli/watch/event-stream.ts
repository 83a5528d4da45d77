import type { ServerResponse } from 'node:http';
import { ChangeLog } from './change-log.ts';
import { STREAM_HEADERS } from './http-server.ts';
import type { PageState } from './page-state.ts';

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

/** The connection of a page. */
interface OpenPage {
  readonly name: string;
  /** Whether it lacks a state, so that the next one is sent in full. */
  isBehind: boolean;
}

/**
 * Sends events to the pages that are open, as server-sent events: a page gets the whole state once, and then changes. The
 * `id` of an event is the number of its state.
 *
 * https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export class EventStream {
  readonly #pages = new Map<ServerResponse, OpenPage>();
  readonly #listener: PageListener;
  readonly #log = new ChangeLog();
  #heartbeat: NodeJS.Timeout | undefined;

  constructor(listener: PageListener) {
    this.#listener = listener;
  }

  get isOpen(): boolean {
    return this.#pages.size > 0;
  }

  /** Whether a page of that name is open. */
  has(page: string): boolean {
    return [...this.#pages.values()].some(({ name }) => name === page);
  }

  /** Adds a page. Where another one is open, it gets the last state at once. One that comes back gets it in full, too. */
  add(page: string, response: ServerResponse): void {
    response.writeHead(200, STREAM_HEADERS);
    // A page that lost its connection tries again after a second.
    response.write('retry: 1000\n\n');
    const whole = this.#wholeEvent();
    if (whole !== undefined) response.write(whole);
    this.#pages.set(response, { name: page, isBehind: whole === undefined });
    response.on('close', () => this.#remove(response));
    this.#heartbeat ??= setInterval(() => this.#beat(), HEARTBEAT_MS);
    if (this.#pages.size === 1) this.#listener.onFirst();
    this.#listener.onOpen();
  }

  /** Sends an event to all pages: of a state, what is different from the last one. */
  send(name: 'state', data: PageState): void;
  send(name: string, data: object): void;
  send(name: string, data: object): void {
    if (!this.isOpen) return;
    if (name === 'state') {
      this.#sendState(data as PageState);
      return;
    }
    const event = `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
    // Short ones: they go to pages that do not keep up, too.
    for (const response of this.#pages.keys()) response.write(event);
  }

  /** Ends all connections. */
  close(): void {
    for (const response of this.#pages.keys()) response.end();
  }

  #beat(): void {
    for (const response of this.#pages.keys()) response.write(':\n\n');
  }

  #sendState(state: PageState): void {
    const { number, change } = this.#log.add(state);
    let event: string | undefined;
    for (const [response, page] of this.#pages) {
      if (response.writableLength >= BACKLOG_BYTES) {
        // A page that does not keep up gets a later state, in full: it needs no old ones.
        page.isBehind = true;
      } else if (page.isBehind) {
        response.write(this.#wholeEvent() ?? '');
        page.isBehind = false;
      } else {
        event ??= `id: ${number}\nevent: change\ndata: ${JSON.stringify(change)}\n\n`;
        response.write(event);
      }
    }
  }

  #wholeEvent(): string | undefined {
    const { whole, number } = this.#log;
    return whole === undefined ? undefined : `id: ${number}\nevent: state\ndata: ${whole}\n\n`;
  }

  #remove(response: ServerResponse): void {
    const page = this.#pages.get(response);
    this.#pages.delete(response);
    // A page that lost its connection may have come back before this is noticed.
    if (page !== undefined && !this.has(page.name)) this.#listener.onClose(page.name);
    if (this.isOpen) return;
    clearInterval(this.#heartbeat);
    this.#heartbeat = undefined;
    this.#log.clear();
  }
}
