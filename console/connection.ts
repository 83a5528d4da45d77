import { useEffect, useState } from 'preact/hooks';
import type { LookFailure, PageChange, PageState } from '../cli/watch/page-state.ts';
import { setClock } from './clock.ts';
import { applyChange } from './page-change.ts';
import { receivePlayback } from './playback/playback-store.ts';

/** What has come from the server. */
export interface Connection {
  /** The last state that arrived; undefined before the first. */
  readonly page?: PageState;
  /** Why the last look failed, while it has. */
  readonly failure?: string;
  /** Since when the connection has been lost, in milliseconds since the epoch, by this machine; absent while it stands. */
  readonly lostAt?: number;
}

/** What this page calls itself, so that the server knows which contacts each page shows. */
export const PAGE_ID = crypto.randomUUID();

/** A browser gives up for good after some errors: then the page tries again. */
const RETRY_MS = 2_000;

/** Follows the stream of states, and comes back to it after it was lost. */
export function useConnection(): Connection {
  const [connection, setConnection] = useState<Connection>({});
  useEffect(() => {
    let source: EventSource;
    let retry: number | undefined;
    /** The last state, and the number that the server gave it. */
    let last: { readonly number: number; readonly page: PageState } | undefined;
    function take(page: PageState, id: string): void {
      last = { number: Number(id), page };
      setClock(page.state.at);
      setConnection({ page });
    }
    function open(): void {
      source = new EventSource(`events/${PAGE_ID}`);
      source.addEventListener('state', ({ data, lastEventId }) => {
        take(JSON.parse(data) as PageState, lastEventId);
      });
      source.addEventListener('change', ({ data, lastEventId }) => {
        const change = JSON.parse(data) as PageChange;
        if (last?.number === change.from) take(applyChange(last.page, change), lastEventId);
        else {
          // A change was missed: a new connection begins with the whole state.
          source.close();
          open();
        }
      });
      source.addEventListener('failure', ({ data }) => {
        const { message } = JSON.parse(data) as LookFailure;
        setConnection(({ page }) => ({ ...(page && { page }), failure: message }));
      });
      source.addEventListener('playback', ({ data }) => receivePlayback(JSON.parse(data)));
      source.addEventListener('error', () => {
        setConnection((before) => ({ ...before, lostAt: before.lostAt ?? Date.now() }));
        if (source.readyState !== EventSource.CLOSED) return;
        clearTimeout(retry);
        retry = setTimeout(open, RETRY_MS);
      });
    }
    open();
    return () => {
      clearTimeout(retry);
      source.close();
    };
  }, []);
  return connection;
}
